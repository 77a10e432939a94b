namespace Zoetrope.Cli.Pages;

/// <summary>Words of a command line that a person copies into a shell.</summary>
internal static class ShellText
{
    /// <summary>The word as the shell of this system takes it for one, whatever is in it.</summary>
    public static string Quote(string word)
    {
        if (word.Length > 0 && word.All(one => char.IsAsciiLetterOrDigit(one) || one is '-' or '_' or '.' or '/' or ':' or '@' or '+' or ','))
            return word;
        return OperatingSystem.IsWindows() ? $"\"{word.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : QuoteForPosix(word);
    }

    /// <summary>The word as a POSIX shell takes it for one, in quotation marks.</summary>
    public static string QuoteForPosix(string word) => $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
