using Zoetrope.Cli.Output;

namespace Zoetrope.Cli.Mcp.Serving;

/// <summary>A stream of input whose reads can be given up: a read of a pipe cannot be stopped, and a server that stops must not wait for it.</summary>
/// <param name="input">The input.</param>
/// <param name="atEnd">Is called when it has ended.</param>
internal sealed class CancelableInput(Stream input, Action atEnd) : SequentialStream
{
    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => input.Read(buffer, offset, count);

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        // What is read after the read was given up has nobody to go to, so it may not be read into memory of somebody else.
        var own = new byte[buffer.Length];
        var count = await Task.Run(() => input.Read(own, 0, own.Length), CancellationToken.None).WaitAsync(cancellationToken);
        own.AsSpan(0, count).CopyTo(buffer.Span);
        if (count == 0)
            atEnd();
        return count;
    }

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
