using System.Text;
using Zoetrope.Text;

namespace Zoetrope.Cli.Output;

/// <summary>Makes a provider's words safe to print: they must not move the cursor, change the terminal, turn text around or look like a line of ours.</summary>
internal static class Printable
{
    /// <summary>The text in one line, with blanks for what a terminal would act on.</summary>
    public static string Of(string text) => MessageText.OneLine(text).TrimEnd();

    /// <summary>Whether a terminal only shows it: no control character of either set, no end of a line, no mark that turns text around or hides.</summary>
    public static bool IsSafe(Rune rune) => !MessageText.IsUnseen(rune);
}
