namespace Zoetrope.Uploads;

/// <summary>A position of its own in a stream that several parts of an upload read from, one read after the other. The stream is not disposed.</summary>
/// <param name="inner">The stream, which can seek.</param>
/// <param name="turns">Lets one read at a time through.</param>
/// <param name="position">Where to begin.</param>
internal sealed class SharedStream(Stream inner, SemaphoreSlim turns, long position) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => position;
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await turns.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            inner.Position = position;
            var read = await inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
            position += read;
            return read;
        }
        finally
        {
            turns.Release();
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count)
    {
        turns.Wait();
        try
        {
            inner.Position = position;
            var read = inner.Read(buffer, offset, count);
            position += read;
            return read;
        }
        finally
        {
            turns.Release();
        }
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
