using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Zoetrope.Simulator.Fal;
using Zoetrope.Simulator.Http;
using Zoetrope.Simulator.Jobs;

namespace Zoetrope.Simulator.Uploads;

/// <summary>
/// Who may read the files of uploads and of jobs at fal's CDN: everybody, unless the file's access list says otherwise, or everybody who has an address with a
/// signature that has not expired. There are no users here, so that rules for single ones are kept, and let nobody in.
/// </summary>
internal sealed class FalFileRights(UploadStore uploads, JobStore jobs, TimeProvider clock)
{
    private const string Expires = "expires";
    private const string Signature = "signature";
    private const int LongestSeconds = 604_800;
    private static readonly string[] _decisions = ["allow", "forbid", "hide"];

    private readonly byte[] _secret = RandomNumberGenerator.GetBytes(32);

    // Those that were set later than the file was made, by the id of the upload or of the job.
    private readonly ConcurrentDictionary<string, JsonObject> _lists = new(StringComparer.Ordinal);

    /// <summary>Refuses a request for a file; null where it may be read.</summary>
    public SimulatedResponse? Refuse(IncomingRequest request)
    {
        if (request.Query(Expires) is { } expires && request.Query(Signature) is { } signature)
        {
            if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(signature), Encoding.UTF8.GetBytes(Sign(request.Path, expires))))
                return StorageRoutes.Error(403, "The signature does not match.");
            return clock.GetUtcNow().ToUnixTimeSeconds() < long.Parse(expires, NumberStyles.None, CultureInfo.InvariantCulture)
                ? null
                : StorageRoutes.Error(403, "The signed address has expired.");
        }
        return Find(request.Path) is { } file
            ? (string?)ListOf(file)["default"] switch
            {
                "forbid" => StorageRoutes.Error(403, "Access to the file is forbidden."),
                "hide" => StorageRoutes.Error(404, "There is no such file."),
                _ => null,
            }
            : null;
    }

    /// <summary>Answers a request of the Platform API about a file.</summary>
    /// <param name="request">The request.</param>
    /// <param name="subject">The last part of its path.</param>
    public SimulatedResponse Answer(IncomingRequest request, string subject)
    {
        if (FalService.Refuse(request) is not null)
            return FalPages.Error(401, "authorization_error", "Authentication is required");
        if (request.Query("url") is not { Length: > 0 } url)
            return FalPages.Error(400, "validation_error", "url is required");
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || url.AsSpan().ContainsAny('?', '#'))
            return FalPages.Error(400, "validation_error", "url must be the URL of a file, without query parameters");
        if (!url.StartsWith(request.BaseUrl + "/files/", StringComparison.Ordinal))
            return FalPages.Error(400, "validation_error", "url is not one of a file of this CDN");
        var path = Uri.UnescapeDataString(address.AbsolutePath);
        if (Find(path) is not { } file)
            return FalPages.Error(404, "not_found", "File not found");
        if (file.Owner != FalService.KeyOf(request))
            return FalPages.Error(403, "authorization_error", "The file is not one of this account");
        return (request.Method, subject) switch
        {
            ("GET", "acl") => SimulatedResponse.Json(200, ListOf(file).DeepClone()),
            ("PUT", "acl") => Set(request, file.Id),
            ("POST", "sign") => SignedAddress(request, path),
            _ => FalPages.Error(404, "not_found", $"Path {request.Path} not found"),
        };
    }

    private SimulatedResponse SignedAddress(IncomingRequest request, string path)
    {
        var seconds = 0;
        var isNumber = request.ReadJson(out _) is JsonObject body && body["expiration_seconds"] is JsonValue value
            && value.GetValueKind() == JsonValueKind.Number && value.TryGetValue(out seconds);
        if (!isNumber || seconds is < 1 or > LongestSeconds)
            return FalPages.Error(400, "validation_error", $"expiration_seconds must be an integer from 1 to {LongestSeconds}");
        var expires = (clock.GetUtcNow().ToUnixTimeSeconds() + seconds).ToString(CultureInfo.InvariantCulture);
        return SimulatedResponse.Json(
            200, new JsonObject { ["signed_url"] = $"{request.Query("url")}?{Expires}={expires}&{Signature}={Sign(path, expires)}" });
    }

    private SimulatedResponse Set(IncomingRequest request, string id)
    {
        if (request.ReadJson(out var problem) is not JsonObject list)
            return FalPages.Error(400, "validation_error", problem ?? "The body must be an object");
        if (Problem(list) is { } wrong)
            return FalPages.Error(400, "validation_error", wrong);
        return SimulatedResponse.Json(200, (_lists[id] = Complete(list)).DeepClone());
    }

    private string Sign(string path, string expires) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(_secret, Encoding.UTF8.GetBytes($"{path}\n{expires}")));

    /// <summary>The file at a path: that of an upload, or of a job.</summary>
    private File? Find(string path) => path.Split('/', StringSplitOptions.RemoveEmptyEntries) switch
    {
        ["files", "uploads", var id, _] => uploads.Find(id) is { Content: not null, Provider: FalService.Provider } upload
            ? new(id, upload.Owner, upload.Lifecycle)
            : null,
        ["files", var id, _] => jobs.FindRun(FalService.Provider, id) is { } job ? new(id, job.Key, job.FileLifecycle) : null,
        _ => null,
    };

    private JsonObject ListOf(File file)
    {
        if (_lists.TryGetValue(file.Id, out var list))
            return list;
        JsonObject? initial = null;
        try
        {
            initial = file.Lifecycle is null ? null : JsonNode.Parse(file.Lifecycle)?["initial_acl"] as JsonObject;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // A header that is not an object with a list has none.
        }
        return initial is not null && Problem(initial) is null ? Complete(initial) : Complete(new() { ["default"] = "allow" });
    }

    private static string? Problem(JsonObject list)
    {
        if (!IsDecision(list["default"]))
            return "default must be allow, forbid or hide";
        return list["rules"] switch
        {
            null => null,
            JsonArray rules when rules.All(IsRule) => null,
            _ => "rules must be a list of a user and a decision each",
        };
    }

    private static bool IsRule(JsonNode? rule) =>
        rule is JsonObject members && LooseJson.Text(members["user"]) is { Length: > 0 } && IsDecision(members["decision"]);

    private static bool IsDecision(JsonNode? node) => LooseJson.Text(node) is { } text && Array.IndexOf(_decisions, text) >= 0;

    private static JsonObject Complete(JsonObject list) =>
        new() { ["default"] = list["default"]!.DeepClone(), ["rules"] = list["rules"]?.DeepClone() ?? new JsonArray() };

    /// <summary>A file at the CDN.</summary>
    /// <param name="Id">The id of its upload, or of its job.</param>
    /// <param name="Owner">The key that made it.</param>
    /// <param name="Lifecycle">The header that it was made with; null where there was none.</param>
    private sealed record File(string Id, string Owner, string? Lifecycle);
}
