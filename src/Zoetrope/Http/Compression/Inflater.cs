using System.Buffers;

namespace Zoetrope.Http.Compression;

/// <summary>
/// Decodes DEFLATE (RFC 1951). The decoder of .NET links a native library into programs, and treats a truncated stream as a complete one.
/// </summary>
internal sealed class Inflater() : BitDecoder(new CopyWindow(WindowSize))
{
    private const int WindowSize = 32 * 1024;
    private const int EndOfBlock = 256;
    private const int MostLiterals = 286, MostDistances = 30;

    private static readonly byte[] LengthOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

    private static HuffmanTable? _fixedLiterals;
    private static HuffmanTable? _fixedDistances;

    private State _state;
    private bool _isLastBlock;
    private HuffmanTable? _literals;
    private HuffmanTable? _distances;

    // The rest of a stored block, or else of a match.
    private int _left;
    private int _distance;

    private enum State
    {
        Block,
        Stored,
        Codes,
        Match,
        End,
    }

    /// <summary>Resets the decoder for another stream.</summary>
    public void Restart()
    {
        Clear();
        (_state, _isLastBlock) = (State.Block, false);
    }

    protected override OperationStatus? Step(ref BitReader bits, Span<byte> destination, ref int written) => _state switch
    {
        State.Block => ReadBlock(ref bits),
        State.Stored => CopyStored(ref bits, destination, ref written),
        State.Match => CopyMatch(destination, ref written),
        State.Codes => ReadCodes(ref bits, destination, ref written),
        _ => OperationStatus.Done,
    };

    private OperationStatus? ReadBlock(ref BitReader bits)
    {
        if (_isLastBlock)
        {
            _state = State.End;
            return null;
        }
        var start = bits;
        var status = !bits.TryRead(3, out var header) ? OperationStatus.NeedMoreData : (header >> 1) switch
        {
            0 => ReadStored(ref bits),
            1 => UseFixed(),
            2 => ReadDynamic(ref bits),
            _ => OperationStatus.InvalidData,
        };
        if (status is not null)
            bits = start;
        else
            _isLastBlock = (header & 1) != 0;
        return status;
    }

    private OperationStatus? ReadStored(ref BitReader bits)
    {
        // A stored block begins at a byte boundary.
        bits.TrySkip(bits.Count & 7);
        if (!bits.TryRead(16, out var length) || !bits.TryRead(16, out var complement))
            return OperationStatus.NeedMoreData;
        if ((length ^ complement) != 0xFFFF)
            return OperationStatus.InvalidData;
        _left = length;
        _state = State.Stored;
        return null;
    }

    private OperationStatus? UseFixed()
    {
        if (_fixedLiterals is null)
        {
            var lengths = new byte[288];
            lengths.AsSpan(0, 144).Fill(8);
            lengths.AsSpan(144, 112).Fill(9);
            lengths.AsSpan(256, 24).Fill(7);
            lengths.AsSpan(280, 8).Fill(8);
            var distances = new byte[32];
            distances.AsSpan().Fill(5);
            _fixedDistances = HuffmanTable.Create(distances);
            _fixedLiterals = HuffmanTable.Create(lengths);
        }
        (_literals, _distances, _state) = (_fixedLiterals, _fixedDistances, State.Codes);
        return null;
    }

    private OperationStatus? ReadDynamic(ref BitReader bits)
    {
        if (!bits.TryRead(5, out var literals) || !bits.TryRead(5, out var distances) || !bits.TryRead(4, out var codes))
            return OperationStatus.NeedMoreData;
        if (literals > MostLiterals - 257 || distances > MostDistances - 1)
            return OperationStatus.InvalidData;
        Span<byte> lengths = stackalloc byte[19];
        for (var i = 0; i < codes + 4; i++)
        {
            if (!bits.TryRead(3, out var length))
                return OperationStatus.NeedMoreData;
            lengths[LengthOrder[i]] = (byte)length;
        }
        if (HuffmanTable.Create(lengths) is not { } table)
            return OperationStatus.InvalidData;
        Span<byte> all = stackalloc byte[literals + 257 + distances + 1];
        if (ReadLengths(ref bits, table, all) is { } status)
            return status;
        _literals = HuffmanTable.Create(all[..(literals + 257)]);
        _distances = HuffmanTable.Create(all[(literals + 257)..]);
        if (_literals is null || _distances is null || all[EndOfBlock] == 0)
            return OperationStatus.InvalidData;
        _state = State.Codes;
        return null;
    }

