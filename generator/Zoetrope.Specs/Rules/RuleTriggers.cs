namespace Zoetrope.Specs.Rules;

/// <summary>What a text can state by its words, at a glance.</summary>
/// <param name="Rows">The rows of the table of which it has the words.</param>
/// <param name="HasMark">Whether it has a word without which no sentence looks like a rule.</param>
internal readonly record struct RuleClues(RuleRows Rows, bool HasMark)
{
    /// <summary>Whether the text may state a rule or look like one.</summary>
    public bool May => HasMark || !Rows.IsEmpty;
}

/// <summary>
/// Decides at a glance whether a text can state a rule: whether it has the words that some form needs. Most descriptions have none, and are not taken apart.
/// </summary>
internal static class RuleTriggers
{
    /// <summary>Stands for any number among the words that forms need.</summary>
    public const string Number = "#";

    private const int Common = 40;
    private const int OfNumbers = 10;
    private const int ReachOfLimit = 3;

    // Words and signs that many sentences have.
    private static readonly HashSet<string> _common =
        [.. "be is are of the a an in to and or can not may : - , / ( ) one has have this it with for".Split(' ')];

    // Words without which no sentence looks like a rule.
    private static readonly HashSet<string> _marks = new(StringComparer.Ordinal)
    {
        "must", "required", "requires", "cannot", "maximum", "minimum", "mutually", "exceed", "mandatory", "exactly", "conflicts", "incompatible",
    };

    // Words that look like a limit beside a number.
    private static readonly HashSet<string> _limits = new(StringComparer.Ordinal) { "max", "limit", "limited", "between", "least", "most" };

    private static readonly Lazy<RuleIndex> _index = new(static () => new(_marks.Concat(_limits)));

    /// <summary>How many sentences have one of the words, in no unit.</summary>
    public static int Frequency(string[] words)
    {
        var sum = 0;
        foreach (var word in words)
            sum += word == Number ? OfNumbers : _common.Contains(word) ? Common : 1;
        return sum;
    }

    /// <summary>Whether a word or sign that many sentences have is among the words.</summary>
    public static bool IsCommon(string[] words) => Array.Exists(words, _common.Contains);

    /// <summary>Whether a sentence looks like a rule, whether a form of it is known or not.</summary>
    public static bool LooksLikeRule(List<RuleToken> tokens) => tokens.Exists(static token => _marks.Contains(token.Lower))
        || (Enumerable.Range(0, tokens.Count).Any(at => IsLimit(tokens, at)) && !RuleClauses.IsAdvice(tokens, isOfClause: false));

    /// <summary>Whether a number is beside a word of a limit: "between 1 and 4", "500 character limit", "at least one of". "Most strict" is not one.</summary>
    private static bool IsLimit(List<RuleToken> tokens, int at)
    {
        if (!_limits.Contains(tokens[at].Lower) || tokens[at].IsQuoted || (tokens[at].Lower is "most" or "least" && !(at > 0 && tokens[at - 1].Is("at"))))
            return false;
        for (var i = Math.Max(0, at - ReachOfLimit); i < tokens.Count && i <= at + ReachOfLimit; i++)
        {
            var isOneOf = i == at + 1 && i + 1 < tokens.Count && tokens[i + 1].Is("of");
            if (tokens[i].Number is not null && !tokens[i].IsQuoted && (char.IsDigit(tokens[i].Text[0]) || isOneOf))
                return true;
        }
        return false;
    }

    /// <summary>What a text can state.</summary>
    public static RuleClues Of(string text) => _index.Value.Find(text);
}
