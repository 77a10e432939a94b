using System.Buffers;
using System.Buffers.Binary;

namespace Zoetrope.Http.Compression;

/// <summary>Decodes <c>deflate</c>: DEFLATE in the zlib format (RFC 1950), as RFC 9110 specifies it, or raw, as some servers send it.</summary>
/// <param name="hasFrame">Whether it is in the zlib format.</param>
internal sealed class DeflateDecoder(bool hasFrame) : BodyDecoder
{
    private readonly Inflater _inflater = new();
    private bool _isPastHead = !hasFrame;
    private bool _isInflated;
    private uint _low = 1;
    private uint _high;

    public override OperationStatus Decode(ReadOnlySpan<byte> source, Span<byte> destination, out int taken, out int written)
    {
        taken = written = 0;
        if (!_isPastHead)
        {
            if (source.Length < 2)
                return OperationStatus.NeedMoreData;
            // A preset dictionary would have to be agreed on.
            if ((source[1] & 0x20) != 0)
                return OperationStatus.InvalidData;
            _isPastHead = true;
            taken = 2;
        }
        if (!_isInflated)
        {
            var status = _inflater.Decode(source[taken..], destination, out var inflated, out written);
            taken += inflated;
            Add(destination[..written]);
            if (status != OperationStatus.Done)
                return status;
            _isInflated = true;
        }
        if (!hasFrame)
            return OperationStatus.Done;
        if (source.Length - taken < 4)
            return OperationStatus.NeedMoreData;
        var isWhole = BinaryPrimitives.ReadUInt32BigEndian(source[taken..]) == ((_high << 16) | _low);
        taken += 4;
        return isWhole ? OperationStatus.Done : OperationStatus.InvalidData;
    }

    // Adler-32. The sums of this many bytes do not overflow.
    private void Add(ReadOnlySpan<byte> content)
    {
        while (!content.IsEmpty)
        {
            var part = content[..Math.Min(content.Length, 5552)];
            content = content[part.Length..];
            foreach (var value in part)
            {
                _low += value;
                _high += _low;
            }
            _low %= 65521;
            _high %= 65521;
        }
    }
}
