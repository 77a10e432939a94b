using System.Buffers;

namespace Zoetrope.Http.Compression;

/// <summary>The blocks of one kind of symbol in a meta-block: the type of the current block, and how much of it is left (RFC 7932 section 6).</summary>
internal sealed class BrotliBlocks
{
    private const int CountSymbols = 26;

    private static readonly int[] CountBase =
        [1, 5, 9, 13, 17, 25, 33, 41, 49, 65, 81, 97, 113, 145, 177, 209, 241, 305, 369, 497, 753, 1265, 2289, 4337, 8433, 16625];

    private static readonly byte[] CountExtra = [2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 6, 6, 7, 8, 9, 10, 11, 12, 13, 24];

    private HuffmanTable? _typeCode;
    private HuffmanTable? _countCode;
    private int _before = 1;
    private int _left;

    /// <summary>The number of types.</summary>
    public int Types { get; private set; }

    /// <summary>The type of the current block.</summary>
    public int Type { get; private set; }

    /// <summary>Reads the number of types, and the first block.</summary>
    /// <param name="bits">The bits. They are not consumed when not everything can be read.</param>
    public OperationStatus? Read(ref BitReader bits)
    {
        var start = bits;
        if (!TryReadCount(ref bits, out var types))
            return Back(ref bits, start, OperationStatus.NeedMoreData);
        Types = types;
        _left = int.MaxValue;
        if (types < 2)
            return null;
        var status = BrotliCodes.Read(ref bits, types + 2, out _typeCode) ?? BrotliCodes.Read(ref bits, CountSymbols, out _countCode) ?? ReadCount(ref bits);
        return Back(ref bits, start, status);
    }

    /// <summary>Reads a number from 1 to 256.</summary>
    public static bool TryReadCount(ref BitReader bits, out int count)
    {
        count = 1;
        if (!bits.TryRead(1, out var isMore))
            return false;
        if (isMore == 0)
            return true;
        if (!bits.TryRead(3, out var length) || !bits.TryRead(length, out var value))
            return false;
        count = (1 << length) + value + 1;
        return true;
    }

    /// <summary>Reads the next block when the current one has ended. If the result is not null, nothing was changed.</summary>
    public OperationStatus? Switch(ref BitReader bits)
    {
        if (_left > 0)
            return null;
        var start = bits;
        var code = _typeCode!.Read(ref bits);
        var status = code >= 0 ? ReadCount(ref bits) : code == -1 ? OperationStatus.NeedMoreData : OperationStatus.InvalidData;
        if (status is not null)
            return Back(ref bits, start, status);
        var type = code switch
        {
            0 => _before,
            1 => Type + 1,
            _ => code - 2,
        };
        (_before, Type) = (Type, type >= Types ? type - Types : type);
        return null;
    }

    /// <summary>Counts a symbol of the block. If there is only one type, its block is longer than the content of any meta-block.</summary>
    public void Count() => _left--;

    private static OperationStatus? Back(ref BitReader bits, BitReader start, OperationStatus? status)
    {
        if (status is not null)
            bits = start;
        return status;
    }

    private OperationStatus? ReadCount(ref BitReader bits)
    {
        var symbol = _countCode!.Read(ref bits);
        if (symbol < 0)
            return symbol == -1 ? OperationStatus.NeedMoreData : OperationStatus.InvalidData;
        if (!bits.TryRead(CountExtra[symbol], out var more))
            return OperationStatus.NeedMoreData;
        _left = CountBase[symbol] + more;
        return null;
    }
}
