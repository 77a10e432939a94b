using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Zoetrope.Generator.Text;

/// <summary>Text that documents hold, before it is written anywhere.</summary>
internal static class DocumentText
{
    /// <summary>The text on one line, cut at a sentence or a word when it is longer than <paramref name="limit"/>.</summary>
    public static string Shorten(string text, int limit)
    {
        var flat = Flatten(text);
        return flat.Length <= limit ? flat : Cut(flat, limit);
    }

    /// <summary>
    /// What <see cref="Shorten"/> leaves out: the sentences after those that it shows, or the whole text where it cuts a sentence. Null where it shows all.
    /// </summary>
    public static string? Rest(string text, int limit)
    {
        var flat = Flatten(text);
        if (flat.Length <= limit)
            return null;
        var shown = Cut(flat, limit);
        return shown[shown.Length - 1] == '…' ? flat : flat.Substring(shown.Length + 1);
    }

    /// <summary>Runs of white space, line ends and control characters become one space.</summary>
    public static string Flatten(string text)
    {
        var known = FlatEnd(text);
        if (known == text.Length)
            return text.TrimEnd();
        var flat = new StringBuilder(text, 0, known, text.Length);
        for (var i = known; i < text.Length; i++)
        {
            if (!IsSpace(text[i]))
                flat.Append(text[i]);
            else if (flat.Length > 0 && flat[flat.Length - 1] != ' ')
                flat.Append(' ');
        }
        return flat.ToString().TrimEnd();
    }

    /// <summary>How much of a text is flat already: most are, all of them.</summary>
    [MethodImpl((MethodImplOptions)512)] // It sees every character, and a compiler does not run for long enough for the runtime to find that out.
    private static int FlatEnd(string text)
    {
        var isBehindSpace = true;
        for (var i = 0; i < text.Length; i++)
        {
            var isSpace = text[i] is <= ' ' or >= '\u007f' && IsSpace(text[i]);
            if (isSpace && (isBehindSpace || text[i] != ' '))
                return i;
            isBehindSpace = isSpace;
        }
        return text.Length;
    }

    private static bool IsSpace(char unit) => char.IsWhiteSpace(unit) || char.IsControl(unit);

    private static string Cut(string text, int limit)
    {
        var sentence = text.LastIndexOf(". ", limit - 1, limit / 2, StringComparison.Ordinal);
        if (sentence > 0)
            return text.Substring(0, sentence + 1);
        var word = text.LastIndexOf(' ', limit - 2, limit / 2);
        return text.Substring(0, word > 0 ? word : char.IsHighSurrogate(text[limit - 2]) ? limit - 2 : limit - 1) + "…";
    }

    /// <summary>A whole number, in digits.</summary>
    public static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
