namespace Zoetrope.Generator.Text;

/// <summary>A hash that is the same in every process.</summary>
internal static class StableHash
{
    /// <summary>FNV-1a of 64 bits over the UTF-16 units, in hex.</summary>
    public static string Hex(string text)
    {
        var hash = 14695981039346656037UL;
        foreach (var unit in text)
            hash = unchecked((hash ^ unit) * 1099511628211UL);
        return hash.ToString("x16", System.Globalization.CultureInfo.InvariantCulture);
    }
}
