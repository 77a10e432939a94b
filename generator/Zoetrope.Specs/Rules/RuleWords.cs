namespace Zoetrope.Specs.Rules;

/// <summary>Words in the form in which phrases and the names of members are compared.</summary>
internal static class RuleWords
{
    private static readonly HashSet<string> _fillers = new(StringComparer.Ordinal)
    {
        "the", "a", "an", "any", "all", "your", "of", "input", "uploaded", "provided", "given", "parameter", "field", "value", "url", "uri", "list", "this",
        "its", "custom", "valid", "each", "file",
    };

    /// <summary>The words of a name or a phrase, in lower case and the singular, without those that say nothing.</summary>
    public static List<string> Of(string text)
    {
        var words = new List<string>();
        foreach (var part in text.Split([' ', '_', '-', '.'], StringSplitOptions.RemoveEmptyEntries))
        {
            var word = Singular(part.ToLowerInvariant());
            if (!_fillers.Contains(word) && !words.Contains(word))
                words.Add(word);
        }
        return words;
    }

    /// <summary>The singular of a word.</summary>
    public static string Singular(string word)
    {
        if (word.Length <= 3 || word[word.Length - 1] != 's' || word.EndsWith("ss", StringComparison.Ordinal))
            return word == "ids" ? "id" : word;
        return word.EndsWith("ies", StringComparison.Ordinal) ? word.Substring(0, word.Length - 3) + "y" : word.Substring(0, word.Length - 1);
    }

    /// <summary>Whether two lists hold the same words.</summary>
    public static bool AreSame(List<string> one, List<string> other) => one.Count == other.Count && one.TrueForAll(other.Contains);
}
