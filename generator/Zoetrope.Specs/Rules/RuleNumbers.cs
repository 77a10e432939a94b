using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.Rules;

/// <summary>
/// Finds numbers beyond a limit in other sentences: "`v2` takes 4000 characters", "0 keeps the rate of the input". What no form explains may be a value that
/// the service takes.
/// </summary>
internal static class RuleNumbers
{
    private static readonly HashSet<string> _strange = new(StringComparer.Ordinal)
    {
        "px", "pixel", "pixels", "mb", "gb", "kb", "mib", "gib", "kib", "megabyte", "megabytes", "fps", "hz", "khz", "%", "percent", "credit", "credits", "usd",
        "cents", "dollars", "s", "sec", "secs", "second", "seconds", "ms", "millisecond", "milliseconds", "minute", "minutes", "hour", "hours", "languages",
        "voices", "days",
    };

    private static readonly HashSet<string> _seconds = new(StringComparer.Ordinal) { "s", "sec", "secs", "second", "seconds" };
    private static readonly HashSet<string> _pixels = new(StringComparer.Ordinal) { "px", "pixel", "pixels" };

    /// <summary>Whether a sentence at the member has a number beyond a limit.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="member">The member.</param>
    /// <param name="tokens">The sentence.</param>
    /// <param name="explained">Numbers of rules that the sentence states itself.</param>
    /// <param name="isElsewhere">Whether the sentence is at another member, so that its numbers need the unit of this one.</param>
    public static bool AreBeyond(ParameterRule rule, RuleMember member, List<RuleToken> tokens, ICollection<decimal> explained, bool isElsewhere)
    {
        for (var i = 0; i < tokens.Count; i++)
        {
            if (tokens[i] is { Number: { } number } token && !token.Is("one") && !token.Is("single") && !explained.Contains(number)
                && !(i > 0 && tokens[i - 1].Is("$")) && IsBeyond(rule, member, token, i > 0 ? tokens[i - 1] : null, UnitOf(tokens, i), isElsewhere))
                return true;
        }
        return false;
    }

    private static bool IsBeyond(ParameterRule rule, RuleMember member, RuleToken token, RuleToken? before, RuleToken? unit, bool isElsewhere)
    {
        var number = token.Number!.Value;
        if (token.Kind == RuleTokenKind.Ratio)
            return false;
        if (token.Kind == RuleTokenKind.Size)
            return IsBeyond(rule, number, token.Second ?? number);
        if (rule.Kind == ParameterRuleKind.File)
            return !isElsewhere && IsBeyond(rule.File!, number, unit?.Lower ?? "");
        var isOwn = unit is not null && (IsOwn(rule, unit.Lower) || member.Name == unit.Text || member.Words.Contains(RuleWords.Singular(unit.Lower)));
        // "Image 1" is the name of an item.
        if (!isOwn && ((unit is not null && _strange.Contains(unit.Lower)) || isElsewhere
            || (before is not null && member.IsList && member.Words.Contains(RuleWords.Singular(before.Lower)))))
            return false;
        return rule.Kind switch
        {
            ParameterRuleKind.Value => !rule.Range.Contains(number),
            ParameterRuleKind.Compare => number <= 0,
            ParameterRuleKind.Length or ParameterRuleKind.ItemLength or ParameterRuleKind.Count or ParameterRuleKind.Sides =>
                number > rule.Range.Maximum || (isOwn && number < rule.Range.Minimum),
            ParameterRuleKind.TotalCount or ParameterRuleKind.ItemsWith or ParameterRuleKind.Sum => number > rule.Range.Maximum,
            _ => false,
        };
    }

    private static bool IsOwn(ParameterRule rule, string unit) => rule.Kind switch
    {
        ParameterRuleKind.Length or ParameterRuleKind.ItemLength => RuleLimits.IsCharacter(unit),
        ParameterRuleKind.Count or ParameterRuleKind.TotalCount or ParameterRuleKind.ItemsWith => RuleLimits.IsItem(unit),
        ParameterRuleKind.Sum => _seconds.Contains(unit),
        ParameterRuleKind.Sides => _pixels.Contains(unit),
        _ => false,
    };

    private static bool IsBeyond(ParameterRule rule, decimal width, decimal height) => rule.Kind switch
    {
        ParameterRuleKind.Sides => !rule.Range.Contains(width) || !rule.Range.Contains(height),
        ParameterRuleKind.Area => width < int.MaxValue && height < int.MaxValue && !rule.Range.Contains(width * height),
        _ => false,
    };

    private static bool IsBeyond(FileLimits file, decimal number, string unit)
    {
        if (unit is "mb" or "gb" or "kb")
            return number * (unit == "mb" ? 1L << 20 : unit == "gb" ? 1L << 30 : 1L << 10) > file.MaxFileSize;
        if (_seconds.Contains(unit))
            return number > Number(file.MaxDuration) || number < Number(file.MinDuration);
        return _pixels.Contains(unit) && (number > file.MaxWidth || number > file.MaxHeight || number < file.MinWidth || number < file.MinHeight);
    }

    private static decimal? Number(string? text) => text is null ? null : RuleValues.Number(text);

    /// <summary>The word behind a number, or behind the last one of several: "5, 10 or 15 seconds".</summary>
    private static RuleToken? UnitOf(List<RuleToken> tokens, int at)
    {
        at++;
        for (var next = at; next < tokens.Count; next++)
        {
            if (tokens[next].Number is not null)
                at = next + 1;
            else if (!(tokens[next].Lower is "," or "or" or "and" or "to" or "-"))
                break;
        }
        return at < tokens.Count && tokens[at] is { IsQuoted: false, Kind: RuleTokenKind.Word or RuleTokenKind.Symbol } ? tokens[at] : null;
    }
}
