using System.Buffers;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Zoetrope.Simulator.Http;

namespace Zoetrope.Simulator.Files;

/// <summary>
/// The storage that all providers' uploads go to: addresses with a signature, which take a PUT or a form, as S3 does, and no key at all. Content is read as a
/// stream, and kept only where it is small.
/// </summary>
internal sealed class UploadStore
{
    private const string Root = "/files/uploads/";
    private const int MostKept = 16 * 1024 * 1024;

    private readonly ConcurrentDictionary<string, StoredUpload> _uploads = new(StringComparer.Ordinal);

    /// <summary>Adds a file for which an address is asked.</summary>
    public StoredUpload Add(StoredUpload upload)
    {
        _uploads[upload.Id] = upload;
        return upload;
    }

    /// <summary>The address that takes a file.</summary>
    public static string AddressOf(StoredUpload upload, string baseUrl) => $"{baseUrl}{Root}{upload.Id}?signature={upload.Signature}";

    /// <summary>The public address of a file.</summary>
    public static string UrlOf(StoredUpload upload, string baseUrl) => $"{baseUrl}{Root}{upload.Id}/{Uri.EscapeDataString(upload.Name)}";

    /// <summary>Whether a request has content for this store, so that its body must not be read before.</summary>
    public static bool TakesBodyOf(HttpRequest request) =>
        request.Method is "PUT" or "POST" && request.Path.Value is { } path && path.StartsWith(Root, StringComparison.Ordinal);

    /// <summary>Recognizes a request; null when it is for something else.</summary>
    public Call? Match(IncomingRequest request, HttpContext context)
    {
        if (request.Segments is not ["files", "uploads", var id, ..])
            return null;
        _uploads.TryGetValue(id, out var upload);
        if (request.Method is "GET" or "HEAD")
            return Call.Sync(upload?.Provider ?? "", SimulatorOperation.File, () => Serve(request, upload), Error);
        return new(upload?.Provider ?? "", SimulatorOperation.Upload, (_, ct) => StoreAsync(request, context, upload, ct), Error);
    }

    /// <summary>Reads content to its end.</summary>
    public static async Task<ReceivedContent> ReadAsync(Stream stream, string? contentType, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var kept = new MemoryStream();
        var buffer = ArrayPool<byte>.Shared.Rent(128 * 1024);
        var length = 0L;
        try
        {
            int read;
            while ((read = await stream.ReadAsync(buffer, cancellationToken)) > 0)
            {
                length += read;
                hash.AppendData(buffer, 0, read);
                if (length <= MostKept)
                    kept.Write(buffer, 0, read);
                else
                    kept = new MemoryStream();
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
        return new(length, Convert.ToHexStringLower(hash.GetHashAndReset()), contentType, length <= MostKept ? kept.ToArray() : null);
    }

    /// <summary>An error as storage reports it.</summary>
    public static SimulatedResponse Error(int statusCode, string message) => new(
        statusCode, System.Text.Encoding.UTF8.GetBytes($"<Error><Code>{CodeOf(statusCode)}</Code><Message>{message}</Message></Error>"), "application/xml");

    private static async ValueTask<SimulatedResponse> StoreAsync(
        IncomingRequest request, HttpContext context, StoredUpload? upload, CancellationToken cancellationToken)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = null;
        if (upload is null || request.Segments.Length != 3)
            return Error(404, "There is no such upload.");
        if (request.Header("Authorization") is not null || request.Header("X-API-Key") is not null)
            return Error(400, "Only one auth mechanism allowed: the address has a signature, and the request must not have a key.");
        if (request.Query("signature") != upload.Signature)
            return Error(403, "The signature does not match.");
        if (request.Method != (upload.Part is null ? "PUT" : "POST"))
            return Error(405, "The method is not allowed.");
        if (request.Header("Content-Length") is null)
            return Error(411, "You must provide the Content-Length HTTP header.");
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
            : Store(upload, await ReadAsync(context.Request.Body, request.Header("Content-Type"), cancellationToken));
    }

    private static SimulatedResponse Store(StoredUpload upload, ReceivedContent content)
    {
        if (content.Length > upload.MaxBytes)
            return Error(413, "The file is too large.");
        if (upload.Size is { } size && size != content.Length)
            return Error(403, $"The file must have {size} bytes, not {content.Length}.");
        upload.Content = content;
        return new SimulatedResponse(upload.Part is null ? 200 : 204, [], null).With("ETag", $"\"{content.Sha256[..32]}\"");
    }

    private static SimulatedResponse Serve(IncomingRequest request, StoredUpload? upload)
    {
        if (upload?.Content is not { } content || request.Segments.Length != 4)
            return Error(404, "There is no such file.");
        return content.Bytes is { } bytes
            ? new SimulatedResponse(200, bytes, content.ContentType)
            : SimulatedResponse.Json(200, new JsonObject { ["size"] = content.Length, ["sha256"] = content.Sha256 });
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
