using System.Globalization;
using System.Text;

namespace Zoetrope.Text;

/// <summary>
/// Prepares text from services for exception messages: it must not add lines to logs and terminals, reverse their text, or flood them.
/// </summary>
internal static class MessageText
{
    /// <summary>The maximum number of characters of a service's text in a message. A property of the exception has the complete text.</summary>
    public const int Longest = 1000;

    /// <summary>
    /// Returns the text in one line, with a space for each invisible character: controls, Unicode line breaks, marks that change the direction.
    /// </summary>
    public static string OneLine(string text)
    {
        if (text.AsSpan().IndexOfAnyExceptInRange(' ', '~') < 0)
            return text;
        var line = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsUnseen(rune))
                line.Append(' ');
            else
                line.Append(rune);
        }
        return line.ToString();
    }

    /// <summary>Returns the beginning of the text in one line.</summary>
    /// <param name="text">The text.</param>
    /// <param name="longest">The maximum number of characters; an ellipsis marks omitted text.</param>
    public static string Short(string text, int longest = Longest)
    {
        if (text.Length <= longest)
            return OneLine(text);
        var end = char.IsHighSurrogate(text[longest - 1]) ? longest - 1 : longest;
        return $"{OneLine(text[..end])}… ({text.Length - end} more characters)";
    }

    /// <summary>Whether a character is invisible but affects others. Joiners are excluded: words and emoji break without them.</summary>
    public static bool IsUnseen(Rune rune) => rune.Value is not (0x200C or 0x200D) && Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
