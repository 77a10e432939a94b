using System.Buffers;
using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text.Unicode;

namespace Zoetrope.Protocol;

/// <summary>
/// Undoes what <c>Content-Encoding</c> says: gzip, deflate and br, which some servers send without being asked. Every other value stands over plain bodies
/// (<c>identity</c>, charsets, what an object store was told), and so do these three where a proxy undid them and left the header.
/// </summary>
internal static class ContentCoding
{
    // Controls, other than tabs and line breaks.
    private static readonly SearchValues<byte> NotInText =
        SearchValues.Create([.. Enumerable.Range(0, 32).Where(static unit => unit is not (9 or 10 or 13)).Select(static unit => (byte)unit)]);

    /// <summary>Whether anything has to be undone, so that the length of the body is not that of its content.</summary>
    public static bool IsApplied(HttpContentHeaders headers) => Applied(headers).Count > 0;

    /// <summary>The content of a body.</summary>
    /// <param name="body">The body as it comes.</param>
    /// <param name="headers">Its headers.</param>
    /// <param name="limit">The most bytes that are read of the body; one that is larger fails, whatever it unpacks to.</param>
    public static Stream Open(Stream body, HttpContentHeaders headers, long limit)
    {
        foreach (var coding in Enumerable.Reverse(Applied(headers)))
            body = new DecodingStream(body, coding, limit);
        return body;
    }

    /// <summary>Whether bytes are text, which nothing compressed is.</summary>
    internal static bool IsText(ReadOnlySpan<byte> start)
    {
        // A character may be cut in two at the end.
        for (var cut = 0; cut < 4 && cut <= start.Length; cut++)
        {
            if (Utf8.IsValid(start[..^cut]))
                return start.IndexOfAny(NotInText) < 0;
        }
        return false;
    }

    private static List<string> Applied(HttpContentHeaders headers)
    {
        var applied = new List<string>();
        foreach (var coding in headers.ContentEncoding)
        {
            if (coding.ToLowerInvariant() is "gzip" or "x-gzip" or "deflate" or "br" or "zstd")
                applied.Add(coding.ToLowerInvariant());
        }
        return applied;
    }

    /// <summary>What undoes a coding, judged by the first bytes; null where they are not coded so.</summary>
    internal static Stream? Decoder(string coding, ReadOnlySpan<byte> start, Stream source)
    {
        if (coding == "zstd")
        {
            return start.StartsWith((ReadOnlySpan<byte>)[0x28, 0xB5, 0x2F, 0xFD])
                ? throw new IOException("it is compressed with zstd, which was not asked for and is not understood")
                : null;
        }
        if (coding.EndsWith("gzip", StringComparison.Ordinal))
            return start.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]) ? new GZipStream(source, CompressionMode.Decompress) : null;
        if (IsText(start))
            return null;
        if (coding == "br")
            return IsBrotli(start) ? new BrotliStream(source, CompressionMode.Decompress) : null;
        // RFC 9110 means the format of zlib; what is in it alone is sent, too.
        if (start.Length > 1 && (start[0] & 0x0F) == 8 && ((start[0] << 8) | start[1]) % 31 == 0)
            return new ZLibStream(source, CompressionMode.Decompress);
        return IsDeflate(start) ? new DeflateStream(source, CompressionMode.Decompress) : null;
    }

    private static bool IsBrotli(ReadOnlySpan<byte> start)
    {
        using var decoder = new BrotliDecoder();
        return decoder.Decompress(start, new byte[4096], out _, out _) != OperationStatus.InvalidData;
    }

    private static bool IsDeflate(ReadOnlySpan<byte> start)
    {
        using var stream = new DeflateStream(new MemoryStream(start.ToArray()), CompressionMode.Decompress);
        try
        {
            _ = stream.ReadByte();
            return true;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }
}
