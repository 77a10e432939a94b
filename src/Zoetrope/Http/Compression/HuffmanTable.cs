namespace Zoetrope.Http.Compression;

/// <summary>A prefix code: a lookup table for the next bits, and for longer codes, the symbols of each length in order.</summary>
internal sealed class HuffmanTable
{
    // Small enough that streams of many short blocks, each with codes of its own, stay cheap.
    private const int MostIndexBits = 10;
    private const int LongestCode = 15;

    private readonly ushort[] _entries;
    private readonly int _indexBits;
    private readonly int _longest;

    // For each length, the highest code plus one, and the index of its symbol; empty if the lookup table covers all codes.
    private readonly int[] _ends = [];
    private readonly int[] _symbolEnds = [];
    private readonly ushort[] _symbols = [];

    private HuffmanTable(int symbol) => _entries = [(ushort)(symbol << 4)];

    private HuffmanTable(ReadOnlySpan<byte> lengths, ReadOnlySpan<int> counts, int longest)
    {
        _longest = longest;
        _indexBits = Math.Min(longest, MostIndexBits);
        _entries = new ushort[1 << _indexBits];
        Span<int> codes = stackalloc int[LongestCode + 1];
        Span<int> places = stackalloc int[LongestCode + 1];
        for (var length = 1; length < LongestCode; length++)
        {
            codes[length + 1] = (codes[length] + counts[length]) << 1;
            places[length + 1] = places[length] + counts[length];
        }
        var isLong = longest > MostIndexBits;
        if (isLong)
            _symbols = new ushort[lengths.Length];
        for (var symbol = 0; symbol < lengths.Length; symbol++)
        {
            int length = lengths[symbol];
            if (length == 0)
                continue;
            var code = codes[length]++;
            if (isLong)
                _symbols[places[length]++] = (ushort)symbol;
            for (var at = Reverse(code, length); at < _entries.Length && length <= _indexBits; at += 1 << length)
                _entries[at] = (ushort)((symbol << 4) | length);
        }
        if (isLong)
            (_ends, _symbolEnds) = (codes.ToArray(), places.ToArray());
    }

    /// <summary>Creates the table of a code (RFC 1951 section 3.2.2); null where the lengths do not form a code.</summary>
    /// <param name="lengths">The length of each symbol's code, in bits; 0 where a symbol is not used.</param>
    public static HuffmanTable? Create(ReadOnlySpan<byte> lengths)
    {
        Span<int> counts = stackalloc int[LongestCode + 1];
        foreach (var length in lengths)
            counts[length]++;
        var used = lengths.Length - counts[0];
        var longest = 1;
        var left = 1;
        for (var length = 1; length <= LongestCode; length++)
        {
            left = (left << 1) - counts[length];
            if (left < 0)
                return null;
            if (counts[length] > 0)
                longest = length;
        }
        // An incomplete code is valid only with one symbol, or with none.
        return left > 0 && used > 1 ? null : new HuffmanTable(lengths, counts, longest);
    }

    /// <summary>Creates the code of a single symbol, which takes no bits.</summary>
    public static HuffmanTable Of(int symbol) => new(symbol);

    /// <summary>Reads a symbol.</summary>
    /// <param name="bits">The bits.</param>
    /// <returns>The symbol; -1 where more bits are needed, -2 where the bits are not a code.</returns>
    public int Read(ref BitReader bits)
    {
        if (bits.Count < LongestCode)
            bits.Fill();
        var entry = _entries[bits.Peek(_indexBits)];
        var length = entry & 15;
        return length > 0 && bits.TrySkip(length) ? entry >> 4 : ReadRest(ref bits, entry);
    }

    private int ReadRest(ref BitReader bits, int entry)
    {
        if (_indexBits == 0)
            return entry >> 4;
        if ((entry & 15) > 0)
            return -1;
        for (var length = _indexBits + 1; length <= _longest; length++)
        {
            if (bits.Count < length)
                return -1;
            // The codes of a length are consecutive, and longer ones begin above them.
            var beforeEnd = _ends[length] - Reverse(bits.Peek(length), length);
            if (beforeEnd <= 0)
                continue;
            bits.TrySkip(length);
            return _symbols[_symbolEnds[length] - beforeEnd];
        }
        return bits.Count < _indexBits ? -1 : -2;
    }

    private static int Reverse(int code, int length)
    {
        var reversed = 0;
        for (var bit = 0; bit < length; bit++)
            reversed = (reversed << 1) | ((code >> bit) & 1);
        return reversed;
    }
}
