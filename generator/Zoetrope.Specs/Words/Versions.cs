using System.Text.RegularExpressions;

namespace Zoetrope.Specs.Words;

/// <summary>Recognizes versions in paths, titles and names.</summary>
public static class Versions
{
    private static readonly Regex Form = new("^[vV]?[0-9]+([._-][0-9]+)*((alpha|beta)[0-9]*)?$", RegexOptions.CultureInvariant);

    /// <summary>Whether a word is a version: <c>v1</c>, <c>v2.1</c>, <c>v1beta1</c>, <c>2</c>, <c>2024-05-01</c>.</summary>
    public static bool Is(string word) => Form.IsMatch(word);

    /// <summary>Whether a word is the version of a model, which may begin with any letter: <c>V3</c>, <c>O3</c>, <c>Q2</c>, <c>2</c>.</summary>
    public static bool IsOfModel(string word)
    {
        var digits = char.IsDigit(word[0]) ? word : word.Substring(1);
        return digits.Length > 0 && digits.All(char.IsDigit);
    }

    /// <summary>Whether a segment of a path is a version, or only says that there is an API.</summary>
    public static bool IsFiller(string segment) => Is(segment) || segment is "api" or "rest";
}
