using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Zoetrope.Simulator.Fal;
using Zoetrope.Simulator.Http;

namespace Zoetrope.Simulator.Uploads;

/// <summary>
/// The two ways to upload a file to fal, which are on hosts of their own there: an address with a signature for the content or its parts, and the CDN, which
/// takes them with a token; and the rights to read what was stored. None of it is a submit.
/// </summary>
internal sealed class FalUploads(UploadStore store, FalFileRights rights, TimeProvider clock)
{
    private static readonly TimeSpan TokenLife = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<string, (string Key, DateTimeOffset Expiry)> _tokens = new(StringComparer.Ordinal);

    /// <summary>Recognizes a request; null when it is for something else.</summary>
    public Call? Match(IncomingRequest request, HttpContext context) => (request.Method, request.Segments) switch
    {
        ("POST", ["storage", "upload", "initiate"]) => WithKey(request, () => Initiate(request, inParts: false)),
        ("POST", ["storage", "upload", "initiate-multipart"]) => WithKey(request, () => Initiate(request, inParts: true)),
        ("POST", ["storage", "auth", "token"]) => WithKey(request, () => Token(request)),
        ("POST", ["files", "upload"]) => WithToken(request, ct => StoreAsync(request, context, ct)),
        ("POST", ["files", "upload", "multipart"]) => WithToken(request, _ => new(Begin(request))),
        (_, ["files", "uploads", var id, _, "multipart", var uploadId, var part]) when store.Find(id) is { Parts: not null } upload && uploadId == upload.Id =>
            WithToken(request, ct => part == "complete"
                ? new(StorageRoutes.Complete(request, upload))
                : StorageRoutes.StorePartAsync(request, context, upload, part, ct)),
        (_, ["platform", "v1", "storage", "files", var subject]) =>
            Call.Sync(FalService.Provider, SimulatorOperation.Other, () => rights.Answer(request, subject), FalErrors.Detail),
        ("GET" or "HEAD", ["files", ..]) when rights.Refuse(request) is { } refusal =>
            Call.Sync(FalService.Provider, SimulatorOperation.File, () => refusal, StorageRoutes.Error),
        _ => null,
    };

    private static Call WithKey(IncomingRequest request, Func<SimulatedResponse> run) =>
        Call.Sync(FalService.Provider, SimulatorOperation.Upload, () => FalService.Refuse(request) ?? run(), FalErrors.Detail);

    private Call WithToken(IncomingRequest request, Func<CancellationToken, ValueTask<SimulatedResponse>> run) => new(
        FalService.Provider, SimulatorOperation.Upload, (_, ct) => RefuseToken(request) is { } refused ? new(refused) : run(ct), FalErrors.Detail);

    private SimulatedResponse? RefuseToken(IncomingRequest request) =>
        TokenOf(request) is { } token && clock.GetUtcNow() < token.Expiry ? null : FalErrors.Detail(401, "The token is not valid.");

    private (string Key, DateTimeOffset Expiry)? TokenOf(IncomingRequest request)
    {
        var header = request.Header("Authorization") ?? "";
        return header.StartsWith("Bearer ", StringComparison.Ordinal) && _tokens.TryGetValue(header["Bearer ".Length..], out var token) ? token : null;
    }

    private SimulatedResponse Initiate(IncomingRequest request, bool inParts)
    {
        if (request.Query("storage_type") is not ("fal-cdn-v3" or "gcs"))
            return FalErrors.Detail(400, "storage_type must be fal-cdn-v3 or gcs");
        if (request.ReadJson(out _) is not JsonObject body || (string?)body["content_type"] is not { Length: > 0 } type)
            return FalErrors.Detail(422, "content_type is required");
        var upload = Add(request, New((string?)body["file_name"] ?? "file", type, FalService.KeyOf(request), inParts));
        return SimulatedResponse.Json(200, new JsonObject
        {
            ["file_url"] = UploadStore.UrlOf(upload, request.BaseUrl),
            ["upload_url"] = UploadStore.AddressOf(upload, request.BaseUrl),
        });
    }

    private SimulatedResponse Token(IncomingRequest request)
    {
        var token = "simulated-" + Guid.NewGuid().ToString("N");
        var now = clock.GetUtcNow();
        _tokens[token] = (FalService.KeyOf(request), now + TokenLife);
        return SimulatedResponse.Json(200, new JsonObject
        {
            ["token"] = token,
            ["token_type"] = "Bearer",
            ["base_url"] = request.BaseUrl,
            ["created_at"] = now.ToString("O", CultureInfo.InvariantCulture),
            ["expires_at"] = (now + TokenLife).ToString("O", CultureInfo.InvariantCulture),
        });
    }

    private async ValueTask<SimulatedResponse> StoreAsync(IncomingRequest request, HttpContext context, CancellationToken cancellationToken)
    {
        var content = await UploadStore.ReadAsync(context.Request.Body, request.Header("Content-Type"), cancellationToken);
        var upload = Add(request, NewOfToken(request, inParts: false) with { Content = content });
        return SimulatedResponse.Json(200, new JsonObject { ["access_url"] = UploadStore.UrlOf(upload, request.BaseUrl), ["uploaded"] = true });
    }

    private SimulatedResponse Begin(IncomingRequest request)
    {
        var upload = Add(request, NewOfToken(request, inParts: true));
        return SimulatedResponse.Json(200, new JsonObject { ["access_url"] = UploadStore.UrlOf(upload, request.BaseUrl), ["uploadId"] = upload.Id });
    }

    private StoredUpload Add(IncomingRequest request, StoredUpload upload) =>
        store.Add(upload with { Lifecycle = request.Header("X-Fal-Object-Lifecycle") });

    private StoredUpload NewOfToken(IncomingRequest request, bool inParts) =>
        New(request.Header("X-Fal-File-Name"), request.Header("Content-Type"), TokenOf(request)?.Key ?? "", inParts);

    private static StoredUpload New(string? name, string? type, string owner, bool inParts) => new(
        FalService.Provider, UploadStore.NewId(), Path.GetFileName(name) ?? "file")
    {
        Owner = owner,
        ContentType = inParts ? null : type,
        Parts = inParts ? new() : null,
    };
}
