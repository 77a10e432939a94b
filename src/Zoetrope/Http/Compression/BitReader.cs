using System.Buffers;
using System.Buffers.Binary;

namespace Zoetrope.Http.Compression;

/// <summary>Reads bits, the lowest of each byte first. A copy taken before something is read leads back to there when that has not all come yet.</summary>
/// <param name="input">The bytes.</param>
/// <param name="bits">The bits that were taken out of bytes before, and not used.</param>
/// <param name="count">How many these are.</param>
internal ref struct BitReader(ReadOnlySpan<byte> input, ulong bits, int count)
{
    private readonly ReadOnlySpan<byte> _input = input;

    /// <summary>The bits that are ready, the next one lowest. Above them there may be some of those that follow.</summary>
    public ulong Bits { get; private set; } = bits;

    /// <summary>How many bits are ready.</summary>
    public int Count { get; private set; } = count;

    /// <summary>How many bytes were taken.</summary>
    public int Position { get; private set; }

    /// <summary>Makes as many bits ready as fit: at least 56 where there are so many.</summary>
    public void Fill()
    {
        if (_input.Length - Position >= 8)
        {
            // Bits that do not fit as a whole byte come again with the next ones, as the same bits in the same place.
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

    /// <summary>The next bits, of which not all may be ready.</summary>
    public readonly int Peek(int length) => (int)(Bits & ((1UL << length) - 1));

    /// <summary>Goes over bits; false when there are not so many.</summary>
    public bool TrySkip(int length)
    {
        if (Count < length)
            return false;
        Bits >>= length;
        Count -= length;
        return true;
    }

    /// <summary>Reads a number of up to 32 bits; false when they are not all there.</summary>
    public bool TryRead(int length, out int value)
    {
        if (Count < length)
            Fill();
        value = Peek(length);
        return TrySkip(length);
    }

    /// <summary>Goes to the end of the byte; false where the bits that are left of it are not all zeros.</summary>
    public bool TryAlign()
    {
        var rest = Count & 7;
        return Peek(rest) == 0 && TrySkip(rest);
    }

    /// <summary>Copies whole bytes, as many as there are and fit; what was read before ends with a byte.</summary>
    /// <param name="destination">What is written to.</param>
    /// <param name="written">How much of that was written.</param>
    /// <param name="left">How many bytes are to be copied; what is left of them afterwards.</param>
    /// <returns>What is missing for the rest; null where there is none.</returns>
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

    /// <summary>Goes over whole bytes, as many as there are; what was read before ends with a byte.</summary>
    /// <returns>How many bytes those were.</returns>
    public int SkipBytes(int length)
    {
        GiveBack();
        length = Math.Min(length, _input.Length - Position);
        Position += length;
        return length;
    }

    /// <summary>Gives back the whole bytes that were taken too early.</summary>
    public void GiveBack()
    {
        Position -= Count >> 3;
        Count &= 7;
        Bits &= (1UL << Count) - 1;
    }
}
