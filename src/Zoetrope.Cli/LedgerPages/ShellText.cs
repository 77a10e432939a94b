namespace Zoetrope.Cli.LedgerPages;

/// <summary>Words of a command line that a person copies into a shell.</summary>
internal static class ShellText
{
    /// <summary>The word as the shell of this system takes it for one, whatever is in it.</summary>
    public static string Quote(string word)
    {
        if (word.Length > 0 && word.All(one => char.IsAsciiLetterOrDigit(one) || one is '-' or '_' or '.' or '/' or ':' or '@' or '+' or ','))
            return word;
        if (OperatingSystem.IsWindows())
            return $"\"{word.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
        return $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
    }
}
