using System.Buffers;

namespace Zoetrope.Http.Compression;

/// <summary>
/// Decodes <c>br</c> (RFC 7932). The decoder of .NET links a native library into programs that is larger than all of Zoetrope, and treats a truncated stream
/// as a complete one.
/// </summary>
internal sealed class BrotliBodyDecoder() : BitDecoder(new CopyWindow(1))
{
    private readonly BrotliDistances _distances = new();
    private int _farthest;

    private State _state;
    private BrotliHeader? _header;
    private bool _isLast;

    // The remaining lengths of the meta-block, of the insertion, and of the copy or the dictionary word.
    private int _left;
    private int _insert;
    private int _copy;
    private bool _hasDistance;
    private int _distance;
    private readonly byte[] _word = new byte[BrotliDictionary.LongestChanged];
    private int _wordAt;
    private int _wordEnd;

    private enum State
    {
        Stream,
        Block,
        Header,
        Stored,
        Skipped,
        Command,
        Literals,
        Distance,
        Copy,
        Word,
        End,
    }

    protected override OperationStatus? Step(ref BitReader bits, Span<byte> destination, ref int written) => _state switch
    {
        State.Stream => ReadStream(ref bits),
        State.Block => ReadBlock(ref bits),
        State.Header => ReadHeader(ref bits),
        State.Stored => CopyStored(ref bits, destination, ref written),
        State.Skipped => Skip(ref bits),
        State.Command => ReadCommand(ref bits),
        State.Literals => ReadLiterals(ref bits, destination, ref written),
        State.Distance => ReadDistance(ref bits, written),
        State.Copy => CopyBytes(destination, ref written),
        State.Word => CopyWord(destination, ref written),
        _ => OperationStatus.Done,
    };

    private OperationStatus? ReadStream(ref BitReader bits)
    {
        bits.Fill();
        var next = bits.Peek(7);
        var (length, size) = (next & 1, (next >> 1) & 7, next >> 4) switch
        {
            (0, _, _) => (1, 16),
            (_, not 0 and var more, _) => (4, 17 + more),
            (_, _, 0) => (7, 17),
            (_, _, var less) => (7, 8 + less),
        };
        if (!bits.TrySkip(length))
            return OperationStatus.NeedMoreData;
        // RFC 7932 does not specify this case.
        if (size == 9)
            return OperationStatus.InvalidData;
        Window = new CopyWindow(1 << size);
        _farthest = (1 << size) - 16;
        _state = State.Block;
        return null;
    }

    private OperationStatus? ReadBlock(ref BitReader bits)
    {
        if (_isLast)
            return ReadEnd(ref bits);
        var start = bits;
        var status = ReadBlockHead(ref bits);
        if (status is not null)
            bits = start;
        return status;
    }

    private OperationStatus? ReadBlockHead(ref BitReader bits)
    {
        var isEmpty = 0;
        if (!bits.TryRead(1, out var isLast) || (isLast != 0 && !bits.TryRead(1, out isEmpty)))
            return OperationStatus.NeedMoreData;
        if (isEmpty != 0)
            return ReadEnd(ref bits);
        if (!bits.TryRead(2, out var nibbles))
            return OperationStatus.NeedMoreData;
        if (nibbles == 3)
            return ReadSkipped(ref bits, isLast != 0);
        if (!bits.TryRead((nibbles + 4) * 4, out var length))
            return OperationStatus.NeedMoreData;
        if (nibbles > 0 && length >> ((nibbles + 3) * 4) == 0)
            return OperationStatus.InvalidData;
        var isStored = 0;
        if (isLast == 0 && !bits.TryRead(1, out isStored))
            return OperationStatus.NeedMoreData;
        if (isStored != 0)
        {
            if (!bits.TryAlign())
                return OperationStatus.InvalidData;
            _state = State.Stored;
        }
        else
        {
            _header = new BrotliHeader();
            _state = State.Header;
        }
        _left = length + 1;
        _isLast = isLast != 0;
        return null;
    }

    private OperationStatus? ReadSkipped(ref BitReader bits, bool isLast)
    {
        if (!bits.TryRead(1, out var reserved) || !bits.TryRead(2, out var bytes) || !bits.TryRead(bytes * 8, out var length))
            return OperationStatus.NeedMoreData;
        if (reserved != 0 || (bytes > 1 && length >> ((bytes - 1) * 8) == 0) || !bits.TryAlign())
            return OperationStatus.InvalidData;
        _left = bytes == 0 ? 0 : length + 1;
        _isLast = isLast;
        _state = State.Skipped;
        return null;
    }

    // The rest of the last byte must be zeros.
    private OperationStatus? ReadEnd(ref BitReader bits)
    {
        if (!bits.TryAlign())
            return OperationStatus.InvalidData;
        _state = State.End;
        return null;
    }

