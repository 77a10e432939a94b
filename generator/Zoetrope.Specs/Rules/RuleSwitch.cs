using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.Rules;

/// <summary>
/// Reads how many items a list has by the value of another member: "'a' and 'b' accept 1-2 images, 'c' requires exactly 3, all other templates accept only 1".
/// </summary>
internal static class RuleSwitch
{
    private static readonly string[] _amounts = ["exactly", "only", "at", "least", "most", "up", "to", "between", "a", "an", "maximum", "minimum", "of"];

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
            // "The template 'wide' does not require …"
            if (!isRest && values.Exists(token => !token.IsQuoted && !on.Values.Contains(token.Text) && !token.Is(",") && !token.Is("and") && !token.Is("or")))
                return f.No("a case is not understood");
            values.RemoveAll(token => token.Is("and") || token.Is("or") || token.Is(","));
            var end = verb + 1;
            if (ReadRange(tokens, ref end) is not { } range || !IsItem(f, tokens, end))
                return f.No("a case is not understood");
            if (!isRest)
                named.AddRange(values.Select(token => token.Text));
            if (f.IsPerhaps(on, isRest ? named : values.Select(token => token.Text), isNot: isRest) is not { } condition || condition.Values.Count == 0)
                return null;
            rules.Add(f.Rule(ParameterRuleKind.Count, f.Self) with { Range = range, When = new([condition]) });
            while (end < tokens.Count && (IsOwn(f, tokens[end]) || tokens[end].Is("and")))
                end++;
            if (end < tokens.Count && !tokens[end].Is(","))
                return f.No("a case is not understood");
            at = end + 1;
        }
        if (rules.Count == 0)
            return f.No("no case is understood");
        f.More.AddRange(rules.Skip(1));
        return rules[0];
    }

    /// <summary>Whether nothing or an item of the list follows the number: "2 images", and not "5 credits".</summary>
    private static bool IsItem(RuleFinding f, List<RuleToken> tokens, int at) => at >= tokens.Count || tokens[at].Is(",") || IsOwn(f, tokens[at]);

    private static bool IsOwn(RuleFinding f, RuleToken token) => !token.IsQuoted && f.Self.Words.Contains(RuleWords.Singular(token.Lower));

    private static ValueRange? ReadRange(List<RuleToken> tokens, ref int at)
    {
        var (isOpen, isLeast) = (false, false);
        while (at < tokens.Count && tokens[at].Number is null && Array.IndexOf(_amounts, tokens[at].Lower) >= 0)
        {
            isOpen |= tokens[at].Lower is "up" or "most" or "maximum";
            isLeast |= tokens[at++].Lower is "least" or "minimum";
        }
        if (at >= tokens.Count || tokens[at].Number is not { } first)
            return null;
        at++;
        if (at + 1 < tokens.Count && (tokens[at].Is("-") || tokens[at].Is("to") || tokens[at].Is("or")) && tokens[at + 1].Number is { } second)
        {
            at += 2;
            return new() { Minimum = first, Maximum = second };
        }
        return new() { Minimum = isOpen ? null : first, Maximum = isLeast ? null : first };
    }
}
