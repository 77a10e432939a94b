using System.Globalization;
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
        var flat = new StringBuilder(text.Length);
        foreach (var unit in text)
        {
            if (!char.IsWhiteSpace(unit) && !char.IsControl(unit))
                flat.Append(unit);
            else if (flat.Length > 0 && flat[flat.Length - 1] != ' ')
                flat.Append(' ');
        }
        return flat.ToString().TrimEnd();
    }

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
