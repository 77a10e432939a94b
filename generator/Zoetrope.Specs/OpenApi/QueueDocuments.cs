using Zoetrope.Specs.Diagnostics;
using Zoetrope.Specs.Json;
using Zoetrope.Specs.Model;
using Zoetrope.Specs.Providers;

namespace Zoetrope.Specs.OpenApi;

/// <summary>Whether an OpenAPI document is that of one model endpoint: the calls of a queue, or of one direct run.</summary>
internal static class QueueDocuments
{
    /// <summary>What follows an endpoint's path where its result is.</summary>
    public const string ResultPath = "/requests/{request_id}";

    private const string Requests = "/requests/";

    /// <summary>The endpoint's id where the document names it, or holds no call but those of one endpoint; null for all other documents.</summary>
    public static string? FindId(JsonNode root, List<SpecProblem> problems)
    {
        if (MetadataOf(root)["endpointId"].String is { Length: > 0 } named)
        {
            if (OtherPath(root, named) is { Exists: true } other)
                problems.Add(Problems.SeveralEndpoints.At(other.NameRange, named));
            return named;
        }
        if (ServerReader.OwnerOf(FirstServer(root)) is { HasQueueDocuments: false })
            return null;
        foreach (var path in root["paths"])
        {
            var name = path.Name;
            if (name.Length < 2 || name[0] != '/' || !path["post"].IsObject)
                continue;
            if (root["paths"][name + ResultPath]["get"].IsObject || (IsDirect(root) && name.IndexOf('{') < 0))
                return OtherPath(root, name.Substring(1)).Exists ? null : name.Substring(1);
        }
        return null;
    }

    /// <summary>Whether the document is one for runs without a queue.</summary>
    public static bool IsDirect(JsonNode root) =>
        ServerReader.HostOf(FirstServer(root)) is { } host && DocumentProfiles.All.Any(profile => profile.DirectHost == host);

    /// <summary>The provider whose metadata of a single endpoint the document holds; null where there are none.</summary>
    public static DocumentProfile? OwnerOfMetadata(JsonNode root) =>
        DocumentProfiles.All.FirstOrDefault(profile => profile.MetadataMember is { } member && root["info"][member].IsObject);

    /// <summary>What a document says of its single endpoint beside the calls; it does not exist where there is none.</summary>
    public static JsonNode MetadataOf(JsonNode root) => OwnerOfMetadata(root) is { MetadataMember: { } member } ? root["info"][member] : default;

    /// <summary>The URL of the first server, of those that are not WebSockets where there are such; or null.</summary>
    public static string? FirstServer(JsonNode root)
    {
        string? socket = null;
        foreach (var server in root["servers"])
        {
            var url = server["url"].String;
            if (url is null || !url.StartsWith("ws", StringComparison.OrdinalIgnoreCase))
                return url ?? socket;
            socket ??= url;
        }
        return socket;
    }

    /// <summary>The first path with an operation that is not a call of the endpoint.</summary>
    private static JsonNode OtherPath(JsonNode root, string id)
    {
        var own = "/" + id;
        foreach (var path in root["paths"])
        {
            if (path.Name == own || path.Name.StartsWith(own + Requests, StringComparison.Ordinal))
                continue;
            foreach (var member in path)
            {
                if (OperationDescription.IsMethod(member.Name) || member is { Name: PathItems.More, Count: > 0 })
                    return path;
            }
        }
        return default;
    }
}
