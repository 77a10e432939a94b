using System.CommandLine;
using System.CommandLine.Completions;
using System.Text;
using Zoetrope.Cli.Output;

namespace Zoetrope.Cli.Completion;

/// <summary>
/// What the scripts of <c>zoetrope completion</c> call: <c>zoetrope __complete SHELL …</c>. bash and PowerShell pass the line up to the cursor, zsh and fish
/// the words. A line of output is a possible word and, after a tab, what it means.
/// </summary>
internal static class CompletionRun
{
    /// <summary>The word by which it is called. It is not a command for people.</summary>
    public const string Name = "__complete";

    // Beyond it, nobody reads them, and a shell asks whether to show them at all.
    private const int LongestMeaning = 60;

    /// <summary>Prints the possible words. What cannot be completed has none: a shell shows no errors.</summary>
    /// <param name="root">The tree of commands.</param>
    /// <param name="arguments">The shell, and what it passes.</param>
    public static int Run(Command root, ReadOnlySpan<string> arguments)
    {
        if (arguments is not [var shell, .. var rest])
            return ExitCode.Invalid;
        var words = rest.ToArray();
        char? quote = null;
        if (shell is "bash" or "pwsh")
            words = [.. CommandWords.Of(words is [var line, ..] ? line : "", shell == "bash" ? '\\' : '`', out quote).Skip(1)];
        if (words.Length == 0)
            return ExitCode.Invalid;
        var breaks = shell == "bash" && rest.Length > 1 ? rest[1] : "";
        var text = new StringBuilder();
        foreach (var item in new Completions(root).Of(words))
            text.Append(LineOf(shell, item, words[^1], quote, breaks)).Append('\n');
        Console.Out.Write(text);
        return ExitCode.Done;
    }

    private static string LineOf(string shell, CompletionItem item, string typed, char? quote, string breaks)
    {
        switch (shell)
        {
            case "bash":
                // bash replaces only what follows the last of the characters at which it breaks words; in quotes it breaks none.
                var broken = quote is null ? typed.LastIndexOfAny([.. breaks.Where(letter => letter is '=' or ':')]) + 1 : 0;
                var rest = Printable.Of(item.Label[broken..]);
                return quote is null ? Escaped(rest) : rest;
            case "zsh" or "fish" or "pwsh" when item.Documentation is { Length: > 0 } meaning:
                return $"{Printable.Of(item.Label)}\t{Short(Printable.Of(meaning))}";
            default:
                return Printable.Of(item.Label);
        }
    }

    private static string Escaped(string word)
    {
        var text = new StringBuilder(word.Length);
        foreach (var letter in word)
        {
            if (!char.IsAsciiLetterOrDigit(letter) && letter < 128 && letter is not ('-' or '_' or '.' or '/' or ':' or '=' or ',' or '+' or '@' or '%'))
                text.Append('\\');
            text.Append(letter);
        }
        return text.ToString();
    }

    private static string Short(string text) =>
        text.Length <= LongestMeaning ? text : text[..(char.IsHighSurrogate(text[LongestMeaning - 1]) ? LongestMeaning - 1 : LongestMeaning)] + "…";
}