    private static OperationStatus? ReadLengths(ref BitReader bits, HuffmanTable table, scoped Span<byte> all)
    {
        for (var at = 0; at < all.Length;)
        {
            var symbol = table.Read(ref bits);
            if (symbol < 0)
                return Missing(symbol);
            if (symbol < 16)
            {
                all[at++] = (byte)symbol;
                continue;
            }
            var (extra, least) = symbol switch
            {
                16 => (2, 3),
                17 => (3, 3),
                _ => (7, 11),
            };
            if (!bits.TryRead(extra, out var more))
                return OperationStatus.NeedMoreData;
            if (at + least + more > all.Length || (symbol == 16 && at == 0))
                return OperationStatus.InvalidData;
            all.Slice(at, least + more).Fill(symbol == 16 ? all[at - 1] : (byte)0);
            at += least + more;
        }
        return null;
    }

    private OperationStatus? ReadCodes(ref BitReader bits, Span<byte> destination, ref int written)
    {
        while (written < destination.Length)
        {
            var start = bits;
            var symbol = _literals!.Read(ref bits);
            if (symbol is >= 0 and < EndOfBlock)
            {
                destination[written++] = (byte)symbol;
                continue;
            }
            if (symbol == EndOfBlock)
            {
                _state = State.Block;
                return null;
            }
            var status = symbol < 0 ? Missing(symbol) : ReadMatch(ref bits, symbol - EndOfBlock - 1, written);
            if (status is not null)
            {
                bits = start;
                return status;
            }
            CopyMatch(destination, ref written);
        }
        return OperationStatus.DestinationTooSmall;
    }

    private OperationStatus? ReadMatch(ref BitReader bits, int lengthCode, int written)
    {
        if (lengthCode > 28)
            return OperationStatus.InvalidData;
        var extra = lengthCode is < 8 or 28 ? 0 : (lengthCode >> 2) - 1;
        if (!bits.TryRead(extra, out var length))
            return OperationStatus.NeedMoreData;
        length += lengthCode switch
        {
            28 => 258,
            < 8 => lengthCode + 3,
            _ => ((4 + (lengthCode & 3)) << extra) + 3,
        };
        var code = _distances!.Read(ref bits);
        if (code < 0)
            return Missing(code);
        if (code > 29)
            return OperationStatus.InvalidData;
        extra = code < 4 ? 0 : (code >> 1) - 1;
        if (!bits.TryRead(extra, out var distance))
            return OperationStatus.NeedMoreData;
        distance += code < 4 ? code + 1 : ((2 + (code & 1)) << extra) + 1;
        if (distance > Math.Min(Window.Total + written, WindowSize))
            return OperationStatus.InvalidData;
        (_left, _distance) = (length, distance);
        return null;
    }

    private OperationStatus? CopyMatch(Span<byte> destination, ref int written)
    {
        var length = Math.Min(_left, destination.Length - written);
        Window.Copy(_distance, length, destination, written);
        written += length;
        _left -= length;
        _state = _left > 0 ? State.Match : State.Codes;
        return _left > 0 ? OperationStatus.DestinationTooSmall : null;
    }

    private OperationStatus? CopyStored(ref BitReader bits, Span<byte> destination, ref int written)
    {
        var status = bits.CopyBytes(destination, ref written, ref _left);
        if (status is null)
            _state = State.Block;
        return status;
    }

    private static OperationStatus Missing(int symbol) => symbol == -1 ? OperationStatus.NeedMoreData : OperationStatus.InvalidData;
}
