using Microsoft.Extensions.DependencyInjection;
using Zoetrope.Extensions.Hosting;

namespace Zoetrope.Faults.Tests;

/// <summary>The handlers that a host has in the pipeline of its clients.</summary>
internal static class HostPipelines
{
    private static readonly Dictionary<HttpKind, Action<IHttpClientBuilder>> _handlers = new()
    {
        [HttpKind.HostZoetrope] = static client => client.AddZoetropeResilience(),
        [HttpKind.HostStandard] = static client => client.AddStandardResilienceHandler(),
        [HttpKind.HostHedging] = static client => client.AddStandardHedgingHandler(),
        [HttpKind.HostRetrying] = static client => client.AddHttpMessageHandler(static () => new HttpClientsOfUsers.Retrying()),
    };

    public static IReadOnlyCollection<HttpKind> Kinds => _handlers.Keys;

    /// <summary>Adds the handlers of a kind; null where clients are made without a host.</summary>
    public static Action<IHttpClientBuilder>? Of(HttpKind kind) => _handlers.GetValueOrDefault(kind);
}
