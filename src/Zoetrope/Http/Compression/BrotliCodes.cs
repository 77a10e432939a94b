using System.Buffers;
using System.Numerics;

namespace Zoetrope.Http.Compression;

/// <summary>Reads prefix codes (RFC 7932 section 3).</summary>
internal static class BrotliCodes
{
    private static readonly byte[] LengthOrder = [1, 2, 3, 4, 0, 5, 17, 6, 16, 7, 8, 9, 10, 11, 12, 13, 14, 15];

    // The code for the lengths of the code length code, by the next four bits.
    private static readonly byte[] LengthBits = [2, 2, 2, 3, 2, 2, 2, 4, 2, 2, 2, 3, 2, 2, 2, 4];
    private static readonly byte[] LengthValues = [0, 4, 3, 2, 0, 4, 3, 1, 0, 4, 3, 2, 0, 4, 3, 5];

    /// <summary>Reads the code of an alphabet.</summary>
    /// <param name="bits">The bits. They are not consumed when the code cannot be read.</param>
    /// <param name="symbols">The size of the alphabet.</param>
    /// <param name="table">The code.</param>
    /// <returns>What is wrong; null where the code is valid.</returns>
    public static OperationStatus? Read(ref BitReader bits, int symbols, out HuffmanTable? table)
    {
        var start = bits;
        table = null;
        var lengths = new byte[symbols];
        int? only = null;
        OperationStatus? status = OperationStatus.NeedMoreData;
        if (bits.TryRead(2, out var skip))
            status = skip == 1 ? ReadSimple(ref bits, lengths, ref only) : ReadComplex(ref bits, skip, lengths);
        if (status is null)
        {
            table = only is { } symbol ? HuffmanTable.Of(symbol) : HuffmanTable.Create(lengths);
            status = table is null ? OperationStatus.InvalidData : null;
        }
        if (status is not null)
            bits = start;
        return status;
    }

    private static OperationStatus? ReadSimple(ref BitReader bits, byte[] lengths, ref int? only)
    {
        if (!bits.TryRead(2, out var count))
            return OperationStatus.NeedMoreData;
        var width = 32 - BitOperations.LeadingZeroCount((uint)(lengths.Length - 1));
        Span<int> used = stackalloc int[4];
        for (var i = 0; i <= count; i++)
        {
            if (!bits.TryRead(width, out used[i]))
                return OperationStatus.NeedMoreData;
            if (used[i] >= lengths.Length || used[..i].Contains(used[i]))
                return OperationStatus.InvalidData;
        }
        if (count == 0)
        {
            only = used[0];
            return null;
        }
        var isDeep = 0;
        if (count == 3 && !bits.TryRead(1, out isDeep))
            return OperationStatus.NeedMoreData;
        ReadOnlySpan<byte> given = (count, isDeep) switch
        {
            (1, _) => [1, 1],
            (2, _) => [1, 2, 2],
            (_, 0) => [2, 2, 2, 2],
            _ => [1, 2, 3, 3],
        };
        for (var i = 0; i <= count; i++)
            lengths[used[i]] = given[i];
        return null;
    }

    private static OperationStatus? ReadComplex(ref BitReader bits, int skip, byte[] lengths)
    {
        var widths = new byte[18];
        var space = 32;
        var last = 0;
        var count = 0;
        for (var i = skip; i < LengthOrder.Length && space > 0; i++)
        {
            bits.Fill();
            var next = bits.Peek(4);
            if (!bits.TrySkip(LengthBits[next]))
                return OperationStatus.NeedMoreData;
            var width = LengthValues[next];
            widths[LengthOrder[i]] = width;
            if (width == 0)
                continue;
            space -= 32 >> width;
            count++;
            last = LengthOrder[i];
        }
        if (count != 1 && space != 0)
            return OperationStatus.InvalidData;
        return (count == 1 ? HuffmanTable.Of(last) : HuffmanTable.Create(widths)) is { } table
            ? ReadLengths(ref bits, table, lengths)
            : OperationStatus.InvalidData;
    }

    private static OperationStatus? ReadLengths(ref BitReader bits, HuffmanTable table, byte[] lengths)
    {
        var (at, space, before, repeated, repeats) = (0, 32768, (byte)8, -1, 0);
        while (at < lengths.Length && space > 0)
        {
            var symbol = table.Read(ref bits);
            if (symbol < 0)
                return symbol == -1 ? OperationStatus.NeedMoreData : OperationStatus.InvalidData;
            if (symbol < 16)
            {
                repeats = 0;
                lengths[at++] = (byte)symbol;
                if (symbol == 0)
                    continue;
                before = (byte)symbol;
                space -= 32768 >> symbol;
                continue;
            }
            var extra = symbol - 14;
            if (!bits.TryRead(extra, out var more))
                return OperationStatus.NeedMoreData;
            var length = symbol == 16 ? before : (byte)0;
            // Consecutive repetitions of the same length extend each other.
            if (repeated != length)
                (repeats, repeated) = (0, length);
            var old = repeats;
            repeats = (repeats > 0 ? (repeats - 2) << extra : 0) + more + 3;
            var added = repeats - old;
            if (added > lengths.Length - at)
                return OperationStatus.InvalidData;
            lengths.AsSpan(at, added).Fill(length);
            at += added;
            if (length != 0)
                space -= added << (15 - length);
        }
        return space == 0 ? null : OperationStatus.InvalidData;
    }
}
