namespace Zoetrope.Cli.Output;

/// <summary>
/// Writes to a descriptor of Unix. .NET's console takes no notice of a pipe whose reader has gone: a result that reached nobody would end with the exit code of
/// one that was delivered.
/// </summary>
/// <param name="descriptor">The descriptor.</param>
/// <param name="name">Its name, for errors.</param>
internal sealed class DescriptorOutput(int descriptor, string name) : SequentialStream
{
    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer) => Descriptors.Write(descriptor, name, buffer);
}
