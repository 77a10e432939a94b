using System.Text;
using System.Text.RegularExpressions;

namespace Zoetrope.Simulator.Validation;

/// <summary>
/// A pattern of a document, judged as ECMAScript does with its <c>u</c> flag: by code points, <c>\d</c> and <c>\w</c> in ASCII, <c>$</c> at the very end,
/// <c>\p{Letter}</c> and <c>\u{1F600}</c> known. What .NET cannot judge the same way is not judged: anything matches.
/// </summary>
/// <param name="source">The pattern as the document spells it.</param>
internal sealed class SchemaPattern(string source)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly Lazy<string?> _translated = new(() => PatternTranslation.Of(source));

    /// <summary>The pattern as the document spells it.</summary>
    public string Source => source;

    /// <summary>Whether a part of the text matches.</summary>
    public bool Matches(string text)
    {
        if (_translated.Value is not { } pattern)
            return true;
        if (Fold(pattern, text) is not { } folded)
            return true;
        try
        {
            return Regex.IsMatch(folded.Text, folded.Pattern, RegexOptions.CultureInvariant, Patience);
        }
        catch (RegexMatchTimeoutException)
        {
            return true;
        }
        catch (ArgumentException)
        {
            // It is not a valid pattern; there is no other way to find out.
            return true;
        }
    }

    /// <summary>
    /// .NET counts UTF-16 units. So each code point beyond U+FFFF that occurs becomes one unit of the private use area, in both the pattern and the text, and
    /// in their order, which keeps ranges. Null where that cannot be: a category or a private unit would be judged wrongly.
    /// </summary>
    private static (string Pattern, string Text)? Fold(string pattern, string text)
    {
        var pairs = (pattern + text).EnumerateRunes().Where(rune => !rune.IsBmp).Distinct().Order().ToList();
        if (pairs.Count == 0)
            return (pattern, text);
        if (pairs.Count > PrivateUse.Last - PrivateUse.First || pattern.Contains("\\p", StringComparison.OrdinalIgnoreCase)
            || (pattern + text).Any(unit => unit is >= PrivateUse.First and <= PrivateUse.Last))
            return null;
        var units = new Dictionary<Rune, char>();
        foreach (var rune in pairs)
            units[rune] = (char)(PrivateUse.First + units.Count);
        return (Fold(pattern), Fold(text));

        string Fold(string from) => string.Concat(from.EnumerateRunes().Select(rune => rune.IsBmp ? rune.ToString() : units[rune].ToString()));
    }

    private static class PrivateUse
    {
        public const char First = '\uE000';
        public const char Last = '\uF8FF';
    }
}
