namespace Zoetrope.Kiota.Handlers;

/// <summary>
/// The content of a request as the stream that an adapter takes. What is copied to a connection is sent by the content itself, which refuses a second time
/// where there must be none; copies in memory are only read.
/// </summary>
/// <param name="content">The content.</param>
/// <param name="bytes">The same in memory; null where it is too large.</param>
/// <param name="isSentOnce">Whether it must be sent once.</param>
internal sealed class AdapterBody(HttpContent content, byte[]? bytes, bool isSentOnce) : Stream
{
    private MemoryStream? _read = bytes is null ? null : new(bytes, writable: false);
    private bool _isCounted;
    private bool _isSent;

    /// <summary>Whether it must be sent once, and was copied to a connection.</summary>
    public bool WasSentOnce => isSentOnce && _isSent;

    public override bool CanRead => true;

    // Kiota sends again after a challenge for claims what can be rewound.
    public override bool CanSeek => bytes is not null && !(isSentOnce && _isCounted);

    public override bool CanWrite => false;

    public override long Length => bytes?.Length ?? throw new NotSupportedException();

    public override long Position
    {
        get => bytes is null ? throw new NotSupportedException() : _read!.Position;
        set => Seek(value, SeekOrigin.Begin);
    }

    public override async Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(destination);
        if (bytes is not null && destination is MemoryStream)
        {
            await destination.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
            return;
        }
        if (bytes is not null && _isCounted && !_isSent)
        {
            // It counts as sent already, because it was read.
            _isSent = true;
            await destination.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
            return;
        }
        _isCounted = _isSent = true;
        await content.CopyToAsync(destination, cancellationToken).ConfigureAwait(false);
    }

    // Who reads may send what was read.
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!_isCounted)
        {
            _isCounted = true;
            var copy = new MemoryStream();
            await content.CopyToAsync(copy, cancellationToken).ConfigureAwait(false);
            copy.Position = 0;
            _read ??= copy;
        }
        return _read is null
            ? throw new InvalidOperationException("The content was sent, and cannot be read again.")
            : await _read.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("The content is read asynchronously.");

    public override long Seek(long offset, SeekOrigin origin) => bytes is null ? throw new NotSupportedException() : _read!.Seek(offset, origin);

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
