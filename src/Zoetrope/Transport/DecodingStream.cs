namespace Zoetrope.Protocol;

/// <summary>A body whose coding is undone while it is read. Whether it is coded at all shows when its first bytes have come.</summary>
/// <param name="body">The body as it comes.</param>
/// <param name="coding">The coding that it is said to have.</param>
/// <param name="limit">The most bytes that are read of the body.</param>
internal sealed class DecodingStream(Stream body, string coding, long limit) : ForwardStream
{
    private const int Sample = 512;

    private Stream? _content;
    private bool _isDisposed;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            _content ??= await OpenAsync(cancellationToken).ConfigureAwait(false);
            return await _content.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is InvalidDataException || (exception is InvalidOperationException && !_isDisposed))
        {
            // What the decoders of .NET throw about damaged data says other things.
            throw new IOException($"its compression ({coding}) is damaged", exception);
        }
    }

    protected override void Dispose(bool disposing)
    {
        _isDisposed = true;
        if (disposing)
        {
            _content?.Dispose();
            body.Dispose();
        }
        base.Dispose(disposing);
    }

    private async Task<Stream> OpenAsync(CancellationToken ct)
    {
        var start = new byte[Sample];
        var length = 0;
        int read;
        // The first piece is enough, unless it is a byte or three of them.
        while (length < 4 && (read = await body.ReadAsync(start.AsMemory(length), ct).ConfigureAwait(false)) > 0)
            length += read;
        var source = new RestOfBody(start.AsMemory(0, length), body, limit);
        return ContentCoding.Decoder(coding, start.AsSpan(0, length), source) ?? source;
    }

    /// <summary>What was read already, and then the rest.</summary>
    private sealed class RestOfBody(ReadOnlyMemory<byte> start, Stream rest, long limit) : ForwardStream
    {
        private ReadOnlyMemory<byte> _start = start;
        private long _taken;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            int read;
            if (_start.IsEmpty)
            {
                read = await rest.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                read = Math.Min(buffer.Length, _start.Length);
                _start[..read].CopyTo(buffer);
                _start = _start[read..];
            }
            return (_taken += read) <= limit ? read : throw new IOException($"it is compressed and larger than {limit} bytes all the same");
        }
    }
}
