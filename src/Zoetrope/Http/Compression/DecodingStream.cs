using System.Buffers;
using Zoetrope.Streams;

namespace Zoetrope.Http.Compression;

/// <summary>A body that is decoded while it is read. Its first bytes show whether it is encoded at all.</summary>
/// <param name="body">The body as it is received.</param>
/// <param name="coding">The coding that the headers declare.</param>
/// <param name="limit">The maximum number of bytes that are read of the encoded body.</param>
internal sealed class DecodingStream(Stream body, string coding, long limit) : ForwardStream
{
    // Enough to see the signature of a coding, and to distinguish it from a text that begins like one.
    private const int LeastSample = 4, LeastText = 64;

    private byte[] _buffer = new byte[8 * 1024];
    private int _start;
    private int _end;
    private long _taken;
    private bool _isOpen;
    private bool _isDone;
    private bool _isDamaged;
    private BodyDecoder? _decoder;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!_isOpen)
            await OpenAsync(cancellationToken).ConfigureAwait(false);
        if (_decoder is null)
            return await ReadPlainAsync(buffer, cancellationToken).ConfigureAwait(false);
        while (!_isDone && !_isDamaged && !buffer.IsEmpty)
        {
            var status = _decoder.Decode(_buffer.AsSpan(_start.._end), buffer.Span, out var taken, out var written);
            _start += taken;
            _isDone = status == OperationStatus.Done;
            _isDamaged = status == OperationStatus.InvalidData;
            if (written > 0)
                return written;
            if (status == OperationStatus.NeedMoreData && !await FillAsync(cancellationToken).ConfigureAwait(false))
                _isDone = _decoder.MayEnd ? true : throw new IOException($"its compressed content ({coding}) is truncated");
        }
        return _isDamaged ? throw new IOException($"its compressed content ({coding}) is corrupt") : 0;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            body.Dispose();
        base.Dispose(disposing);
    }

    private async Task OpenAsync(CancellationToken ct)
    {
        var isWhole = false;
        while (!isWhole && _end < (ContentCoding.IsText(_buffer.AsSpan(0, _end)) ? LeastText : LeastSample))
            isWhole = !await FillAsync(ct).ConfigureAwait(false);
        _decoder = BodyDecoder.For(coding, _buffer.AsSpan(0, _end), isWhole);
        _isOpen = true;
    }

    private async ValueTask<int> ReadPlainAsync(Memory<byte> buffer, CancellationToken ct)
    {
        if (_start == _end)
            return await body.ReadAsync(buffer, ct).ConfigureAwait(false);
        var length = Math.Min(buffer.Length, _end - _start);
        _buffer.AsMemory(_start, length).CopyTo(buffer);
        _start += length;
        return length;
    }

    /// <summary>Reads more; false at the end.</summary>
    private async ValueTask<bool> FillAsync(CancellationToken ct)
    {
        _buffer.AsSpan(_start.._end).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        if (_end == _buffer.Length)
            Array.Resize(ref _buffer, _buffer.Length * 2);
        var read = await body.ReadAsync(_buffer.AsMemory(_end), ct).ConfigureAwait(false);
        _end += read;
        _taken += read;
        return _taken <= limit ? read > 0 : throw new IOException($"even its compressed size exceeds {limit} bytes");
    }
}
