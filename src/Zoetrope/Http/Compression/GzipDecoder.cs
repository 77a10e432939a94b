using System.Buffers;
using System.Buffers.Binary;

namespace Zoetrope.Http.Compression;

/// <summary>Decodes <c>gzip</c> (RFC 1952), of one or several members. Data after them, such as padding, is ignored.</summary>
internal sealed class GzipDecoder : BodyDecoder
{
    private const int HeadLength = 10, TailLength = 8;
    private const int LongestHead = 64 * 1024;

    private readonly Inflater _inflater = new();
    private readonly Crc32 _check = new();
    private Part _part;
    private bool _hadMember;
    private bool _isBegun;

    private enum Part
    {
        Head,
        Content,
        Tail,
    }

    public override bool MayEnd => _hadMember && !_isBegun;

    public override OperationStatus Decode(ReadOnlySpan<byte> source, Span<byte> destination, out int taken, out int written)
    {
        taken = written = 0;
        while (true)
        {
            var status = _part switch
            {
                Part.Head => ReadHead(source, ref taken),
                Part.Content => ReadContent(source, destination, ref taken, ref written),
                _ => ReadTail(source, ref taken),
            };
            if (status is { } end)
                return end;
        }
    }

    private OperationStatus? ReadHead(ReadOnlySpan<byte> source, ref int taken)
    {
        var next = source[taken..];
        // Another member may follow.
        if (_hadMember && next is [not 0x1F, ..] or [_, not 0x8B, ..])
            return OperationStatus.Done;
        _isBegun = next.Length >= 2;
        var head = HeadOf(next);
        if (head <= 0)
            return head == 0 ? OperationStatus.NeedMoreData : OperationStatus.InvalidData;
        taken += head;
        _inflater.Restart();
        _check.Restart();
        _part = Part.Content;
        return null;
    }

    private OperationStatus? ReadContent(ReadOnlySpan<byte> source, Span<byte> destination, ref int taken, ref int written)
    {
        var room = destination[written..];
        var status = _inflater.Decode(source[taken..], room, out var inflated, out var content);
        _check.Add(room[..content]);
        taken += inflated;
        written += content;
        if (status != OperationStatus.Done)
            return status;
        _part = Part.Tail;
        return null;
    }

    private OperationStatus? ReadTail(ReadOnlySpan<byte> source, ref int taken)
    {
        var tail = source[taken..];
        if (tail.Length < TailLength)
            return OperationStatus.NeedMoreData;
        if (BinaryPrimitives.ReadUInt32LittleEndian(tail) != _check.Value || BinaryPrimitives.ReadUInt32LittleEndian(tail[4..]) != _check.Length)
            return OperationStatus.InvalidData;
        taken += TailLength;
        (_part, _hadMember, _isBegun) = (Part.Head, true, false);
        return null;
    }

    /// <summary>Returns the length of a member's header; 0 where it is incomplete, -1 where it is not valid.</summary>
    private static int HeadOf(ReadOnlySpan<byte> source)
    {
        if (source.Length < HeadLength)
            return 0;
        var flags = source[3];
        if (source is not [0x1F, 0x8B, 8, ..] || (flags & 0xE0) != 0)
            return -1;
        var length = HeadLength;
        if ((flags & 4) != 0)
        {
            if (source.Length < length + 2)
                return 0;
            length += 2 + BinaryPrimitives.ReadUInt16LittleEndian(source[length..]);
        }
        // A name and a comment end with a zero.
        for (var flag = 8; flag <= 16; flag <<= 1)
        {
            if ((flags & flag) == 0)
                continue;
            var end = length < source.Length ? source[length..].IndexOf((byte)0) : -1;
            if (end < 0)
                return source.Length > LongestHead * 2 ? -1 : 0;
            length += end + 1;
        }
        if ((flags & 2) != 0)
            length += 2;
        return length <= source.Length ? length : 0;
    }
}
