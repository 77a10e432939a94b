using System.Buffers;
using System.Text;

namespace Zoetrope.Formats;

/// <summary>Creates and reads <c>data:</c> URIs, which some providers accept as the input of a model in place of a URL.</summary>
public static class DataUri
{
    /// <summary>Creates a <c>data:</c> URI from bytes.</summary>
    /// <param name="bytes">The content of the file.</param>
    /// <param name="contentType">The media type, such as <c>image/png</c>; null detects it from the bytes.</param>
    public static string FromBytes(ReadOnlySpan<byte> bytes, string? contentType = null) =>
        $"data:{contentType ?? MediaTypes.Of(bytes, null)};base64,{Convert.ToBase64String(bytes)}";

    /// <summary>
    /// Creates a <c>data:</c> URI from a file. The media type is detected from the content, or from the name, or is <c>application/octet-stream</c>.
    /// </summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static async Task<string> FromFileAsync(string path, CancellationToken cancellationToken = default)
    {
        var bytes = await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false);
        return FromBytes(bytes, MediaTypes.Of(bytes, path));
    }

    /// <summary>Reads a <c>data:</c> URI.</summary>
    /// <param name="uri">The text.</param>
    /// <param name="contentType">The media type; <c>text/plain</c> where the URI does not name one.</param>
    /// <param name="bytes">The decoded content.</param>
    /// <returns>False when the text is not a valid <c>data:</c> URI.</returns>
    public static bool TryDecode(string uri, out string contentType, out byte[] bytes)
    {
        bytes = [];
        if (!TrySplit(uri, out contentType, out var isBase64, out var data))
            return false;
        if (!isBase64)
        {
            bytes = Encoding.UTF8.GetBytes(Uri.UnescapeDataString(data));
            return true;
        }
        var text = data.Contains('%') ? Uri.UnescapeDataString(data) : data;
        var buffer = new byte[(text.Length * 3L / 4) + 3];
        if (!Convert.TryFromBase64Chars(text, buffer, out var length))
            return false;
        bytes = buffer[..length];
        return true;
    }

    /// <summary>Whether a text begins like a <c>data:</c> URI.</summary>
    internal static bool IsOne(string text) => text.StartsWith("data:", StringComparison.OrdinalIgnoreCase);

    /// <summary>Splits a <c>data:</c> URI into its parts without decoding it.</summary>
    internal static bool TrySplit(string uri, out string contentType, out bool isBase64, out ReadOnlySpan<char> data)
    {
        contentType = "";
        isBase64 = false;
        data = default;
        var comma = uri.IndexOf(',', StringComparison.Ordinal);
        if (comma < 0 || !IsOne(uri))
            return false;
        var head = uri.AsSpan("data:".Length, comma - "data:".Length);
        isBase64 = head.EndsWith(";base64", StringComparison.OrdinalIgnoreCase);
        var semicolon = head.IndexOf(';');
        var type = (semicolon < 0 ? head : head[..semicolon]).Trim();
        contentType = type.IsEmpty ? "text/plain" : type.ToString();
        data = uri.AsSpan(comma + 1);
        return true;
    }

    /// <summary>Decodes the beginning of base64 data; returns the number of bytes.</summary>
    internal static int DecodeStart(ReadOnlySpan<char> base64, Span<byte> destination)
    {
        var chars = Math.Min(base64.Length, destination.Length / 3 * 4) / 4 * 4;
        return Convert.TryFromBase64Chars(base64[..chars], destination, out var length) ? length : 0;
    }

    /// <summary>The number of bytes that base64 data decodes to; -1 when it is not base64.</summary>
    internal static long DecodedLength(ReadOnlySpan<char> base64)
    {
        var digits = base64.TrimEnd('=');
        if (digits.ContainsAnyExcept(Base64Digits) || digits.Length % 4 == 1 || base64.Length - digits.Length > 2)
            return -1;
        return digits.Length * 3L / 4;
    }

    private static readonly SearchValues<char> Base64Digits = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");
}
