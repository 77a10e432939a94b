using System.Text;
using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.Pages;

/// <summary>Small questions to the text of a page. All of them take time in proportion to what they look at.</summary>
internal static class PageText
{
    /// <summary>The first offset from <paramref name="start"/> on that is not white space (nor byte order mark).</summary>
    public static int SkipSpace(string text, int start, int end)
    {
        while (start < end && (char.IsWhiteSpace(text[start]) || text[start] == '\uFEFF'))
            start++;
        return start;
    }

    /// <summary>The range without white space at its ends.</summary>
    public static TextRange Trim(string text, int start, int end)
    {
        start = SkipSpace(text, start, end);
        while (end > start && char.IsWhiteSpace(text[end - 1]))
            end--;
        return new(start, end - start);
    }

    /// <summary>The text of a range with each run of white space as one space: pages come with their line breaks or without.</summary>
    public static string Collapse(string text, int start, int end)
    {
        var range = Trim(text, start, end);
        var builder = new StringBuilder(range.Length);
        for (var i = range.Start; i < range.Start + range.Length; i++)
        {
            if (!char.IsWhiteSpace(text[i]))
                builder.Append(text[i]);
            else if (builder[builder.Length - 1] != ' ')
                builder.Append(' ');
        }
        return builder.ToString();
    }

    /// <summary>Whether <paramref name="value"/> is at <paramref name="place"/>.</summary>
    public static bool At(string text, int place, string value) =>
        place >= 0 && place + value.Length <= text.Length && string.CompareOrdinal(text, place, value, 0, value.Length) == 0;

    /// <summary>The first offset of <paramref name="value"/> between two offsets, or -1.</summary>
    public static int Find(string text, string value, int start, int end) =>
        start < 0 || start >= end ? -1 : text.IndexOf(value, start, end - start, StringComparison.Ordinal);

    /// <summary>The offset of the last character that is not white space.</summary>
    public static TextRange LastCharacter(string text)
    {
        var all = Trim(text, 0, text.Length);
        return all.Length == 0 ? default : new(all.Start + all.Length - 1, 1);
    }

    /// <summary>Null for an empty text.</summary>
    public static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}
