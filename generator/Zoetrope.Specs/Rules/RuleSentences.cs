using Zoetrope.Specs.Pages;

namespace Zoetrope.Specs.Rules;

/// <summary>
/// Splits descriptions into sentences. A sentence goes on after a line break, but not after an empty line or into a list, and another one may begin without a
/// space after the full stop.
/// </summary>
internal static class RuleSentences
{
    private const int LongestSentence = 600;

    private static readonly string[] _abbreviations = ["e.g", "i.e", "etc", "vs", "approx", "max", "min", "no", "resp", "incl", "cf"];

    /// <summary>The sentences, each with single spaces.</summary>
    public static IEnumerable<string> Of(string text)
    {
        var start = 0;
        var quoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            quoted ^= text[i] == '`';
            if (!(Ends(text, i) && !quoted) && i + 1 < text.Length)
                continue;
            var sentence = i + 1 - start <= LongestSentence ? PageText.Collapse(text, start, i + 1) : "";
            start = i + 1;
            if (sentence.Length > 0)
                yield return sentence;
        }
    }

    private static bool Ends(string text, int i)
    {
        if (i + 1 == text.Length)
            return true;
        var next = text[i + 1];
        return text[i] switch
        {
            '\n' => StartsAnew(text, i + 1),
            '.' or '!' or '?' => char.IsWhiteSpace(next) ? !IsAbbreviation(text, i) : IsStuckTogether(text, i),
            ';' => char.IsWhiteSpace(next),
            _ => false,
        };
    }

    private static bool StartsAnew(string text, int next)
    {
        while (next < text.Length && text[next] is ' ' or '\t')
            next++;
        return next == text.Length || text[next] is '\n' or '-' or '*' or '\u2022' or '#';
    }

    // "file.If audio": a lower-case letter, a full stop, a capital with a small letter behind it, or a capital that is a word.
    private static bool IsStuckTogether(string text, int i) =>
        text[i] == '.' && i > 0 && i + 2 < text.Length
        && (char.IsLower(text[i - 1]) || text[i - 1] is ')' or '"' or '`' || (char.IsDigit(text[i - 1]) && char.IsUpper(text[i + 1])))
        && char.IsUpper(text[i + 1]) && (char.IsLower(text[i + 2]) || text[i + 2] == ' ');

    // After an abbreviation in the middle of a sentence there is no capital, except after "etc.".
    private static bool IsAbbreviation(string text, int dot)
    {
        var start = dot;
        while (start > 0 && (char.IsLetter(text[start - 1]) || text[start - 1] == '.'))
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
