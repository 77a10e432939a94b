using System.Buffers;
using System.Buffers.Binary;

namespace Zoetrope.Http.Compression;

/// <summary>Reads bits, the lowest of each byte first. To undo a read for which the input was incomplete, restore a copy made before it.</summary>
/// <param name="input">The bytes.</param>
/// <param name="bits">The unused bits of bytes that were consumed before.</param>
/// <param name="count">The number of these bits.</param>
internal ref struct BitReader(ReadOnlySpan<byte> input, ulong bits, int count)
{
    private readonly ReadOnlySpan<byte> _input = input;

    /// <summary>The bits that are ready, the next one lowest. Bits above them may belong to the input that follows.</summary>
    public ulong Bits { get; private set; } = bits;

    /// <summary>The number of bits that are ready.</summary>
    public int Count { get; private set; } = count;

    /// <summary>The number of bytes that were consumed.</summary>
    public int Position { get; private set; }

    /// <summary>Makes as many bits ready as fit: at least 56 where the input has them.</summary>
    public void Fill()
    {
        if (_input.Length - Position >= 8)
        {
            // Bits that do not fit as a whole byte are read again with the next ones, as the same bits at the same position.
            Bits |= BinaryPrimitives.ReadUInt64LittleEndian(_input[Position..]) << Count;
            Position += (63 - Count) >> 3;
            Count |= 56;
            return;
        }
        while (Count < 56 && Position < _input.Length)
        {
            Bits |= (ulong)_input[Position++] << Count;
            Count += 8;
        }
    }

    /// <summary>Returns the next bits, of which not all may be ready.</summary>
    public readonly int Peek(int length) => (int)(Bits & ((1UL << length) - 1));

    /// <summary>Skips bits; false when there are not enough.</summary>
    public bool TrySkip(int length)
    {
        if (Count < length)
            return false;
        Bits >>= length;
        Count -= length;
        return true;
    }

    /// <summary>Reads a number of up to 32 bits; false when they are not all available.</summary>
    public bool TryRead(int length, out int value)
    {
        if (Count < length)
            Fill();
        value = Peek(length);
        return TrySkip(length);
    }

    /// <summary>Skips to the next byte boundary; false where the skipped bits are not all zeros.</summary>
    public bool TryAlign()
    {
        var rest = Count & 7;
        return Peek(rest) == 0 && TrySkip(rest);
    }

    /// <summary>Copies whole bytes, as many as are available and fit; the reader is at a byte boundary.</summary>
    /// <param name="destination">The destination.</param>
    /// <param name="written">The number of bytes written to it.</param>
    /// <param name="left">The number of bytes to copy; afterwards, the number that remains.</param>
    /// <returns>What is missing for the rest; null where nothing remains.</returns>
    public OperationStatus? CopyBytes(Span<byte> destination, ref int written, ref int left)
    {
        GiveBack();
        var length = Math.Min(Math.Min(left, destination.Length - written), _input.Length - Position);
        _input.Slice(Position, length).CopyTo(destination[written..]);
        Position += length;
        written += length;
        left -= length;
        if (left == 0)
            return null;
        return written == destination.Length ? OperationStatus.DestinationTooSmall : OperationStatus.NeedMoreData;
    }

    /// <summary>Skips whole bytes, as many as are available; the reader is at a byte boundary.</summary>
    /// <returns>The number of skipped bytes.</returns>
    public int SkipBytes(int length)
    {
        GiveBack();
        length = Math.Min(length, _input.Length - Position);
        Position += length;
        return length;
    }

    /// <summary>Returns whole bytes that were consumed too early.</summary>
    public void GiveBack()
    {
        Position -= Count >> 3;
        Count &= 7;
        Bits &= (1UL << Count) - 1;
    }
}
