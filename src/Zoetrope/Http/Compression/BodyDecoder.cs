using System.Buffers;

namespace Zoetrope.Http.Compression;

/// <summary>Undoes one coding of a body, piece by piece.</summary>
internal abstract class BodyDecoder
{
    /// <summary>Undoes as much as there is, and fits.</summary>
    /// <param name="source">What comes next. What is not taken of it must be there again the next time, with more.</param>
    /// <param name="destination">Where the content goes.</param>
    /// <param name="taken">How many bytes were taken.</param>
    /// <param name="written">How many bytes of content there were.</param>
    public abstract OperationStatus Decode(ReadOnlySpan<byte> source, Span<byte> destination, out int taken, out int written);

    /// <summary>Whether the body may end here although more could follow.</summary>
    public virtual bool MayEnd => false;

    /// <summary>The decoder of a body; null where its first bytes are not coded so.</summary>
    /// <param name="coding">The coding that the body is said to have.</param>
    /// <param name="start">Its first bytes.</param>
    /// <param name="isWhole">Whether these are all.</param>
    public static BodyDecoder? For(string coding, ReadOnlySpan<byte> start, bool isWhole)
    {
        if (coding == "zstd" && start is [0x28, 0xB5, 0x2F, 0xFD, ..])
            throw new IOException("it is compressed with zstd, which was not asked for and is not understood");
        if (coding == ContentCoding.TooMany && !ContentCoding.IsText(start))
            throw new IOException("its Content-Encoding names more than four codings, which are not undone");
        // The reference encoder calls it "large window": HTTP has no name for it, and a window may need 1 GB.
        if (coding == "br" && start is [0x11, var window, ..] && (window & 63) is >= 10 and <= 30)
            throw new IOException("it is compressed with a large window, which the coding br does not have");
        if (coding is "gzip" or "x-gzip")
            return start is [0x1F, 0x8B, ..] ? new GzipDecoder() : null;
        return Create(coding, start) is { } trial && Fits(trial, start, isWhole) ? Create(coding, start) : null;
    }

    // The other two have no sign of their own. What a proxy undid, and what never was compressed, is text most of the time, and is not valid.
    private static bool Fits(BodyDecoder trial, ReadOnlySpan<byte> start, bool isWhole)
    {
        var content = new byte[4096];
        var status = trial.Decode(start, content, out var taken, out var written);
        if (status == OperationStatus.InvalidData)
            return false;
        if (!ContentCoding.IsText(start))
            return true;
        // A whole text that does not come to its end as a coded body is only a text.
        if (isWhole)
            return status == OperationStatus.Done && taken == start.Length && written > 0;
        // Text that was not worth compressing stands in the body as it is.
        return written * 2 >= start.Length && ContentCoding.IsText(content.AsSpan(0, written));
    }

    private static BodyDecoder? Create(string coding, ReadOnlySpan<byte> start) => coding switch
    {
        "br" => new BrotliBodyDecoder(),
        "deflate" => new DeflateDecoder(hasFrame: start is [var method, var check, ..] && (method & 15) == 8 && ((method << 8) | check) % 31 == 0),
        _ => null,
    };
}
