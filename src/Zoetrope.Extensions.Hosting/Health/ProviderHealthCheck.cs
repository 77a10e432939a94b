using System.Net;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Zoetrope.Clients;
using Zoetrope.Errors;
using Zoetrope.Extensions.Hosting.Clients;
using Zoetrope.Jobs;

namespace Zoetrope.Extensions.Hosting.Health;

/// <summary>Checks whether a provider responds, and whether it refuses the key, without a paid call.</summary>
/// <param name="client">The client.</param>
/// <param name="model">The model of the job that is asked for; null for any.</param>
internal sealed class ProviderHealthCheck(MediaClient client, string? model) : IHealthCheck
{
    private const string NoJob = "00000000-0000-4000-8000-000000000000";

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        // What the exceptions say comes from the service, and is left out, too.
        try
        {
            await AskAsync(cancellationToken).ConfigureAwait(false);
            return HealthCheckResult.Healthy($"{client.Provider} responds, and accepts the key.");
        }
        catch (ServiceException exception)
        {
            return Judge(exception.StatusCode, context);
        }
        catch (TransportException exception) when (exception.StatusCode is { } status)
        {
            return HealthCheckResult.Degraded($"{client.Provider} responds with {(int)status}, but not as documented ({exception.Failure}).");
        }
        catch (TransportException exception) when (exception.InnerException is TokenProviderException)
        {
            return new(context.Registration.FailureStatus, $"{client.Provider} was not asked, because the token provider failed.");
        }
        catch (TransportException exception)
        {
            return new(context.Registration.FailureStatus, $"{client.Provider} cannot be reached ({exception.Failure}).");
        }
        catch (JobException)
        {
            return HealthCheckResult.Healthy($"{client.Provider} responds, and does not refuse the key.");
        }
    }

    private async Task AskAsync(CancellationToken ct)
    {
        try
        {
            await foreach (var _ in client.Protocol.ListAsync(null, ct).ConfigureAwait(false))
                return;
        }
        catch (NotSupportedException)
        {
            await client.Protocol.GetStatusAsync(new JobHandle(client.Provider, model ?? "none", NoJob), logs: false, ct).ConfigureAwait(false);
        }
    }

    private HealthCheckResult Judge(HttpStatusCode status, HealthCheckContext context) => (int)status switch
    {
        401 or 403 => new(context.Registration.FailureStatus, $"{client.Provider} refuses the key ({(int)status})."),
        429 => HealthCheckResult.Degraded($"{client.Provider} responds, but limits requests now (429)."),
        >= 500 => new(context.Registration.FailureStatus, $"{client.Provider} is unavailable ({(int)status})."),
        _ => HealthCheckResult.Healthy($"{client.Provider} responds, and does not refuse the key."),
    };
}
