using Zoetrope.Generator.Providers;

namespace Zoetrope.Generator.Endpoints;

/// <summary>
/// Distinguishes endpoints that respond while they run (server-sent events, a WebSocket) from models of the queue. Where a provider documents both in one
/// form, that of the queue, only the last step of the id distinguishes them, or the server's scheme. A job that is submitted there fails, or is paid and never
/// seen.
/// </summary>
internal static class LiveEndpoints
{
    private const string Events = "by server-sent events";
    private const string Socket = "over a WebSocket";

    /// <summary>
    /// How an endpoint is called, the id of the endpoint that it is a form of, and where its document says so; null for a model of the queue.
    /// </summary>
    public static (string How, string? Other, string Pointer)? Find(MergedEndpoint endpoint)
    {
        if (ProviderProfiles.Of(endpoint.Provider) is not { HasLiveEndpoints: true } profile)
            return null;
        var slash = endpoint.Id.LastIndexOf('/');
        var how = endpoint.Id.Substring(slash + 1).ToLowerInvariant() switch
        {
            "stream" or "streaming" => Events,
            "realtime" or "ws" or "websocket" => Socket,
            _ => null,
        };
        // An app itself, "owner/stream", is called what its owner likes.
        if (how is not null && endpoint.Id.IndexOf('/') < slash)
            return (how, endpoint.Id.Substring(0, slash), "/info/" + profile.Documents.MetadataMember + "/endpointId");
        return endpoint.Description.Service.BaseUrl?.StartsWith("ws", StringComparison.OrdinalIgnoreCase) == true ? (Socket, null, "/servers/0/url") : null;
    }
}
