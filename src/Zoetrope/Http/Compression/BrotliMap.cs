using System.Buffers;

namespace Zoetrope.Http.Compression;

/// <summary>A context map: the index of a symbol's code, by the type of its block and its context (RFC 7932 section 7.3).</summary>
internal sealed class BrotliMap
{
    private int _runs;
    private HuffmanTable? _table;
    private int _at;

    /// <summary>The indexes of the codes.</summary>
    public byte[] Values { get; private set; } = [];

    /// <summary>The number of codes.</summary>
    public int Codes { get; private set; }

    /// <summary>Reads the map, or continues to.</summary>
    /// <param name="bits">The bits.</param>
    /// <param name="size">The number of values.</param>
    /// <returns>What is wrong; null where the map is complete.</returns>
    public OperationStatus? Read(ref BitReader bits, int size)
    {
        var start = bits;
        if (Values.Length == 0 && ReadHead(ref bits, size) is { } status)
        {
            bits = start;
            return status;
        }
        while (_at < Values.Length)
        {
            start = bits;
            if (ReadValues(ref bits) is not { } unread)
                continue;
            bits = start;
            return unread;
        }
        if (_table is null)
            return null;
        if (!bits.TryRead(1, out var isMoved))
            return OperationStatus.NeedMoreData;
        if (isMoved != 0)
            MoveBack(Values);
        return null;
    }

    private OperationStatus? ReadHead(ref BitReader bits, int size)
    {
        if (!BrotliBlocks.TryReadCount(ref bits, out var codes))
            return OperationStatus.NeedMoreData;
        if (codes > 1)
        {
            if (!bits.TryRead(1, out var hasRuns))
                return OperationStatus.NeedMoreData;
            var runs = 0;
            if (hasRuns != 0 && !bits.TryRead(4, out runs))
                return OperationStatus.NeedMoreData;
            _runs = runs + hasRuns;
            if (BrotliCodes.Read(ref bits, codes + _runs, out _table) is { } status)
                return status;
        }
        (Codes, Values) = (codes, new byte[size]);
        // With one code, all values are zeros.
        _at = codes > 1 ? 0 : size;
        return null;
    }

    private OperationStatus? ReadValues(ref BitReader bits)
    {
        var symbol = _table!.Read(ref bits);
        if (symbol < 0)
            return symbol == -1 ? OperationStatus.NeedMoreData : OperationStatus.InvalidData;
        if (symbol > _runs)
        {
            Values[_at++] = (byte)(symbol - _runs);
            return null;
        }
        if (!bits.TryRead(symbol, out var more))
            return OperationStatus.NeedMoreData;
        _at += symbol == 0 ? 1 : (1 << symbol) + more;
        return _at <= Values.Length ? null : OperationStatus.InvalidData;
    }

    private static void MoveBack(byte[] map)
    {
        Span<byte> order = stackalloc byte[256];
        for (var i = 0; i < order.Length; i++)
            order[i] = (byte)i;
        for (var i = 0; i < map.Length; i++)
        {
            var index = map[i];
            var value = order[index];
            map[i] = value;
            order[..index].CopyTo(order[1..]);
            order[0] = value;
        }
    }
}
