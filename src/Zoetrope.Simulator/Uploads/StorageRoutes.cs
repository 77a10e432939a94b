using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Zoetrope.Simulator.Http;

namespace Zoetrope.Simulator.Uploads;

/// <summary>The storage that all uploads go to: addresses with a signature, which take a PUT, a form or parts, as S3 does, and no key at all.</summary>
internal sealed class StorageRoutes(UploadStore store)
{
    /// <summary>Recognizes a request; null when it is for something else.</summary>
    public Call? Match(IncomingRequest request, HttpContext context)
    {
        if (request.Segments is not ["files", "uploads", var id, .. var rest])
            return null;
        var upload = store.Find(id);
        var provider = upload?.Provider ?? "";
        return (request.Method, rest) switch
        {
            ("GET" or "HEAD", _) => Call.Sync(provider, SimulatorOperation.File, () => Serve(rest, upload), Error),
            ("POST", ["complete"]) => Upload(_ => new(Complete(request, upload!))),
            (_, []) => Upload(ct => StoreAsync(request, context, upload!, ct)),
            (_, [var part]) => Upload(ct => StorePartAsync(request, context, upload!, part, ct)),
            _ => null,
        };

        Call Upload(Func<CancellationToken, ValueTask<SimulatedResponse>> run) =>
            new(provider, SimulatorOperation.Upload, async (_, ct) => Refuse(request, upload) ?? await run(ct), Error);
    }

    /// <summary>An error as storage reports it.</summary>
    public static SimulatedResponse Error(int statusCode, string message) => new(
        statusCode, System.Text.Encoding.UTF8.GetBytes($"<Error><Code>{CodeOf(statusCode)}</Code><Message>{message}</Message></Error>"), "application/xml");

    /// <summary>Stores a part of a file.</summary>
    public static async ValueTask<SimulatedResponse> StorePartAsync(
        IncomingRequest request, HttpContext context, StoredUpload upload, string part, CancellationToken cancellationToken)
    {
        var isNumber = int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        if (request.Method != "PUT" || upload.Parts is null || !isNumber || number < 1)
            return Error(404, "There is no such part.");
        var content = await UploadStore.ReadAsync(context.Request.Body, request.Header("Content-Type"), cancellationToken, mostKept: 0);
        // Only the hash is kept.
        upload.Parts[number] = content with { Bytes = null };
        // Storage says it in a header, and fal's CDN in the body too.
        return SimulatedResponse.Json(200, new JsonObject { ["partNumber"] = number, ["etag"] = content.Tag }).With("ETag", content.Tag);
    }

    /// <summary>Creates a file of the parts that a request lists.</summary>
    public static SimulatedResponse Complete(IncomingRequest request, StoredUpload upload)
    {
        if (upload.Parts is not { } stored || request.ReadJson(out _)?["parts"] is not JsonArray { Count: > 0 } listed)
            return Error(400, "The body lists no parts.");
        var hashes = new List<string>();
        var length = 0L;
        foreach (var part in listed)
        {
            var number = (int?)part?["partNumber"] ?? 0;
            if (number != hashes.Count + 1)
                return Error(400, "InvalidPartOrder: the parts are not in the order of their numbers, from 1.");
            if (!stored.TryGetValue(number, out var content) || (string?)part?["etag"] != content.Tag)
                return Error(400, $"InvalidPart: part {number} was not stored under this tag.");
            hashes.Add(content.Sha256);
            length += content.Length;
        }
        upload.Content = new(length, hashes[0], upload.ContentType, null) { Parts = hashes };
        return new(200, [], null);
    }

    private static SimulatedResponse? Refuse(IncomingRequest request, StoredUpload? upload)
    {
        if (upload is null)
            return Error(404, "There is no such upload.");
        if (request.Header("Authorization") is not null || request.Header("X-API-Key") is not null)
            return Error(400, "Only one auth mechanism allowed: the address has a signature, and the request must not have a key.");
        if (request.Query("signature") != upload.Signature)
            return Error(403, "The signature does not match.");
        return request.Header("Content-Length") is null ? Error(411, "You must provide the Content-Length HTTP header.") : null;
    }

    private static async ValueTask<SimulatedResponse> StoreAsync(
        IncomingRequest request, HttpContext context, StoredUpload upload, CancellationToken cancellationToken)
    {
        if (request.Method != (upload.Part is null ? "PUT" : "POST") || upload.Parts is not null)
            return Error(405, "The method is not allowed.");
        if (upload.Part is { } part)
        {
            var form = await UploadForm.ReadAsync(request.Header("Content-Type"), context.Request.Body, part, cancellationToken);
            if (form is null)
                return Error(400, "The body is not a form with a file.");
            // What follows the file is not read.
            var missing = upload.Required.FirstOrDefault(field => form.Before.GetValueOrDefault(field.Key) != field.Value).Key;
            return missing is not null ? Error(403, $"The field '{missing}' is missing or wrong.") : Store(upload, form.Content);
        }
        if (upload.ContentType is { } type && request.Header("Content-Type") != type)
            return Error(403, $"The signature does not match: the content type must be {type}.");
        var wrong = upload.Required.FirstOrDefault(header => request.Header(header.Key) != header.Value).Key;
        return wrong is not null
            ? Error(403, $"The header '{wrong}' is missing or wrong.")
            : Store(upload, await UploadStore.ReadAsync(context.Request.Body, request.Header("Content-Type"), cancellationToken));
    }

    private static SimulatedResponse Store(StoredUpload upload, ReceivedContent content)
    {
        if (content.Length > upload.MaxBytes)
            return Error(413, "The file is too large.");
        if (upload.Size is { } size && size != content.Length)
            return Error(403, $"The file must have {size} bytes, not {content.Length}.");
        upload.Content = content;
        return new SimulatedResponse(upload.Part is null ? 200 : 204, [], null).With("ETag", content.Tag);
    }

    private static SimulatedResponse Serve(string[] path, StoredUpload? upload)
    {
        if (upload?.Content is not { } content || path.Length != 1)
            return Error(404, "There is no such file.");
        if (content.Bytes is { } bytes)
            return new SimulatedResponse(200, bytes, content.ContentType);
        // Too much to keep.
        var parts = new JsonArray([.. content.Parts.Select(hash => JsonValue.Create(hash))]);
        return SimulatedResponse.Json(200, new JsonObject { ["size"] = content.Length, ["sha256"] = content.Sha256, ["parts"] = parts });
    }

    private static string CodeOf(int statusCode) => statusCode switch
    {
        403 => "AccessDenied",
        404 => "NoSuchKey",
        411 => "MissingContentLength",
        413 => "EntityTooLarge",
        503 => "SlowDown",
        _ => "InvalidRequest",
    };
}
