namespace Zoetrope.Jobs.Tests.Uploads;

/// <summary>A stream that never ends; a reader that takes far more of it than anybody needs is stopped.</summary>
internal sealed class Endless : Stream
{
    private const long Most = 64 * 1024 * 1024;
    private long _read;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        _read += count;
        return _read > Most ? throw new InvalidOperationException("Nobody needs so much.") : count;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}

/// <summary>A stream of a size that cannot be read.</summary>
internal sealed class Broken(long length) : Stream
{
    /// <summary>How often it was read.</summary>
    public int Reads { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position { get; set; }

    public override int Read(byte[] buffer, int offset, int count)
    {
        Reads++;
        throw new IOException("the disk is gone");
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => Position = offset;

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
