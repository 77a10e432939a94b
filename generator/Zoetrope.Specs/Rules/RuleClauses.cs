namespace Zoetrope.Specs.Rules;

/// <summary>What surrounds a match in its sentence.</summary>
internal static class RuleClauses
{
    private static readonly HashSet<string> _conditions = new(StringComparer.Ordinal)
    {
        "if", "when", "unless", "except", "otherwise", "depending", "depends", "varies", "whenever", "while", "where", "without",
    };

    // What is only advised, or done by the service itself, is not a rule.
    private static readonly HashSet<string> _advice = new(StringComparer.Ordinal)
    {
        "recommended", "recommend", "recommends", "ideally", "ideal", "typically", "usually", "generally", "suggested", "optimal", "optimum", "prefer",
        "preferably", "preferred", "best", "try", "resized", "rounded", "clamped", "clipped", "cropped",
        "trimmed", "truncated", "scaled", "downscaled", "upscaled", "snapped", "adjusted", "padded", "sampled", "default", "defaults",
        "nearest", "automatically", "aim", "consider", "wish", "encouraged", "advised", "typical", "usual", "normally", "advise", "advisable", "favor",
        "favour", "soft",
    };

    // The same beside the number only: elsewhere they are of a description, "the generated image", or the number is another one, "about 300 words".
    private static readonly HashSet<string> _adviceOfClause = new(StringComparer.Ordinal)
    {
        "approximately", "roughly", "about", "around", "want", "lower", "higher", "output", "outputs", "generates", "generated", "returns", "returned",
    };

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
        Outside(match).Any(token => !token.IsQuoted && _conditions.Contains(token.Lower));

    /// <summary>Whether the sentence only advises, or says what the service makes of a value.</summary>
    /// <param name="tokens">The tokens.</param>
    /// <param name="isOfClause">Whether they are the clause of a number, or may have one.</param>
    public static bool IsAdvice(IEnumerable<RuleToken> tokens, bool isOfClause = true) =>
        tokens.Any(token => !token.IsQuoted && (_advice.Contains(token.Lower) || (isOfClause && _adviceOfClause.Contains(token.Lower))));

    /// <summary>Whether the clause of a match only advises.</summary>
    public static bool IsAdvice(RuleCaptures match)
    {
        // What is lower or higher than a limit is of the limit itself.
        var clause = Around(match.Tokens, match.Start, match.End);
        var own = match.Tokens.GetRange(match.Start, match.End - match.Start);
        return IsAdvice(clause.Where(token => !(token.Lower is "lower" or "higher" && own.Contains(token))));
    }

    /// <summary>Whether the clause gives an example.</summary>
    public static bool IsExample(RuleCaptures match) =>
        Around(match.Tokens, match.Start, match.End).Exists(token => token.Lower is "e.g" or "example" or "examples");

    /// <summary>Whether the words of the clause are soft: "should", and "supports" before what is supported.</summary>
    public static bool IsSoft(RuleCaptures match)
    {
        var clause = Around(match.Tokens, match.Start, match.End);
        return clause.Exists(token => token.Lower is "should" or "shouldn't") || IsMay(clause)
            || match.Tokens.Take(match.Start).Skip(match.Start - 3).Any(token => token.Lower is "supports" or "support" or "accepts" && clause.Contains(token));
    }

    private static IEnumerable<RuleToken> Outside(RuleCaptures match) => match.Tokens.Where((_, index) => index < match.Start || index >= match.End);

    // "May not" forbids, or says that it may happen not to be so.
    private static bool IsMay(List<RuleToken> clause)
    {
        var may = clause.FindIndex(token => token.Is("may"));
        return may >= 0 && may + 1 < clause.Count && clause[may + 1].Is("not");
    }

    private static bool IsEdge(RuleToken token) => token.Is(",") || token.Is("(") || token.Is(")") || token.Is(";");
}
