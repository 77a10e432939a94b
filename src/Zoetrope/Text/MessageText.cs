using System.Globalization;
using System.Text;

namespace Zoetrope.Text;

/// <summary>
/// Makes what services wrote fit for messages: it must not write lines of its own into logs and terminals, nor turn their text around, nor fill them.
/// </summary>
internal static class MessageText
{
    /// <summary>The most characters of a service's words in a message. All of them are in a property of the exception.</summary>
    public const int Longest = 1000;

    /// <summary>
    /// The text in one line, with a space for each character that cannot be seen: controls, line breaks of Unicode, marks that change the direction.
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

    /// <summary>The beginning of the text in one line.</summary>
    /// <param name="text">The text.</param>
    /// <param name="longest">The most characters; a mark is put where the rest is left out.</param>
    public static string Short(string text, int longest = Longest)
    {
        if (text.Length <= longest)
            return OneLine(text);
        var end = char.IsHighSurrogate(text[longest - 1]) ? longest - 1 : longest;
        return $"{OneLine(text[..end])}… ({text.Length - end} more characters)";
    }

    /// <summary>Whether a character cannot be seen, but changes what can be. The joiners are not among them: words and signs fall apart without them.</summary>
    public static bool IsUnseen(Rune rune) => rune.Value is not (0x200C or 0x200D) && Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
