using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.Pages.Eachlabs;

/// <summary>
/// Separates the title of an Eachlabs page from the description where both are on one line. The title spells the model's slug: without what
/// is not a letter or digit they are the same. Where they are not, the title goes as far as words of the slug and the category do.
/// </summary>
internal static class EachlabsTitle
{
    /// <summary>How many words a part of a title between bars has at most; a bar after more is prose.</summary>
    private const int LongestPart = 5;

    /// <summary>Where the description begins.</summary>
    /// <param name="text">The page.</param>
    /// <param name="start">Where the title begins.</param>
    /// <param name="end">Where the description ends.</param>
    /// <param name="slug">The slug, or an empty text.</param>
    /// <param name="category">The category, or an empty text.</param>
    public static int FindDescription(string text, int start, int end, string slug, string category)
    {
        // The bars are between the parts of a title; what comes before one cannot be description, unless that is prose with a bar in it.
        var words = Words(text, start, end);
        var afterBar = AfterLastBar(text, words);
        var exact = MatchSlug(text, words, Letters(slug));
        if (exact > afterBar)
            return StartOf(words, exact, end);
        var byWords = MatchWords(text, words, afterBar, slug + " " + category);
        if (byWords > afterBar)
            return StartOf(words, byWords, end);
        return StartOf(words, Math.Max(afterBar + 1, BeforeProse(text, words, afterBar)), end);
    }

    private static List<TextRange> Words(string text, int start, int end)
    {
        // A title is short; what comes later cannot change where it ends.
        const int Most = 64;
        var words = new List<TextRange>();
        for (var place = PageText.SkipSpace(text, start, end); place < end && words.Count < Most; place = PageText.SkipSpace(text, place, end))
        {
            var wordStart = place;
            while (place < end && !char.IsWhiteSpace(text[place]))
                place++;
            words.Add(new(wordStart, place - wordStart));
        }
        return words;
    }

    private static int AfterLastBar(string text, List<TextRange> words)
    {
        var after = 0;
        for (var i = 0; i < words.Count && i - after <= LongestPart; i++)
        {
            if (words[i].Length == 1 && text[words[i].Start] == '|')
                after = i + 1;
        }
        return after;
    }

    private static int MatchSlug(string text, List<TextRange> words, string slug)
    {
        var matched = 0;
        for (var i = 0; i < words.Count && matched < slug.Length; i++)
        {
            var letters = Letters(text.Substring(words[i].Start, words[i].Length));
            if (string.CompareOrdinal(slug, matched, letters, 0, letters.Length) != 0)
                return -1;
            matched += letters.Length;
            if (matched == slug.Length)
                return i + 1;
        }
        return -1;
    }

    private static int MatchWords(string text, List<TextRange> words, int from, string known)
    {
        var rest = known.ToLowerInvariant().Split([' ', '-', '_', '.'], StringSplitOptions.RemoveEmptyEntries).ToList();
        for (var i = 0; i < words.Count; i++)
        {
            foreach (var part in text.Substring(words[i].Start, words[i].Length).ToLowerInvariant().Split('-', '.', '|'))
            {
                if (part.Length > 0 && !rest.Remove(part) && i >= from)
                    return i;
            }
        }
        return words.Count;
    }

    /// <summary>Where the first sentence seems to begin: one word before the first that is written small.</summary>
    private static int BeforeProse(string text, List<TextRange> words, int from)
    {
        for (var i = from; i < words.Count; i++)
        {
            if (char.IsLower(text[words[i].Start]))
                return i - 1;
        }
        return words.Count;
    }

    private static int StartOf(List<TextRange> words, int index, int end) => index < words.Count ? words[Math.Max(0, index)].Start : end;

    private static string Letters(string text) =>
        new(text.Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant).ToArray());
}
