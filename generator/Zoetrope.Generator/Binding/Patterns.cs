using System.Text;
using System.Text.RegularExpressions;

namespace Zoetrope.Generator;

/// <summary>
/// Turns the patterns of documents, which are ECMAScript's, into patterns that .NET reads the same way (with <see cref="RegexOptions.ECMAScript"/>). What is not known to mean the
/// same in both is not checked.
/// </summary>
internal static class Patterns
{
    private const int Longest = 500;
    private const string SameEscapes = "dDwWbBnrtfv.*+?()[]{}|/\\^$-";

    /// <summary>The pattern for .NET, or null when it does not compile or .NET might read it differently.</summary>
    public static string? Translate(string pattern)
    {
        if (pattern.Length > Longest || pattern.Any(unit => char.IsSurrogate(unit)))
            return null;
        var translated = new StringBuilder();
        var classStart = -1;
        for (var i = 0; i < pattern.Length; i++)
        {
            var isInClass = classStart >= 0;
            var next = i + 1 < pattern.Length ? pattern[i + 1] : '\0';
            switch (pattern[i])
            {
                case '\\' when SameEscapes.IndexOf(next) >= 0 && next != '\0':
                    // A hyphen or slash is no special character outside classes, and some readers want it plain.
                    translated.Append(!isInClass && next is '-' or '/' ? "" : "\\").Append(next);
                    i++;
                    break;
                case '\\':
                    return null;
                case '[' when !isInClass:
                    // An empty class, and one that begins with a bracket, mean different things.
                    if (next == ']' || (next == '^' && i + 2 < pattern.Length && pattern[i + 2] == ']'))
                        return null;
                    classStart = i;
                    translated.Append('[');
                    break;
                case '[':
                    // .NET subtracts classes.
                    return null;
                case ']' when isInClass:
                    classStart = -1;
                    translated.Append(']');
                    break;
                case '.' when !isInClass:
                    translated.Append("[^\\n\\r\\u2028\\u2029]");
                    break;
                case '$' when !isInClass:
                    // In .NET it stands before a last line end too.
                    translated.Append("\\z");
                    break;
                case '(' when !isInClass && next == '?' && !(i + 2 < pattern.Length && pattern[i + 2] is ':' or '=' or '!'):
                    return null;
                default:
                    translated.Append(pattern[i]);
                    break;
            }
        }
        return classStart < 0 && Compiles(translated.ToString()) ? translated.ToString() : null;
    }

    private static bool Compiles(string pattern)
    {
        try
        {
            _ = new Regex(pattern, RegexOptions.ECMAScript);
            return true;
        }
        catch (ArgumentException)
        {
            // There is no other way to ask.
            return false;
        }
    }
}
