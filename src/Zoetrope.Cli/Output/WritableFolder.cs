namespace Zoetrope.Cli.Output;

/// <summary>A folder for results, which is tried before anything is paid for.</summary>
internal static class WritableFolder
{
    /// <summary>Creates a folder if it does not exist, and requires that files can be written to it.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="option">The option that names it.</param>
    /// <exception cref="UsageException">It cannot be created or written to.</exception>
    public static void Create(string folder, string option)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{option}: cannot create the folder '{folder}': {exception.Message}");
        }
        Require(folder, option);
    }

    /// <summary>Requires that files can be written to a folder.</summary>
    /// <inheritdoc cref="Create"/>
    public static void Require(string folder, string option)
    {
        try
        {
            var probe = Path.Combine(folder, $".{Guid.NewGuid():N}.part");
            using (new FileStream(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose))
            {
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{option}: cannot write to the folder '{folder}': {exception.Message}");
        }
    }
}
