namespace Zoetrope.Specs.Rules;

/// <summary>What surrounds a match in its sentence.</summary>
internal static class RuleClauses
{
    private static readonly string[] _conditions =
    [
        "if", "when", "unless", "except", "otherwise", "depending", "depends", "varies", "whenever", "while", "where", "without",
    ];

    // What is only advised, or done by the service itself, is no rule.
    private static readonly string[] _advice =
    [
        "recommended", "recommend", "recommends", "ideally", "ideal", "typically", "usually", "generally", "suggested", "optimal", "optimum", "prefer",
        "preferably", "preferred", "best", "try", "approximately", "roughly", "about", "around", "resized", "rounded", "clamped", "clipped", "cropped",
        "trimmed", "truncated", "scaled", "downscaled", "upscaled", "snapped", "adjusted", "padded", "sampled", "default", "defaults", "example", "examples",
        "e.g", "nearest", "automatically", "aim", "consider", "want", "wish", "encouraged", "advised", "lower", "higher", "typical", "usual", "output",
        "outputs", "generates", "generated", "returns", "returned",
    ];

    // What the service does with a value that is too much.
    private static readonly string[] _mended =
    [
        "ignored", "ignores", "ignore", "disregarded", "discarded", "dropped", "truncated", "trimmed", "clamped", "clipped", "resized", "rounded", "capped",
        "downscaled", "downsampled", "sampled", "subsampled",
    ];

    // What the service does with two values of which one is enough.
    private static readonly string[] _overridden =
    [
        "ignored", "ignores", "ignore", "disregarded", "discarded", "overrides", "overridden", "overriden", "overwrites", "precedence", "priority",
    ];

    /// <summary>The tokens of the clause that a match lies in: up to the next comma, parenthesis or semicolon.</summary>
    public static List<RuleToken> Around(List<RuleToken> tokens, int start, int end)
    {
        while (start > 0 && !IsEdge(tokens[start - 1]))
            start--;
        while (end < tokens.Count && !IsEdge(tokens[end]))
            end++;
        return tokens.GetRange(start, end - start);
    }

    /// <summary>Whether the sentence has a condition outside of the match.</summary>
    public static bool HasCondition(RuleCaptures match) =>
        Outside(match).Any(token => !token.IsQuoted && Array.IndexOf(_conditions, token.Lower) >= 0);

    /// <summary>Whether the clause only advises, or says what the service makes of a value.</summary>
    public static bool IsAdvice(RuleCaptures match)
    {
        var clause = Around(match.Tokens, match.Start, match.End);
        return clause.Exists(token => !token.IsQuoted && Array.IndexOf(_advice, token.Lower) >= 0);
    }

    /// <summary>Whether the words of the clause are soft: "should", and "supports" before what is supported.</summary>
    public static bool IsSoft(RuleCaptures match)
    {
        var clause = Around(match.Tokens, match.Start, match.End);
        return clause.Exists(token => token.Lower is "should" or "shouldn't")
            || match.Tokens.Take(match.Start).Skip(match.Start - 3).Any(token => token.Lower is "supports" or "support" or "accepts");
    }

    /// <summary>Whether a sentence says that the service does not refuse what another one forbids.</summary>
    /// <param name="sentence">The sentence.</param>
    /// <param name="ofOne">Whether the other one limits a value, and does not relate several.</param>
    public static bool TakesBack(string sentence, bool ofOne)
    {
        var text = sentence.ToLowerInvariant();
        string[] phrases = ofOne
            ? ["only the first", "only the last", "will be cut", "are cut to", "is cut to", "will be reduced"]
            : ["will be used over", "used instead of", "will override", "will be used in place", "takes over"];
        if (Array.Exists(phrases, text.Contains))
            return true;
        var words = ofOne ? _mended : _overridden;
        return Array.Exists(words, text.Contains) && RuleTokens.Of(text).Exists(token => Array.IndexOf(words, token.Lower) >= 0);
    }

    private static IEnumerable<RuleToken> Outside(RuleCaptures match) => match.Tokens.Where((_, index) => index < match.Start || index >= match.End);

    private static bool IsEdge(RuleToken token) => token.Is(",") || token.Is("(") || token.Is(")") || token.Is(";");
}
