using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Zoetrope.Simulator.Http;

namespace Zoetrope.Simulator.Replay;

/// <summary>Reads bodies into the form of a fixture: the same for what is recorded and for what is compared with it.</summary>
internal static class BodyReader
{
    /// <summary>Reads the body of a request; null where it has none.</summary>
    public static FixtureBody? ReadRequest(CapturedBytes sent)
    {
        if (!sent.IsWhole)
            return new FixtureBody.Digest(sent.Length, sent.Length == 0 || sent.IsMultipart ? null : sent.Sha256) { IsPart = true };
        if (sent.Length == 0)
            return null;
        if (sent.Form is { } form)
            return form;
        return sent.Bytes is { } bytes && Text(bytes) is { } text ? text : new FixtureBody.Digest(sent.Length, sent.Sha256);
    }

    /// <summary>Reads the body of a response; null where it has none.</summary>
    /// <param name="exchange">The exchange that it is of.</param>
    /// <param name="limit">The maximum number of bytes of the decompressed body; of a larger one there is only a digest.</param>
    /// <param name="isDecoded">Whether what is returned is decompressed.</param>
    public static FixtureBody? ReadResponse(RawExchange exchange, long limit, out bool isDecoded)
    {
        isDecoded = false;
        var received = exchange.Received.Take();
        if (received.Length == 0)
            return null;
        if (received.Bytes is not { } bytes)
            return new FixtureBody.Digest(received.Length, received.Sha256);
        var encoding = exchange.ResponseHeader("Content-Encoding");
        if (exchange.ResponseHeader("Content-Type")?.StartsWith("text/event-stream", StringComparison.OrdinalIgnoreCase) == true
            && encoding is null && Utf8.IsValid(bytes))
            return new FixtureBody.Events([.. Events(bytes, received.Arrivals)]);
        if (Decode(bytes, encoding, limit, exchange.IsWhole) is { } decoded)
        {
            // What is compressed could not be searched for secrets.
            if (decoded.Length > limit)
                return new FixtureBody.Digest(received.Length, received.Sha256);
            isDecoded = true;
            bytes = decoded;
        }
        return Text(bytes) ?? new FixtureBody.Bytes(bytes);
    }

    /// <summary>Whether a body is a form without files.</summary>
    public static bool IsForm(string? contentType) =>
        contentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>Reads bytes as JSON or as other text; null where they are not text.</summary>
    public static FixtureBody? Text(byte[] bytes)
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
    /// Decompresses a body, up to its limit and a little more; null where it is not compressed, or not as its header says: what was paid for is recorded as it
    /// came. Of a body that broke off there is the beginning.
    /// </summary>
    private static byte[]? Decode(byte[] bytes, string? encoding, long limit, bool isWhole)
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
        using var decoded = new MemoryStream();
        try
        {
            var buffer = new byte[81920];
            for (int read; decoded.Length <= limit && (read = decoder.Read(buffer)) > 0;)
                decoded.Write(buffer, 0, read);
        }
        catch (Exception exception) when (exception is InvalidDataException or InvalidOperationException)
        {
            if (isWhole || decoded.Length == 0)
                return null;
        }
        return decoded.ToArray();
    }
}
