using System.Buffers;

namespace Zoetrope.Http.Compression;

/// <summary>Undoes a coding that is read bit by bit, in steps; what was decoded is kept in a window, for later copies.</summary>
/// <param name="window">The window.</param>
internal abstract class BitDecoder(CopyWindow window) : BodyDecoder
{
    // Bits of bytes that were taken already.
    private ulong _bits;
    private int _bitCount;

    /// <summary>The content so far.</summary>
    protected CopyWindow Window { get; set; } = window;

    public sealed override OperationStatus Decode(ReadOnlySpan<byte> source, Span<byte> destination, out int taken, out int written)
    {
        var bits = new BitReader(source, _bits, _bitCount);
        written = 0;
        OperationStatus? status = null;
        while (status is null)
            status = Step(ref bits, destination, ref written);
        // So that what is kept for the next time is less than a byte, and what follows begins with a whole one.
        bits.GiveBack();
        (_bits, _bitCount) = (bits.Bits, bits.Count);
        taken = bits.Position;
        Window.Append(destination[..written]);
        return status.Value;
    }

    /// <summary>Does what comes next.</summary>
    /// <returns>Why there is no step after it for now; null where there is.</returns>
    protected abstract OperationStatus? Step(ref BitReader bits, Span<byte> destination, ref int written);

    /// <summary>Forgets the content, and the bits that are left over.</summary>
    protected void Clear()
    {
        Window.Clear();
        (_bits, _bitCount) = (0, 0);
    }
}
