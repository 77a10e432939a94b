namespace Zoetrope.Cli.Jobs;

/// <summary>
/// Where handles go that could not be printed, because the terminal is gone or the log is full: a job whose handle nobody knows is paid for and lost.
/// </summary>
internal static class LostHandles
{
    /// <summary>The file: <c>zoetrope/handles.txt</c> in the user's folder of application data.</summary>
    public static string File { get; } = Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "zoetrope", "handles.txt");

    /// <summary>Adds a line to it.</summary>
    public static void Keep(string line)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(File)!);
            System.IO.File.AppendAllText(File, $"{TimeProvider.System.GetUtcNow():u} {line}{Environment.NewLine}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // There is nowhere left to write to, and nobody left to report that to.
        }
    }
}
