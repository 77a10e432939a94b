using System.Buffers;

namespace Zoetrope.Http.Compression;

/// <summary>Decodes one coding of a body, chunk by chunk.</summary>
internal abstract class BodyDecoder
{
    /// <summary>Decodes as much as is available and fits.</summary>
    /// <param name="source">The next encoded bytes. Those that are not consumed must be passed again, followed by more.</param>
    /// <param name="destination">The destination of the content.</param>
    /// <param name="taken">The number of bytes that were consumed.</param>
    /// <param name="written">The number of bytes of content.</param>
    public abstract OperationStatus Decode(ReadOnlySpan<byte> source, Span<byte> destination, out int taken, out int written);

    /// <summary>Whether the body may end here although more could follow.</summary>
    public virtual bool MayEnd => false;

    /// <summary>Returns the decoder of a body; null where its first bytes do not have that coding.</summary>
    /// <param name="coding">The coding that the headers declare.</param>
    /// <param name="start">Its first bytes.</param>
    /// <param name="isWhole">Whether the first bytes are the whole body.</param>
    public static BodyDecoder? For(string coding, ReadOnlySpan<byte> start, bool isWhole)
    {
        if (coding == "zstd" && start is [0x28, 0xB5, 0x2F, 0xFD, ..])
            throw new IOException("it is compressed with zstd, which was not requested and is not supported");
        if (coding == ContentCoding.TooMany && !ContentCoding.IsText(start))
            throw new IOException("its Content-Encoding names more than four codings, which is not supported");
        // The reference encoder calls it "large window": HTTP has no name for it, and the window may need 1 GB.
        if (coding == "br" && start is [0x11, var window, ..] && (window & 63) is >= 10 and <= 30)
            throw new IOException("it is compressed with a large window, which the coding br does not allow");
        if (coding is "gzip" or "x-gzip")
            return start is [0x1F, 0x8B, ..] ? new GzipDecoder() : null;
        return Create(coding, start) is { } trial && Fits(trial, start, isWhole) ? Create(coding, start) : null;
    }

    // The other two have no signature. A body that a proxy decoded, or that never was compressed, usually is text, which is not valid in these codings.
    private static bool Fits(BodyDecoder trial, ReadOnlySpan<byte> start, bool isWhole)
    {
        var content = new byte[4096];
        var status = trial.Decode(start, content, out var taken, out var written);
        if (status == OperationStatus.InvalidData)
            return false;
        if (!ContentCoding.IsText(start))
            return true;
        // A complete text that ends in the middle of a coded body is only a text.
        if (isWhole)
            return status == OperationStatus.Done && taken == start.Length && written > 0;
        // Text that was not worth compressing is stored in the body unchanged.
        return written * 2 >= start.Length && ContentCoding.IsText(content.AsSpan(0, written));
    }

    private static BodyDecoder? Create(string coding, ReadOnlySpan<byte> start) => coding switch
    {
        "br" => new BrotliBodyDecoder(),
        "deflate" => new DeflateDecoder(hasFrame: start is [var method, var check, ..] && (method & 15) == 8 && ((method << 8) | check) % 31 == 0),
        _ => null,
    };
}
