using System.Diagnostics;
using System.Text.RegularExpressions;
using Zoetrope.Text;

namespace Zoetrope.Validation;

/// <summary>Matches strings against the patterns of documents. Regular expressions are in a native app only if a request with a pattern is.</summary>
internal static class PatternChecks
{
    // A pattern of a document may be slow on purpose or by accident; all patterns of a request together may not hold it up for longer.
    private static readonly TimeSpan _budget = TimeSpan.FromMilliseconds(200);
    private static readonly Dictionary<string, Regex> _made = new(StringComparer.Ordinal);

    /// <summary>
    /// Whether a value does not match. What takes too long to find out, and what comes after it, is left to the service: it is not known to be broken.
    /// </summary>
    /// <param name="value">The value.</param>
    /// <param name="pattern">The pattern.</param>
    /// <param name="spent">How long the patterns of the request have taken so far.</param>
    public static bool IsBroken(string value, string pattern, ref TimeSpan spent)
    {
        // Halves of surrogate pairs are reported as such, and no pattern means them.
        if (spent >= _budget || Surrogates.IndexOfLone(value) >= 0)
            return false;
        var start = Stopwatch.GetTimestamp();
        try
        {
            return !Get(Surrogates.HasPairs(value) ? pattern : WithoutPairs(pattern)).IsMatch(value);
        }
        catch (RegexMatchTimeoutException)
        {
            // Not known is not broken: the service judges.
            return false;
        }
        finally
        {
            spent += Stopwatch.GetElapsedTime(start);
        }
    }

    // A class alone is matched many times faster, and needs no memory for each character, than one with an alternative.
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
