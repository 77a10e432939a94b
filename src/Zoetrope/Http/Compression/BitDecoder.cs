using System.Buffers;

namespace Zoetrope.Http.Compression;

/// <summary>Decodes a coding that is read bit by bit, in steps; the decoded bytes are kept in a window, for later copies.</summary>
/// <param name="window">The window.</param>
internal abstract class BitDecoder(CopyWindow window) : BodyDecoder
{
    // The unused bits of bytes that were already consumed.
    private ulong _bits;
    private int _bitCount;

    /// <summary>The content decoded so far.</summary>
    protected CopyWindow Window { get; set; } = window;

    public sealed override OperationStatus Decode(ReadOnlySpan<byte> source, Span<byte> destination, out int taken, out int written)
    {
        var bits = new BitReader(source, _bits, _bitCount);
        written = 0;
        OperationStatus? status = null;
        while (status is null)
            status = Step(ref bits, destination, ref written);
        // Fewer than eight bits are kept for the next call, and whatever follows begins at a byte boundary.
        bits.GiveBack();
        (_bits, _bitCount) = (bits.Bits, bits.Count);
        taken = bits.Position;
        Window.Append(destination[..written]);
        return status.Value;
    }

    /// <summary>Performs the next step.</summary>
    /// <returns>The reason why no further step is possible for now; null where one is.</returns>
    protected abstract OperationStatus? Step(ref BitReader bits, Span<byte> destination, ref int written);

    /// <summary>Discards the content and the unused bits.</summary>
    protected void Clear()
    {
        Window.Clear();
        (_bits, _bitCount) = (0, 0);
    }
}
