using System.Diagnostics;
using System.Text.RegularExpressions;
using Zoetrope.Text;

namespace Zoetrope.Validation;

/// <summary>
/// Matches strings against the patterns of specifications. A trimmed app contains regular expressions only if a request with a pattern is used.
/// </summary>
internal static class PatternChecks
{
    // A specified pattern may be slow on purpose or by accident; all patterns of a request together must not delay it for longer.
    private static readonly TimeSpan _budget = TimeSpan.FromMilliseconds(200);
    private static readonly Dictionary<string, Regex> _made = new(StringComparer.Ordinal);

    /// <summary>
    /// Whether a value is known not to match. A match that takes too long, and those after it, are left to the service.
    /// </summary>
    /// <param name="value">The value.</param>
    /// <param name="pattern">The pattern.</param>
    /// <param name="spent">The time that the patterns of the request have taken so far.</param>
    public static bool IsBroken(string value, string pattern, ref TimeSpan spent)
    {
        // Unpaired surrogates are reported separately, and are not matched.
        if (spent >= _budget || Surrogates.IndexOfLone(value) >= 0)
            return false;
        var start = Stopwatch.GetTimestamp();
        try
        {
            return !Get(Surrogates.HasPairs(value) ? pattern : WithoutPairs(pattern)).IsMatch(value);
        }
        catch (RegexMatchTimeoutException)
        {
            // Unknown is not invalid: the service decides.
            return false;
        }
        finally
        {
            spent += Stopwatch.GetElapsedTime(start);
        }
    }

    // A character class alone is matched many times faster, and without memory per character, than one with an alternative.
    private static string WithoutPairs(string pattern) => pattern.Replace(ValidationContext.AnyPair, ")", StringComparison.Ordinal);

    private static Regex Get(string pattern)
    {
        lock (_made)
        {
            if (!_made.TryGetValue(pattern, out var made))
                _made.Add(pattern, made = new Regex(pattern, RegexOptions.CultureInvariant, _budget));
            return made;
        }
    }
}
