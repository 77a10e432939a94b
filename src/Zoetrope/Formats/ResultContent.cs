using System.Buffers;
using Zoetrope.Text;

namespace Zoetrope.Formats;

/// <summary>
/// What a provider delivered in place of JSON: a text, an HTML page, a file, or nothing, as it was received. In a result it is complete; in an
/// exception about a response that broke off it is what was received. It is at most as long as the client's <c>MaxResponseBytes</c>.
/// </summary>
public sealed class ResultContent
{
    // How much of a body is scanned to distinguish a text from a file.
    private const int Looked = 4096;

    // Control characters, other than those in texts for terminals and printers, and characters that could not be decoded.
    private static readonly SearchValues<char> NotInText =
        SearchValues.Create(
            "\u0000\u0001\u0002\u0003\u0004\u0005\u0006\u0007\u0008\u000B\u000E\u000F\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001A"
            + "\u001C\u001D\u001E\u001F\uFFFD");

    /// <summary>Initializes a new instance. Clients do; in tests it stands in for theirs.</summary>
    /// <param name="bytes">The content.</param>
    /// <param name="mediaType">The media type, without parameters; null where none is known.</param>
    /// <param name="charset">The charset of a text; null means UTF-8.</param>
    public ResultContent(ReadOnlyMemory<byte> bytes, string? mediaType = null, string? charset = null)
    {
        Bytes = bytes;
        MediaType = mediaType;
        Charset = charset;
    }

    /// <summary>The media type as it was declared, such as <c>text/html</c>, without parameters; null where none was declared.</summary>
    public string? MediaType { get; }

    /// <summary>The charset as it was declared; null where none was, which means UTF-8.</summary>
    public string? Charset { get; }

    /// <summary>The content, decompressed and without the key, and otherwise unchanged; empty where the provider delivered nothing, as with 204.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>Whether the content is a text: its beginning can be decoded, and has no control characters.</summary>
    public bool IsText => IsTextual(Bytes.Span, Charset);

    /// <summary>The content as a text, decoded in its charset; null where it is a file.</summary>
    public string? Text => IsText ? Charsets.Read(Bytes.Span, Charset) : null;

    /// <summary>Opens the content as a stream that can be read and positioned, for instance to save it; nothing is copied.</summary>
    public Stream OpenRead() =>
        System.Runtime.InteropServices.MemoryMarshal.TryGetArray(Bytes, out var array)
            ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false)
            : new MemoryStream(Bytes.ToArray(), writable: false);

    internal static bool IsTextual(ReadOnlySpan<byte> bytes, string? charset) =>
        Charsets.Read(bytes[..Math.Min(bytes.Length, Looked)], charset).AsSpan().TrimEnd('\uFFFD').IndexOfAny(NotInText) < 0;
}
