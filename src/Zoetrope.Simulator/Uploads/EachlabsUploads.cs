using System.Globalization;
using System.Text.Json.Nodes;
using Zoetrope.Simulator.Eachlabs;
using Zoetrope.Simulator.Http;

namespace Zoetrope.Simulator.Uploads;

/// <summary>The files of Eachlabs: an address with a signature, headers that the content must have, and deleting.</summary>
internal sealed class EachlabsUploads(UploadStore store, TimeProvider clock)
{
    private const long MaxBytes = 100L * 1024 * 1024;

    /// <summary>Recognizes a request; null when it is for something else.</summary>
    public Call? Match(IncomingRequest request) => (request.Method, request.Segments) switch
    {
        ("POST", ["v1", "upload", "presign"]) => Guarded(request, () => Presign(request)),
        ("DELETE", ["v1", "files", var id]) => Guarded(request, () => Delete(id)),
        _ => null,
    };

    private static Call Guarded(IncomingRequest request, Func<SimulatedResponse> run) =>
        Call.Sync(EachlabsService.Provider, SimulatorOperation.Upload, () => EachlabsService.Refuse(request) ?? run(), EachlabsErrors.Make);

    private SimulatedResponse Presign(IncomingRequest request)
    {
        if (request.ReadJson(out var problem) is not JsonObject body)
            return EachlabsErrors.Make(400, "Invalid input", problem ?? "The body must be an object.");
        if (LooseJson.Text(body["content_type"]) is not { Length: > 0 } type)
            return EachlabsErrors.Make(400, "Invalid input", "content_type is required");
        if (LooseJson.Text(body["file_type"]) is not (null or "image" or "video" or "audio" or "other"))
            return EachlabsErrors.Make(400, "Invalid input", "file_type must be image, video, audio or other");
        var seconds = body["expires_in_seconds"] is { } given ? (long)given : 180 * 86_400L;
        if (seconds is < 60 or > 31_536_000)
            return EachlabsErrors.Make(400, "Invalid input", "expires_in_seconds must be between 60 and 31536000");
        var upload = store.Add(new(EachlabsService.Provider, UploadStore.NewId(), "file")
        {
            ContentType = type,
            MaxBytes = MaxBytes,
            Required = new Dictionary<string, string> { ["x-amz-acl"] = "public-read", ["x-amz-meta-source"] = "simulator" },
        });
        var headers = new JsonObject { ["Content-Type"] = type };
        foreach (var (name, value) in upload.Required)
            headers[name] = value;
        return SimulatedResponse.Json(200, new JsonObject
        {
            ["id"] = upload.Id,
            ["presigned_url"] = UploadStore.AddressOf(upload, request.BaseUrl),
            // Models take public https addresses only; what is stored is at /files/uploads/{id}/file here.
            ["public_url"] = $"https://storage.eachlabs.example/{upload.Id}/file",
            ["expires_at"] = clock.GetUtcNow().AddSeconds(seconds).ToString("O", CultureInfo.InvariantCulture),
            ["required_headers"] = headers,
        });
    }

    private SimulatedResponse Delete(string id)
    {
        if (store.Find(id) is { Provider: EachlabsService.Provider } upload)
            store.Remove(upload);
        return new(204, [], null);
    }
}
