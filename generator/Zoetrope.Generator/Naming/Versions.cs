using System.Text.RegularExpressions;

namespace Zoetrope.Generator.Naming;

/// <summary>Recognizes versions in paths, titles and names.</summary>
internal static class Versions
{
    private static readonly Regex Form = new("^[vV]?[0-9]+([._-][0-9]+)*((alpha|beta)[0-9]*)?$", RegexOptions.CultureInvariant);

    /// <summary>Whether a word is a version: <c>v1</c>, <c>v2.1</c>, <c>v1beta1</c>, <c>2</c>, <c>2024-05-01</c>.</summary>
    public static bool Is(string word) => Form.IsMatch(word);
}
