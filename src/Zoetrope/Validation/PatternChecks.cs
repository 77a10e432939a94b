using System.Text.RegularExpressions;

namespace Zoetrope.Validation;

/// <summary>Matches strings against the patterns of documents. Regular expressions are in a native app only if a request with a pattern is.</summary>
internal static class PatternChecks
{
    // A pattern of a document may be slow on purpose or by accident; no check may hold up a request for longer.
    private static readonly TimeSpan _timeout = TimeSpan.FromMilliseconds(200);
    private static readonly Dictionary<string, Regex> _made = new(StringComparer.Ordinal);

    /// <summary>Whether a value does not match. One that takes too long to tell is left to the service.</summary>
    public static bool IsBroken(string value, string pattern)
    {
        try
        {
            return !Get(pattern).IsMatch(value);
        }
        catch (RegexMatchTimeoutException)
        {
            // Not known is not broken: the service judges.
            return false;
        }
    }

    private static Regex Get(string pattern)
    {
        lock (_made)
        {
            if (!_made.TryGetValue(pattern, out var made))
                _made.Add(pattern, made = new Regex(pattern, RegexOptions.ECMAScript, _timeout));
            return made;
        }
    }
}
