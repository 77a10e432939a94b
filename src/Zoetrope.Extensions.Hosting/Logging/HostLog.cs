using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Zoetrope.Errors;

namespace Zoetrope.Extensions.Hosting.Logging;

/// <summary>The log of a client, which is made when there is something to log.</summary>
/// <param name="services">The services.</param>
/// <param name="client">The client, whose name is that of the log.</param>
internal sealed class HostLog(IServiceProvider services, MediaClientRegistration client)
{
    private ILogger? _logger;

    public ILogger Logger => _logger ??= services.GetRequiredService<ILoggerFactory>().CreateLogger(client.FullName.Replace(':', '.'));

    /// <summary>Logs what a response says of an endpoint that will be gone.</summary>
    public Action<DeprecationNotice> Deprecated => notice =>
    {
        if (Logger.IsEnabled(LogLevel.Warning))
            HostMessages.Deprecated(Logger, notice.ToString());
    };
}
