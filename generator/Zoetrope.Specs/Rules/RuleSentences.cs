using Zoetrope.Specs.Pages;

namespace Zoetrope.Specs.Rules;

/// <summary>
/// Splits descriptions into sentences. A sentence goes on after a line break, but not after an empty line or into a list, and another one may begin without a
/// space after the full stop. Nothing ends within quotes.
/// </summary>
internal static class RuleSentences
{
    private const int LongestSentence = 600;
    private const int LongestQuotation = 300;

    // A description with more is not one of a member, and every sentence may be held against every other one.
    private const int MostSentences = 400;
    private const int MostParts = 8;

    private static readonly string[] _abbreviations = ["e.g", "i.e", "etc", "vs", "approx", "max", "min", "no", "resp", "incl", "cf"];

    // "On the free plan these limits apply."
    private static readonly string[] _announcements = ["following", "as follows", " apply", " applies"];

    // What may end a sentence, and quotes.
    private static readonly char[] _marks = ['.', '!', '?', ';', '\n', '"', '`', '\'', '\u201c', '\u2018'];

    /// <summary>The sentences.</summary>
    public static List<RuleSentence> Of(string text)
    {
        var found = new List<RuleSentence>();
        var (heading, isUsed) = ("", false);
        // Where the sentence began of which parts are read.
        var first = 0;
        var (start, isNewLine) = (0, true);
        for (var i = 0; i < text.Length && found.Count < MostSentences; i++)
        {
            var mark = text.IndexOfAny(_marks, i);
            var open = mark < 0 ? text.Length - 1 : mark;
            i = QuotationEnd(text, open);
            if (!Ends(text, i, isQuotation: i > open) && i + 1 < text.Length)
                continue;
            var sentence = i + 1 - start <= LongestSentence ? PageText.Collapse(text, start, i + 1) : "";
            var ends = text[i];
            start = i + 1;
            if (sentence.Length == 0)
            {
                isNewLine |= ends == '\n';
                continue;
            }
            // A line that is not an item, after what the heading was for, is no longer under it.
            if (isNewLine && isUsed && !IsItem(sentence))
                heading = "";
            isUsed = true;
            found.Add(new(sentence, heading));
            if (ends != ';')
                first = Join(found, first);
            // A line in front of an item announces it too. The last line announces nothing.
            if (i + 1 < text.Length && (IsHeading(sentence) || (ends == '\n' && !IsItem(sentence) && IsBeforeItem(text, i + 1))))
                (heading, isUsed) = (sentence, false);
            isNewLine = ends == '\n' || (i + 1 < text.Length && text[i + 1] == '\n');
        }
        Join(found, first);
        return found;
    }

    /// <summary>Makes the parts of a sentence known to each other; returns where the next sentence begins.</summary>
    private static int Join(List<RuleSentence> found, int first)
    {
        for (var i = first; found.Count - first > 1 && i < found.Count; i++)
        {
            var others = found.Where((_, index) => index >= first && index != i).Select(part => part.Text.TrimEnd(';', '.'));
            found[i].Others = found.Count - first > MostParts ? "; and more" : string.Join(" ; ", others);
        }
        return found.Count;
    }

    /// <summary>The last character of a quotation that begins here; the position itself where none does.</summary>
    internal static int QuotationEnd(string text, int open)
    {
        var close = text[open] switch { '\u201c' => '\u201d', '\u2018' => '\u2019', '"' or '`' or '\'' => text[open], _ => '\0' };
        // An apostrophe behind a letter opens nothing.
        if (close == '\0' || (close != '`' && open > 0 && char.IsLetterOrDigit(text[open - 1])))
            return open;
        var last = Math.Min(text.Length, open + LongestQuotation);
        for (var end = open + 1; end < last; end++)
        {
            if (text[end] == close && !(close is '\'' or '\u2019' && end + 1 < text.Length && char.IsLetterOrDigit(text[end + 1])))
                return end;
        }
        return open;
    }

    private static bool IsItem(string sentence) => sentence[0] is '-' or '*' or '\u2022';

    private static bool IsBeforeItem(string text, int next)
    {
        while (next < text.Length && char.IsWhiteSpace(text[next]))
            next++;
        return next < text.Length && text[next] is '-' or '*' or '\u2022';
    }

    private static bool IsHeading(string sentence)
    {
        var text = sentence.TrimEnd('*', '_', ' ');
        var isBold = sentence.StartsWith("**", StringComparison.Ordinal) && sentence.EndsWith("**", StringComparison.Ordinal);
        return isBold || text.EndsWith(":", StringComparison.Ordinal) || text.StartsWith("#", StringComparison.Ordinal)
            || Announces(text.ToLowerInvariant());
    }

    private static bool Announces(string text) => Array.Exists(_announcements, word => text.IndexOf(word, StringComparison.Ordinal) >= 0);

    private static bool Ends(string text, int i, bool isQuotation)
    {
        if (i + 1 == text.Length)
            return true;
        var next = text[i + 1];
        if (isQuotation)
            return i > 0 && text[i - 1] is '.' or '!' or '?' && char.IsWhiteSpace(next) && StartsWithCapital(text, i + 1);
        return text[i] switch
        {
            '\n' => StartsAnew(text, i + 1),
            '.' or '!' or '?' => char.IsWhiteSpace(next) ? !IsAbbreviation(text, i) : IsStuckTogether(text, i),
            ';' => char.IsWhiteSpace(next),
            _ => false,
        };
    }

    private static bool StartsWithCapital(string text, int next)
    {
        while (next < text.Length && char.IsWhiteSpace(text[next]))
            next++;
        return next == text.Length || char.IsUpper(text[next]);
    }

    private static bool StartsAnew(string text, int next)
    {
        while (next < text.Length && text[next] is ' ' or '\t')
            next++;
        return next == text.Length || text[next] is '\n' or '-' or '*' or '\u2022' or '#';
    }

    // "file.If audio": a lower-case letter, a full stop, a capital followed by a small letter, or a capital that is a word.
    private static bool IsStuckTogether(string text, int i) =>
        text[i] == '.' && i > 0 && i + 2 < text.Length
        && (char.IsLower(text[i - 1]) || text[i - 1] is ')' or '"' or '`' || (char.IsDigit(text[i - 1]) && char.IsUpper(text[i + 1])))
        && char.IsUpper(text[i + 1]) && (char.IsLower(text[i + 2]) || text[i + 2] == ' ');

    // After an abbreviation in the middle of a sentence there is no capital, except after "etc.".
    private static bool IsAbbreviation(string text, int dot)
    {
        var start = dot;
        while (start > 0 && dot - start < 8 && (char.IsLetter(text[start - 1]) || text[start - 1] == '.'))
            start--;
        var word = text.Substring(start, dot - start).ToLowerInvariant();
        if (Array.IndexOf(_abbreviations, word) < 0)
            return false;
        var next = dot + 1;
        while (next < text.Length && char.IsWhiteSpace(text[next]))
            next++;
        return word is "e.g" or "i.e" or "vs" || next >= text.Length || !char.IsUpper(text[next]);
    }
}
