namespace Zoetrope.Cli.Output;

/// <summary>Stands for stdin or stdout where the process was started without it: whatever is read or written fails, as it would on a full disk.</summary>
internal sealed class ClosedStream(string name) : SequentialStream
{
    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new IOException($"{name} is closed, so nothing can be read from it.");

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new IOException($"{name} is closed, so nothing was printed there.");
}
