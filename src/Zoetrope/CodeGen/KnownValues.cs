using System.ComponentModel;

namespace Zoetrope.CodeGen;

/// <summary>
/// The known values of generated enums, as one text: <c>"16:9", "9:16"</c>. A text is a tenth of the code of as many comparisons, and the one that
/// validators show. No value in it is empty or contains a quotation mark.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class KnownValues
{
    private const string Separator = ", ";

    // The shortest that stands between two quotation marks and has one itself: , "a
    private const int ShortestQuoted = 4;

    /// <summary>Whether a value is one of them.</summary>
    /// <param name="values">The values, in quotation marks, separated by a comma and a space.</param>
    /// <param name="value">The value.</param>
    public static bool Contains(string values, string value)
    {
        // The last quotation mark is left out, so that a character follows whatever is found.
        var texts = values.AsSpan(0, values.Length - 1);
        for (var at = 1; value.Length > 0; at++)
        {
            var found = texts[at..].IndexOf(value);
            if (found < 0)
                return false;
            at += found;
            // What two neighboring quotation marks enclose is a value, or the separator.
            if (values[at - 1] == '"' && values[at + value.Length] == '"')
                return value != Separator && (value.Length < ShortestQuoted || !value.Contains('"'));
        }
        return false;
    }

    /// <summary>The values one by one.</summary>
    /// <param name="values">The values, in quotation marks, separated by a comma and a space.</param>
    public static IReadOnlyList<string> List(string values) => values.Substring(1, values.Length - 2).Split("\", \"");
}
