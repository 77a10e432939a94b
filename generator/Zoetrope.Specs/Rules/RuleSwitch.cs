using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.Rules;

/// <summary>
/// Reads how many items a list has by the value of another member: "'a' and 'b' accept 1-2 images, 'c' requires exactly 3, all other templates accept only 1".
/// </summary>
internal static class RuleSwitch
{
    /// <summary>The first rule, with the others in <see cref="RuleFinding.More"/>; null where a case is not understood.</summary>
    public static ParameterRule? Read(RuleFinding f)
    {
        if (!f.Self.IsList)
            return null;
        if (f.Member("on") is not { } on)
            return null;
        var tokens = f.Captures.Tokens;
        var rules = new List<ParameterRule>();
        var named = new List<string>();
        for (var at = tokens.FindIndex(token => token.Is(":")) + 1; at < tokens.Count;)
        {
            var verb = tokens.FindIndex(at, token => RuleWords.Singular(token.Lower) is "accept" or "require" or "take" or "allow");
            if (verb < 0)
                return f.No("a case is not understood");
            var values = tokens.GetRange(at, verb - at);
            var isRest = values.Exists(token => token.Is("other") || token.Is("others"));
            values.RemoveAll(token => token.Is("and") || token.Is("or") || token.Is(","));
            var end = verb + 1;
            if (ReadRange(tokens, ref end) is not { } range)
                return f.No("a case is not understood");
            if (!isRest)
                named.AddRange(values.Select(token => token.Text));
            if (f.IsPerhaps(on, isRest ? named : values.Select(token => token.Text), isNot: isRest) is not { } condition || condition.Values.Count == 0)
                return null;
            rules.Add(f.Rule(ParameterRuleKind.Count, f.Self) with { Range = range, When = new([condition]) });
            while (end < tokens.Count && !tokens[end].Is(","))
                end++;
            at = end + 1;
        }
        if (rules.Count == 0)
            return f.No("no case is understood");
        f.More.AddRange(rules.Skip(1));
        return rules[0];
    }

    private static ValueRange? ReadRange(List<RuleToken> tokens, ref int at)
    {
        var isOpen = false;
        while (at < tokens.Count && tokens[at].Number is null && tokens[at].Kind == RuleTokenKind.Word)
            isOpen |= tokens[at++].Lower is "up" or "most" or "maximum";
        if (at >= tokens.Count || tokens[at].Number is not { } first)
            return null;
        at++;
        if (at + 1 < tokens.Count && (tokens[at].Is("-") || tokens[at].Is("to") || tokens[at].Is("or")) && tokens[at + 1].Number is { } second)
        {
            at += 2;
            return new() { Minimum = first, Maximum = second };
        }
        return new() { Minimum = isOpen ? null : first, Maximum = first };
    }
}
