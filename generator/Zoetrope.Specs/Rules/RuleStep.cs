namespace Zoetrope.Specs.Rules;

/// <summary>A step of a pattern, which knows the one that follows it: the whole rest of the pattern matches, or the step tries its next way.</summary>
internal abstract class RuleStep
{
    /// <summary>The end of a pattern.</summary>
    public static RuleStep End { get; } = new EndStep();

    /// <summary>Whether this step and all that follow match.</summary>
    /// <param name="matching">The sentence.</param>
    /// <param name="at">The position.</param>
    public abstract bool Match(RuleMatching matching, int at);

    private sealed class EndStep : RuleStep
    {
        public override bool Match(RuleMatching matching, int at)
        {
            matching.End = at;
            return true;
        }
    }
}

/// <summary>A word or sign.</summary>
internal sealed class WordStep(string word, RuleStep next) : RuleStep
{
    public override bool Match(RuleMatching matching, int at) =>
        at < matching.Tokens.Count && matching.Tokens[at].Is(word) && next.Match(matching, at + 1);
}

/// <summary>One of several ways, in their order.</summary>
internal sealed class ChoiceStep(RuleStep[] choices) : RuleStep
{
    public override bool Match(RuleMatching matching, int at)
    {
        foreach (var choice in choices)
        {
            if (choice.Match(matching, at))
                return true;
        }
        return false;
    }
}

/// <summary>The beginning of the sentence.</summary>
internal sealed class StartStep(RuleStep next) : RuleStep
{
    public override bool Match(RuleMatching matching, int at) => at == 0 && next.Match(matching, at);
}

/// <summary>The end of the sentence.</summary>
internal sealed class LastStep(RuleStep next) : RuleStep
{
    public override bool Match(RuleMatching matching, int at) => at == matching.Tokens.Count && next.Match(matching, at);
}

/// <summary>Tokens that say nothing, as few as possible.</summary>
internal sealed class SkipStep(int most, bool onlyWords, RuleStep next) : RuleStep
{
    public override bool Match(RuleMatching matching, int at)
    {
        for (var i = at; i <= at + most && i <= matching.Tokens.Count; i++)
        {
            if (next.Match(matching, i))
                return true;
            if (i == matching.Tokens.Count || (onlyWords && matching.Tokens[i].Kind != RuleTokenKind.Word))
                return false;
        }
        return false;
    }
}
