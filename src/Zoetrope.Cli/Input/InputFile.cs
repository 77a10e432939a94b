using Zoetrope.Cli.Output;

namespace Zoetrope.Cli.Input;

/// <summary>Reads what an argument names.</summary>
internal static class InputFile
{
    private const string Stdin = "-";

    /// <summary>The source in words.</summary>
    public static string Describe(string source) => source == Stdin ? "stdin" : $"'{source}'";

    /// <summary>Reads a file, or stdin for <c>-</c>.</summary>
    /// <param name="source">The file, or <c>-</c>.</param>
    /// <param name="argument">The argument that names it, for messages.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="UsageException">It cannot be read.</exception>
    public static async Task<byte[]> ReadAsync(string source, string argument, CancellationToken cancellationToken)
    {
        try
        {
            if (source != Stdin)
                return await File.ReadAllBytesAsync(source, cancellationToken);
            return await ReadStdinAsync().WaitAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new UsageException($"{argument}: cannot read {Describe(source)}: {exception.Message}");
        }
    }

    // A read of stdin cannot be canceled: who waits for it is.
    private static async Task<byte[]> ReadStdinAsync()
    {
        await using var stdin = StandardStreams.OpenInput();
        using var bytes = new MemoryStream();
        await stdin.CopyToAsync(bytes);
        return bytes.ToArray();
    }
}
