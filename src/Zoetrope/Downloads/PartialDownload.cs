namespace Zoetrope.Downloads;

/// <summary>
/// What earlier downloads of a file have stored, to which the rest is added. Only what the server confirms to be of the same version is added to; otherwise
/// the file begins anew.
/// </summary>
public abstract class PartialDownload
{
    /// <summary>The number of bytes that are stored.</summary>
    public abstract long Length { get; }

    /// <summary>
    /// The strong entity tag, or the date, of the version that the stored bytes are of, as <see cref="RestartAsync"/> was given it; null where there is none:
    /// then the file begins anew.
    /// </summary>
    public abstract string? Validator { get; }

    /// <summary>Reads the beginning of what is stored, by which the type of a file is recognized.</summary>
    /// <param name="start">Where it is read to.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <returns>The number of bytes: as many as fit, or all that are stored.</returns>
    public abstract ValueTask<int> ReadStartAsync(Memory<byte> start, CancellationToken cancellationToken);

    /// <summary>Removes what is stored: what is appended next is the beginning of the file.</summary>
    /// <param name="validator">The <see cref="Validator"/> of what follows; null where it cannot be resumed.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public abstract ValueTask RestartAsync(string? validator, CancellationToken cancellationToken);

    /// <summary>Adds bytes to what is stored.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public abstract ValueTask AppendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken);
}
