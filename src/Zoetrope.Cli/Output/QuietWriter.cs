using System.Text;

namespace Zoetrope.Cli.Output;

/// <summary>
/// Stderr, of which nothing depends: a full disk, a closed pipe or a terminal that is gone must not cost the result of a job that is paid for.
/// </summary>
internal sealed class QuietWriter(TextWriter error) : TextWriter
{
    private static bool _hasFailed;

    /// <summary>Whether something could not be written, or nobody reads it.</summary>
    public static bool HasFailed => _hasFailed || StandardStreams.ErrorsAreLost;

    /// <inheritdoc/>
    public override Encoding Encoding => error.Encoding;

    /// <inheritdoc/>
    public override void Write(char value) => Try(() => error.Write(value));

    /// <inheritdoc/>
    public override void Write(string? value) => Try(() => error.Write(value));

    /// <inheritdoc/>
    public override void Write(char[] buffer, int index, int count) => Try(() => error.Write(buffer, index, count));

    /// <inheritdoc/>
    public override void WriteLine(string? value) => Try(() => error.WriteLine(value));

    /// <inheritdoc/>
    public override void Flush() => Try(error.Flush);

    /// <summary>Writes to stderr, and notes where that fails.</summary>
    public static void Try(Action write)
    {
        try
        {
            write();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            _hasFailed = true;
        }
    }
}
