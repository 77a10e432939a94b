namespace Zoetrope.Jobs.Tests.Uploads;

/// <summary>A stream whose content is read as a test says, and only asynchronously.</summary>
internal sealed class Source(long? length, Func<Memory<byte>, CancellationToken, ValueTask<int>> read) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => length is not null;

    public override bool CanWrite => false;

    public override long Length => length ?? throw new NotSupportedException();

    public override long Position { get; set; }

    /// <summary>A stream that throws an exception when it is read.</summary>
    public static Source Failing(long? length, Func<Exception> reason) => new(length, (_, _) => throw reason());

    /// <summary>A stream that has some bytes, and then nothing until it is canceled.</summary>
    public static Source Stalling(long? length, int first)
    {
        var left = first;
        return new(length, async (buffer, ct) =>
        {
            if (left == 0)
                await Task.Delay(Timeout.Infinite, ct);
            var read = Math.Min(left, buffer.Length);
            left -= read;
            return read;
        });
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => read(buffer, cancellationToken);

    public override int Read(byte[] buffer, int offset, int count) => throw new InvalidOperationException("Synchronous operations are disallowed.");

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => Position = offset;

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
