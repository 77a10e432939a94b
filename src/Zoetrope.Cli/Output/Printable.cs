using System.Globalization;
using System.Text;

namespace Zoetrope.Cli.Output;

/// <summary>Makes a provider's words safe to print: they must not move the cursor, change the terminal, turn text around or look like a line of ours.</summary>
internal static class Printable
{
    /// <summary>The text in one line, with blanks for what a terminal would act on.</summary>
    public static string Of(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            line.Append(IsSafe(rune) ? rune.ToString() : " ");
        return line.ToString().TrimEnd();
    }

    /// <summary>Whether a terminal only shows it: no control character of either set, no end of a line, no mark that turns text around.</summary>
    public static bool IsSafe(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
        && rune.Value is not (0x061C or 0x200E or 0x200F or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069));
}
