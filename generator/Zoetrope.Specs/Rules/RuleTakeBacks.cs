using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.Rules;

/// <summary>
/// Finds the sentence that takes back what a rule states: at the members that it is about, or elsewhere in the object where a sentence names one of these. The
/// sentences of each member are read once, and only where a rule was found.
/// </summary>
internal sealed class RuleTakeBacks(RuleObject owner)
{
    private static readonly string[] _verbs =
    [
        "is", "are", "will", "gets", "has", "have", "can", "may", "must", "should", "cannot", "does", "isn't", "won't", "wins", "takes", "prevails",
        "overrides", "replaces",
    ];

    private static readonly string[] _actions =
        ["over", "overrides", "override", "overwrites", "ignores", "ignore", "supersedes", "replaces", "replace", "disregards", "skips"];

    private static readonly string[] _conditions = ["if", "when", "where", "while", "unless", "once", "with", "for", "whenever", "without"];

    private static readonly string[] _absences =
        ["omitted", "not", "empty", "missing", "unset", "null", "none", "left", "absent", "optional", "isn't", "aren't", "needless"];

    private readonly Dictionary<RuleMember, List<RuleRemark>> _remarks = [];
    private List<RuleRemark>? _ofObject;

    /// <summary>The first sentence that takes a rule back; null where none does.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="members">The members that it is about, and the one that has the sentence.</param>
    /// <param name="what">What takes rules of its kind back.</param>
    public string? Find(ParameterRule rule, IReadOnlyList<RuleMember> members, TakenBack what)
    {
        foreach (var member in members)
        {
            foreach (var remark in Of(member))
            {
                var back = (remark.Text != rule.Text ? remark.Back : IsOfOneValue(rule) ? remark.Own : TakenBack.Nothing) & what;
                if (back != TakenBack.Nothing && (IsOfLimits(back) || !IsOfOthers(remark, member, members, rule)))
                    return remark.Text;
                // What a member does beside another one that it excludes.
                if (what == TakenBack.Pairs && remark.Text != rule.Text && !remark.Excludes && NamesAnother(remark, member, members)
                    && !IsOfOthers(remark, member, members, rule))
                    return remark.Text;
            }
        }
        what &= ~(TakenBack.Excess | TakenBack.Shortfall | TakenBack.OtherLimits);
        return Elsewhere(members).FirstOrDefault(remark => TakesBackElsewhere(remark, members, what))?.Text;
    }

    /// <summary>The sentences at a member.</summary>
    public IReadOnlyList<RuleRemark> Of(RuleMember member)
    {
        if (!_remarks.TryGetValue(member, out var remarks))
            _remarks.Add(member, remarks = member.AllSentences.ConvertAll(sentence => new RuleRemark(sentence, member)));
        return remarks;
    }

    /// <summary>The sentences at other members, and at the object itself, that name one of the members.</summary>
    public IEnumerable<RuleRemark> Elsewhere(IReadOnlyList<RuleMember> members)
    {
        _ofObject ??= owner.Schema.Description is { } description
            ? RuleSentences.Of(description).ConvertAll(static sentence => new RuleRemark(sentence, null)) : [];
        foreach (var remark in _ofObject.Where(remark => members.Any(member => Names(remark, member))))
            yield return remark;
        foreach (var other in owner.Members.Where(other => !members.Contains(other)))
        {
            var text = other.AllText;
            foreach (var member in members.Where(member => text.IndexOf(member.Name, StringComparison.OrdinalIgnoreCase) >= 0))
            {
                foreach (var remark in Of(other).Where(remark => Names(remark, member)))
                    yield return remark;
            }
        }
    }

    private bool NamesAnother(RuleRemark remark, RuleMember holder, IReadOnlyList<RuleMember> members) =>
        remark.Tokens.Exists(token => IsSurelyName(token) && members.Any(other => other != holder && other.Name == token.Text));

    private static bool TakesBackElsewhere(RuleRemark remark, IReadOnlyList<RuleMember> members, TakenBack what)
    {
        var back = remark.Said & what;
        var named = Enumerable.Range(0, remark.Tokens.Count).Where(at => members.Any(member => Names(remark.Tokens[at], member))).ToList();
        // "If not provided, …" and "only used with …" at another member are about that one.
        return IsOfLimits(back)
            || (IsOfLimits(what) && named.Exists(at => at + 1 < remark.Tokens.Count && remark.Tokens[at + 1].Lower is "limit" or "limits"))
            || ((back & TakenBack.Presence) != TakenBack.Nothing && named.Exists(at => IsAbsent(remark.Tokens, at)))
            || ((back & TakenBack.Pairs) != TakenBack.Nothing
                && (named.Exists(at => IsSubject(remark.Tokens, at)) || named.Select(at => remark.Tokens[at].Lower).Distinct().Count() > 1));
    }

