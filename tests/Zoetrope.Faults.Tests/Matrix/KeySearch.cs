using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Zoetrope.Faults.Tests;

/// <summary>Finds keys in texts, however they are written there.</summary>
internal static partial class KeySearch
{
    /// <summary>Whether a text holds a key, or the secret half of one.</summary>
    public static bool Holds(string text)
    {
        var spellings = Spellings(text).ToList();
        foreach (var key in Keys.All)
        {
            var secret = key[(key.IndexOf(':', StringComparison.Ordinal) + 1)..];
            var encoded = Convert.ToBase64String(Encoding.UTF8.GetBytes(key));
            if (text.Contains(encoded, StringComparison.Ordinal) || spellings.Exists(spelling => spelling.Contains(secret, StringComparison.OrdinalIgnoreCase)))
                return true;
        }
        return false;
    }

    // Decoded in every way, and what comes of that once more.
    private static IEnumerable<string> Spellings(string text)
    {
        yield return text;
        foreach (var once in Decoded(text))
        {
            yield return once;
            foreach (var twice in Decoded(once))
                yield return twice;
        }
    }

    private static IEnumerable<string> Decoded(string text)
    {
        yield return JsonEscape().Replace(text, Unescaped);
        yield return WebUtility.HtmlDecode(text);
        yield return Uri.UnescapeDataString(text);
    }

    private static string Unescaped(Match match) =>
        match.Groups[1].Success ? ((char)Convert.ToInt32(match.Groups[1].Value, 16)).ToString() : match.Groups[2].Value;

    [GeneratedRegex("""\\(?:u([0-9a-fA-F]{4})|(["\\/]))""")]
    private static partial Regex JsonEscape();
}
