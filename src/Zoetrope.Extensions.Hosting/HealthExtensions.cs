using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Zoetrope.Extensions.Hosting.Health;

namespace Zoetrope.Extensions.Hosting;

/// <summary>Adds health checks of providers.</summary>
public static class HealthExtensions
{
    /// <summary>
    /// Adds a health check of the client's provider: whether its host responds, and whether it refuses the key. It costs nothing, as it submits nothing: it
    /// asks for the list of jobs, where the provider has one, which accepts the key; or else for a job that does not exist, where a response other than 401 or
    /// 403 only says that the key was not refused.
    /// </summary>
    /// <param name="builder">The client.</param>
    /// <param name="name">The name of the check; null for that of the client, such as <c>Zoetrope:Fal</c>.</param>
    /// <param name="failureStatus">What is reported where the provider cannot be used; null for unhealthy.</param>
    /// <param name="tags">The tags of the check; null for none.</param>
    /// <param name="timeout">How long the check may take; null for the client's <c>PollTimeout</c>.</param>
    /// <returns>The builder.</returns>
    public static MediaClientBuilder AddHealthCheck(
        this MediaClientBuilder builder, string? name = null, HealthStatus? failureStatus = null, IEnumerable<string>? tags = null, TimeSpan? timeout = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var client = builder.Registration;
        builder.Services.AddHealthChecks().Add(new HealthCheckRegistration(
            name ?? builder.Name, services => new ProviderHealthCheck(client.Resolve(services), client.HealthModel), failureStatus, tags, timeout));
        return builder;
    }
}
