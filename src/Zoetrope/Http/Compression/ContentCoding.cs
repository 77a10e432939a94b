using System.Buffers;
using System.Net.Http.Headers;
using System.Text.Unicode;

namespace Zoetrope.Http.Compression;

/// <summary>
/// Decodes bodies according to <c>Content-Encoding</c>: gzip, deflate and br, which some servers send without being asked. Any other value occurs with plain
/// bodies (<c>identity</c>, charsets, the metadata of an object store), and so do these three where a proxy decoded the body and left the header.
/// </summary>
internal static class ContentCoding
{
    // No service needs more than one. Each is a nested stream, and a server could name thousands.
    private const int MostCodings = 4;

    // Control characters, other than tabs and line breaks.
    private static readonly SearchValues<byte> NotInText = SearchValues.Create(
        "\u0000\u0001\u0002\u0003\u0004\u0005\u0006\u0007\u0008\u000B\u000C\u000E\u000F\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017"u8
        + "\u0018\u0019\u001A\u001B\u001C\u001D\u001E\u001F"u8);

    /// <summary>The value for more codings than are supported.</summary>
    internal const string TooMany = "too many";

    /// <summary>Whether the body has to be decoded, so that its length is not that of its content.</summary>
    public static bool IsApplied(HttpContentHeaders headers) => Applied(headers) is { Count: > 0 };

    /// <summary>Returns the content of a body.</summary>
    /// <param name="body">The body as it is received.</param>
    /// <param name="headers">Its headers.</param>
    /// <param name="limit">The maximum number of bytes that are read of the encoded body; a larger one fails, whatever its decoded size.</param>
    public static Stream Open(Stream body, HttpContentHeaders headers, long limit)
    {
        if (Applied(headers) is not { } applied)
            return body;
        if (applied.Count > MostCodings)
            return new DecodingStream(body, TooMany, limit);
        for (var last = applied.Count - 1; last >= 0; last--)
            body = new DecodingStream(body, applied[last], limit);
        return body;
    }

    /// <summary>Whether bytes are text, which compressed data never is.</summary>
    internal static bool IsText(ReadOnlySpan<byte> start)
    {
        // The last character may be truncated.
        for (var cut = 0; cut < 4 && cut <= start.Length; cut++)
        {
            if (Utf8.IsValid(start[..^cut]))
                return start.IndexOfAny(NotInText) < 0;
        }
        return false;
    }

    private static List<string>? Applied(HttpContentHeaders headers)
    {
        if (!headers.NonValidated.Contains("Content-Encoding"))
            return null;
        var applied = new List<string>();
        foreach (var coding in headers.ContentEncoding)
        {
            if (coding.ToLowerInvariant() is "gzip" or "x-gzip" or "deflate" or "br" or "zstd")
                applied.Add(coding.ToLowerInvariant());
        }
        return applied;
    }
}
