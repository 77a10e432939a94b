using Microsoft.Extensions.Hosting;

namespace Zoetrope.Extensions.Hosting.Clients;

/// <summary>
/// Makes all clients before any service of the host starts, so that a mistake in the configuration stops the host and not the first paid call.
/// </summary>
/// <param name="services">The services.</param>
/// <param name="started">The clients, and what is made of them.</param>
internal sealed class StartCheck(IServiceProvider services, IEnumerable<StartedService> started) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        foreach (var service in started)
            service.Resolve(services);
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
