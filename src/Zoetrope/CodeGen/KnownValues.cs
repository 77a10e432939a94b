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

    /// <summary>Whether a value is one of them.</summary>
    /// <param name="values">The values, in quotation marks, separated by a comma and a space.</param>
    /// <param name="value">The value.</param>
    public static bool Contains(string values, string value)
    {
        // What two neighbouring quotation marks enclose is a value, or the separator.
        if (value.Length == 0 || value == Separator || value.Contains('"'))
            return false;
        for (var at = 1; (at = values.IndexOf(value, at, StringComparison.Ordinal)) > 0; at++)
        {
            if (values[at - 1] == '"' && values[at + value.Length] == '"')
                return true;
        }
        return false;
    }

    /// <summary>The values one by one.</summary>
    /// <param name="values">The values, in quotation marks, separated by a comma and a space.</param>
    public static IReadOnlyList<string> List(string values) => values.Substring(1, values.Length - 2).Split("\", \"");
}