    private OperationStatus? ReadHeader(ref BitReader bits)
    {
        var status = _header!.Read(ref bits);
        if (status is null)
            _state = State.Command;
        return status;
    }

    private OperationStatus? CopyStored(ref BitReader bits, Span<byte> destination, ref int written)
    {
        var status = bits.CopyBytes(destination, ref written, ref _left);
        if (status is null)
            _state = State.Block;
        return status;
    }

    private OperationStatus? Skip(ref BitReader bits)
    {
        _left -= bits.SkipBytes(_left);
        if (_left > 0)
            return OperationStatus.NeedMoreData;
        _state = State.Block;
        return null;
    }

    private OperationStatus? ReadCommand(ref BitReader bits)
    {
        if (_left == 0)
        {
            _state = State.Block;
            return null;
        }
        var commands = _header!.Commands;
        if (commands.Switch(ref bits) is { } status)
            return status;
        var start = bits;
        var symbol = _header.CommandCodes[commands.Type].Read(ref bits);
        if (symbol < 0)
            return Missing(symbol);
        if (!BrotliCommands.TryRead(ref bits, symbol, out _insert, out _copy))
        {
            bits = start;
            return OperationStatus.NeedMoreData;
        }
        commands.Count();
        _hasDistance = symbol >= BrotliCommands.FirstWithDistance;
        if (_insert > _left)
            return OperationStatus.InvalidData;
        _state = State.Literals;
        return null;
    }

    private OperationStatus? ReadLiterals(ref BitReader bits, Span<byte> destination, ref int written)
    {
        var header = _header!;
        var (literals, map) = (header.Literals, header.LiteralMap.Values);
        var (last, before) = (Window.Before(1, destination[..written]), Window.Before(2, destination[..written]));
        for (; _insert > 0; _insert--, _left--)
        {
            if (written == destination.Length)
                return OperationStatus.DestinationTooSmall;
            if (literals.Switch(ref bits) is { } status)
                return status;
            var context = BrotliContexts.Of(header.Modes[literals.Type], last, before);
            var symbol = header.LiteralCodes[map[(literals.Type << 6) + context]].Read(ref bits);
            if (symbol < 0)
                return Missing(symbol);
            literals.Count();
            (before, last) = (last, (byte)symbol);
            destination[written++] = last;
        }
        // The last command of a meta-block may end after its insertion.
        _state = _left == 0 ? State.Command : State.Distance;
        return null;
    }

    private OperationStatus? ReadDistance(ref BitReader bits, int written)
    {
        var code = 0;
        var distance = _distances.Last;
        if (_hasDistance)
        {
            var distances = _header!.Distances;
            if (distances.Switch(ref bits) is { } status)
                return status;
            var start = bits;
            var table = _header.DistanceMap.Values[(distances.Type << 2) + Math.Min(_copy, 5) - 2];
            code = _header.DistanceCodes[table].Read(ref bits);
            if (code < 0)
                return Missing(code);
            if (!_distances.TryRead(ref bits, code, _header, out distance))
            {
                bits = start;
                return OperationStatus.NeedMoreData;
            }
            distances.Count();
        }
        var farthest = (int)Math.Min(_farthest, Window.Total + written);
        if (distance <= 0)
            return OperationStatus.InvalidData;
        if (distance > farthest)
            return ReadWord(distance - farthest - 1);
        if (code != 0)
            _distances.Add(distance);
        _distance = distance;
        _state = State.Copy;
        return _copy > _left ? OperationStatus.InvalidData : null;
    }

    private OperationStatus? ReadWord(int number)
    {
        _wordEnd = BrotliDictionary.Write(_copy, number, _word);
        _wordAt = 0;
        _state = State.Word;
        return _wordEnd < 0 || _wordEnd > _left ? OperationStatus.InvalidData : null;
    }

    private OperationStatus? CopyBytes(Span<byte> destination, ref int written)
    {
        var length = Math.Min(_copy, destination.Length - written);
        Window.Copy(_distance, length, destination, written);
        written += length;
        _copy -= length;
        _left -= length;
        if (_copy > 0)
            return OperationStatus.DestinationTooSmall;
        _state = State.Command;
        return null;
    }

    private OperationStatus? CopyWord(Span<byte> destination, ref int written)
    {
        var length = Math.Min(_wordEnd - _wordAt, destination.Length - written);
        _word.AsSpan(_wordAt, length).CopyTo(destination[written..]);
        written += length;
        _wordAt += length;
        _left -= length;
        if (_wordAt < _wordEnd)
            return OperationStatus.DestinationTooSmall;
        _state = State.Command;
        return null;
    }

    private static OperationStatus Missing(int symbol) => symbol == -1 ? OperationStatus.NeedMoreData : OperationStatus.InvalidData;
}
