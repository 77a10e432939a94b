using System.Text;
using Zoetrope.Generator.Text;

namespace Zoetrope.Generator.Naming;

/// <summary>Names generated files. Long names are cut and distinguished by a hash, because file systems have limits.</summary>
internal static class HintNames
{
    private const int Longest = 80;

    /// <summary>The hint name for a full type name.</summary>
    public static string Of(string name)
    {
        var plain = new StringBuilder(name.Length);
        foreach (var unit in name)
            plain.Append(unit < 128 && (char.IsLetterOrDigit(unit) || unit is '.' or '_') ? unit : '_');
        var isExact = plain.Length <= Longest && plain.ToString() == name;
        return (isExact ? name : plain.ToString(0, Math.Min(plain.Length, Longest - 17)) + "_" + StableHash.Hex(name)) + ".g.cs";
    }
}
