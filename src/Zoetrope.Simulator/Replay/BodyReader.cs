using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Zoetrope.Simulator.Http;

namespace Zoetrope.Simulator.Replay;

/// <summary>Reads bodies into the form of a fixture: the same for what is recorded and for what is compared with it.</summary>
internal static class BodyReader
{
    private const int LongestFormText = 4096;

    /// <summary>Reads the body of a request; null where it has none.</summary>
    public static async Task<FixtureBody?> ReadRequestAsync(CapturedBody sent, string? contentType)
    {
        var (bytes, hash, _) = sent.Take();
        if (sent.Length == 0)
            return null;
        if (Boundary(contentType) is { } boundary)
            return bytes is null ? new FixtureBody.Digest(sent.Length, null) : await FormAsync(bytes, boundary) ?? new FixtureBody.Digest(sent.Length, null);
        return bytes is not null && Text(bytes) is { } text ? text : new FixtureBody.Digest(sent.Length, hash);
    }

    /// <summary>Reads the body of a response; null where it has none.</summary>
    /// <param name="received">The body.</param>
    /// <param name="contentType">Its media type.</param>
    /// <param name="encoding">Its compression.</param>
    /// <param name="limit">The maximum number of bytes of the decompressed body; a larger one is kept compressed.</param>
    /// <param name="isDecoded">Whether what is returned is decompressed.</param>
    public static FixtureBody? ReadResponse(CapturedBody received, string? contentType, string? encoding, long limit, out bool isDecoded)
    {
        isDecoded = false;
        var (bytes, hash, arrivals) = received.Take();
        if (received.Length == 0)
            return null;
        if (bytes is null)
            return new FixtureBody.Digest(received.Length, hash);
        if (contentType?.StartsWith("text/event-stream", StringComparison.OrdinalIgnoreCase) == true && encoding is null && Utf8.IsValid(bytes))
            return new FixtureBody.Events([.. Events(bytes, arrivals)]);
        if (Decode(bytes, encoding, limit) is { } decoded)
        {
            isDecoded = true;
            bytes = decoded;
        }
        return Text(bytes) ?? new FixtureBody.Bytes(bytes);
    }

    /// <summary>Whether a body is a form without files.</summary>
    public static bool IsForm(string? contentType) =>
        contentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) == true;

    private static FixtureBody? Text(byte[] bytes)
    {
        if (!Utf8.IsValid(bytes) || bytes.AsSpan().Contains((byte)0))
            return null;
        try
        {
            return new FixtureBody.Json(RequestJson.Parse(bytes));
        }
        catch (JsonException)
        {
            return new FixtureBody.Text(Encoding.UTF8.GetString(bytes));
        }
    }

    private static IEnumerable<FixtureEvent> Events(byte[] bytes, IReadOnlyList<(long AfterMs, long End)> arrivals)
    {
        var start = 0;
        var arrival = 0;
        while (start < bytes.Length)
        {
            var end = EndOfEvent(bytes, start);
            while (arrival < arrivals.Count - 1 && arrivals[arrival].End < end)
                arrival++;
            yield return new(arrivals[arrival].AfterMs, Encoding.UTF8.GetString(bytes, start, end - start));
            start = end;
        }
    }

    private static int EndOfEvent(byte[] bytes, int start)
    {
        var rest = bytes.AsSpan(start);
        foreach (var end in new[] { "\n\n"u8.ToArray(), "\r\n\r\n"u8.ToArray(), "\r\r"u8.ToArray() }
            .Select(mark => (At: bytes.AsSpan(start).IndexOf(mark), mark.Length)).Where(found => found.At >= 0).OrderBy(found => found.At))
            return start + end.At + end.Length;
        return start + rest.Length;
    }

    /// <summary>
    /// Decompresses a body; null where it is not compressed, or not whole or not as its header says: what was paid for is recorded as it came.
    /// </summary>
    private static byte[]? Decode(byte[] bytes, string? encoding, long limit)
    {
        using var source = new MemoryStream(bytes);
        using Stream? decoder = encoding?.ToLowerInvariant() switch
        {
            "br" => new BrotliStream(source, CompressionMode.Decompress),
            "deflate" => new ZLibStream(source, CompressionMode.Decompress),
            "gzip" or "x-gzip" => new GZipStream(source, CompressionMode.Decompress),
            _ => null,
        };
        if (decoder is null)
            return null;
        try
        {
            using var decoded = new MemoryStream();
            var buffer = new byte[81920];
            for (int read; (read = decoder.Read(buffer)) > 0;)
            {
                if (decoded.Length + read > limit)
                    return null;
                decoded.Write(buffer, 0, read);
            }
            return decoded.ToArray();
        }
        catch (Exception exception) when (exception is InvalidDataException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string? Boundary(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type) && type.MediaType.Value?.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase) == true
            ? HeaderUtilities.RemoveQuotes(type.Boundary).Value
            : null;

    /// <summary>The parts of a form without its boundary, which is another each time; null where the bytes are not a form.</summary>
    private static async Task<FixtureBody?> FormAsync(byte[] bytes, string boundary)
    {
        var parts = new List<FormPart>();
        try
        {
            using var stream = new MemoryStream(bytes);
            var reader = new MultipartReader(boundary, stream) { BodyLengthLimit = null };
            while (await reader.ReadNextSectionAsync() is { } section)
            {
                using var content = new MemoryStream();
                await section.Body.CopyToAsync(content);
                var body = content.ToArray();
                var disposition = ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var parsed) ? parsed : null;
                var file = HeaderUtilities.RemoveQuotes(disposition?.FileNameStar.Value ?? disposition?.FileName.Value ?? default).Value;
                var text = file is null && body.Length <= LongestFormText ? Text(body) : null;
                parts.Add(new(
                    HeaderUtilities.RemoveQuotes(disposition?.Name ?? default).Value ?? "", file,
                    text ?? new FixtureBody.Digest(body.Length, Convert.ToHexStringLower(SHA256.HashData(body)))));
            }
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException)
        {
            return null;
        }
        return new FixtureBody.Form(parts);
    }
}