    /// <summary>Whether a sentence says that what it names at a position may be missing: "`a` and `b` can be omitted", "without `a`".</summary>
    private static bool IsAbsent(List<RuleToken> tokens, int at)
    {
        if (tokens.GetRange(Math.Max(0, at - 4), Math.Min(4, at)).Exists(token => token.Lower is "omit" or "without" or "neither" or "nor" or "no"))
            return true;
        return tokens.Skip(at + 1).Take(6).Any(token => Array.IndexOf(_absences, token.Lower) >= 0);
    }

    private static bool IsOfOneValue(ParameterRule rule) => rule.Kind
        is not (ParameterRuleKind.IfThen or ParameterRuleKind.Compare or ParameterRuleKind.SameCount or ParameterRuleKind.Requires);

    // What becomes of too much is never about another member alone: that one is a condition.
    private static bool IsOfLimits(TakenBack back) => (back & ~(TakenBack.Pairs | TakenBack.Presence)) != TakenBack.Nothing;

    private static bool Names(RuleRemark remark, RuleMember member) =>
        remark.Tokens.Exists(token => Names(token, member));

    private static bool Names(RuleToken token, RuleMember member) => token.Text == member.Name || token.Lower == member.Name + "s";

    /// <summary>
    /// Whether a sentence about pairs is surely about other members: it says "both" of one that the rule is about and of another one, or all that it names are
    /// others, of which it says what becomes of them. Another member in a condition changes nothing.
    /// </summary>
    private bool IsOfOthers(RuleRemark remark, RuleMember holder, IReadOnlyList<RuleMember> members, ParameterRule rule)
    {
        var named = Enumerable.Range(0, remark.Tokens.Count).Where(at => IsSurelyName(remark.Tokens[at])).ToList();
        var (own, others) = (named.FindAll(IsOwn), named.FindAll(at => !IsOwn(at)));
        // "Where it is given without the mask, …" at what the mask requires.
        if (rule.Kind == ParameterRuleKind.Requires && holder.Name != rule.Parameters[0] && IsWithoutDependent(remark, rule.Parameters[0]))
            return true;
        if (others.Count == 0)
            return false;
        if (own.Exists(one => others.Exists(other => IsWith(remark.Tokens, one, other))))
            return true;
        return own.Count == 0 && !remark.Has("both") && !remark.Has("together")
            && others.TrueForAll(at => owner.Find(remark.Tokens[at].Text) is not null && IsSubject(remark.Tokens, at));

        bool IsOwn(int at) => members.Any(member => member.Name == remark.Tokens[at].Text);
    }

    private bool IsSurelyName(RuleToken token) =>
        owner.IsName(token) && (token.IsQuoted || !token.Text.All(char.IsLetter)) && owner.FindByValue(token.Text) is null;

    /// <summary>"Both a and b".</summary>
    private static bool IsWith(List<RuleToken> tokens, int one, int other) =>
        Math.Abs(one - other) == 2 && tokens[Math.Min(one, other) + 1].Lower is "and" or "or" or "nor" or "/" or ",";

    private static bool IsWithoutDependent(RuleRemark remark, string dependent)
    {
        var at = remark.Tokens.FindIndex(token => token.Is("without"));
        return at >= 0 && at + 1 < remark.Tokens.Count && remark.Tokens[at + 1].Text == dependent;
    }

    private static bool IsInstead(RuleToken token) => token.Lower is "instead" or "place" or "favor" or "favour";

    /// <summary>Whether a name is what the sentence says something of: "`a` is ignored", "overrides `a`", "if `a` is omitted".</summary>
    private static bool IsSubject(List<RuleToken> tokens, int at)
    {
        var before = at - 1;
        while (before >= 0 && tokens[before].Lower is "the" or "a" or "an" or "any")
            before--;
        if (before >= 0 && (Array.IndexOf(_actions, tokens[before].Lower) >= 0 || (tokens[before].Is("of") && before > 0 && IsInstead(tokens[before - 1]))))
            return true;
        var after = at + 1;
        while (after < tokens.Count && tokens[after].Lower is "parameter" or "field" or "argument" or "value")
            after++;
        if (after >= tokens.Count || Array.IndexOf(_verbs, tokens[after].Lower) < 0)
            return false;
        var isCondition = before >= 0 && Array.IndexOf(_conditions, tokens[before].Lower) >= 0;
        return !isCondition || (after + 1 < tokens.Count && Array.IndexOf(_absences, tokens[after + 1].Lower) >= 0);
    }
}
