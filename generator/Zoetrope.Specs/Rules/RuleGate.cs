using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.Rules;

/// <summary>
/// Decides by what is beside a match whether the sentence states the rule and nothing that changes it. It is closed by default: a word that is not known to
/// be harmless keeps the rule from being enforced.
/// </summary>
internal sealed class RuleGate
{
    private static readonly HashSet<string> _edges = new(StringComparer.Ordinal) { ",", "(", ")", ";" };

    private readonly RuleFinding _finding;
    private readonly ParameterRule _rule;
    private readonly List<RuleToken> _tokens;
    private readonly HashSet<string> _units;
    private readonly bool _isLimit;
    private readonly RuleDescription _description;

    private RuleGate(RuleFinding finding, ParameterRule rule)
    {
        _finding = finding;
        _rule = rule;
        _tokens = finding.Captures.Tokens;
        _units = RuleVocabulary.UnitsOf(rule);
        _description = new(finding, IsOwn);
        _isLimit = rule.IsLimit || rule.Kind is ParameterRuleKind.File or ParameterRuleKind.Sides or ParameterRuleKind.Area or ParameterRuleKind.Aspect
            or ParameterRuleKind.Sum or ParameterRuleKind.TotalCount or ParameterRuleKind.ItemsWith;
    }

    /// <summary>What is beside the match that may change its meaning, as a reason; null where nothing does.</summary>
    /// <param name="finding">The match.</param>
    /// <param name="rule">Its rule.</param>
    /// <param name="isStated">Which tokens belong to a rule: those of this match and of others.</param>
    /// <param name="sentence">The sentence with its heading.</param>
    public static string? Problem(RuleFinding finding, ParameterRule rule, bool[] isStated, RuleSentence sentence)
    {
        var gate = new RuleGate(finding, rule);
        return gate.HeadingProblem(sentence) ?? gate.InsideProblem() ?? gate.BesideProblem(isStated);
    }

    private static string Beside(string text) => $"'{text}' beside it may change what it means";

    private string? HeadingProblem(RuleSentence sentence)
    {
        var strange = RuleTokens.Of(sentence.Heading).Find(token => !IsNeutral(token) && !(IsWord(token) && RuleVocabulary.Heading.Contains(token.Lower)));
        if (strange is not null)
            return $"it is under the heading '{sentence.Heading}'";
        var other = RuleTokens.Of(sentence.Others).Find(token => token.Kind is RuleTokenKind.Word or RuleTokenKind.Symbol
            && !IsNeutral(token) && !IsOwn(token) && !IsOtherLimit(token) && !IsKnown(token, RuleVocabulary.BesidePresence) && !token.Is("and"));
        return other is null ? null : Beside(sentence.Others);
    }

    /// <summary>Words of the match itself that are about something else than the rule.</summary>
    private string? InsideProblem()
    {
        foreach (var noun in _finding.Captures["noun"].Concat(_finding.Captures["noun2"]))
        {
            var word = RuleWords.Singular(noun.Lower);
            if (!(word is "video" or "second" or "s" or "clip" or "generation" or "image" or "number" or "of" || IsOfRule(word) || IsNeutral(noun)))
                return Beside(noun.Text);
        }
        // "Duration must be between 2 and 5" is not about the number of items.
        if (!_rule.IsLimit)
            return null;
        for (var i = _finding.Captures.Start; i < _finding.Captures.End; i++)
        {
            if (_tokens[i].Lower is "duration" or "size" or "length" && !_units.Contains(_tokens[i].Lower) && !IsOwn(_tokens[i]))
                return Beside(_tokens[i].Text);
        }
        return null;
    }

    private string? BesideProblem(bool[] isStated)
    {
        var (start, end) = (_finding.Captures.Start, _finding.Captures.End);
        while (start > 0 && !IsEdge(start - 1, isStated))
            start--;
        while (end < _tokens.Count && !IsEdge(end, isStated))
            end++;
        if (MainProblem(start, end, isStated) is { } problem)
            return problem;
        var isInParentheses = start > 0 && _tokens[start - 1].Is("(") && end < _tokens.Count && _tokens[end].Is(")");
        foreach (var (from, to) in Parts(isStated).Where(part => part.To <= start || part.From >= end))
        {
            var isBefore = to <= start;
            // The description of the member comes first, and may go on behind what is in parentheses.
            var canDescribe = isBefore ? from == 0 : isInParentheses && from == end + 1 && to == _tokens.Count && StartsPurpose(from);
            if (!IsHarmless(from, to) && !IsWithOther(from, to, isStated)
                && !(canDescribe && _description.Describes(_tokens.GetRange(from, to - from), mustName: isBefore)))
                return Beside(string.Join(" ", _tokens.GetRange(from, to - from).Select(token => token.Text)));
        }
        return null;
    }

    /// <summary>The part of the sentence that has the match: word for word.</summary>
    private string? MainProblem(int start, int end, bool[] isStated)
    {
        var known = (bool[])isStated.Clone();
        foreach (var phrase in RuleVocabulary.Phrases)
            MarkPhrase(phrase, start, end, known);
        MarkOwnPhrase(start, end, known);
        for (var i = start; i < end; i++)
        {
            if (!known[i] && !IsOfContainer(i, start) && !(i < _finding.Captures.Start ? IsBefore(_tokens[i]) : IsBehind(_tokens[i])))
                return Beside(_tokens[i].Text);
        }
        // "Reference images" are those of the member of that name, where there is one.
        var words = _tokens.GetRange(start, end - start).Where((token, i) => !isStated[start + i] && IsWord(token)
            && (_rule.Kind == ParameterRuleKind.Count || !_units.Contains(token.Lower))).ToList();
        return (_rule.IsLimit || _rule.Kind == ParameterRuleKind.File) && _description.NamesAnother(words)
            ? Beside(string.Join(" ", words.Select(token => token.Text)))
            : null;
    }

    /// <summary>"The number of images must be …", "list of 2 to 4 images", "a string of at most 100 characters".</summary>
    private bool IsOfContainer(int at, int start) => at > start && at < _finding.Captures.Start && _tokens[at].Is("of") && at - 1 is var before
        && (_rule.Kind == ParameterRuleKind.Count ? _tokens[before].Lower is "number" or "list" or "array" or "set"
            : _rule.Kind == ParameterRuleKind.Length && (_tokens[before].Is("string") || _tokens[before].Is("text")));

    private bool IsBefore(RuleToken token) =>
        IsNeutral(token) || IsOwn(token) || IsKnown(token, _isLimit ? RuleVocabulary.BeforeLimit : RuleVocabulary.BesidePresence)
        || (_isLimit && IsKnown(token, _units)) || (_rule.Kind == ParameterRuleKind.ItemLength && token.Lower is "each" or "every")
        || (_rule.Kind == ParameterRuleKind.Count && token.Lower is "provide" or "requires") || (_rule.Kind == ParameterRuleKind.Sides && token.Is("both"));

    private bool IsBehind(RuleToken token) => token.Is("each") ? _finding.Self.IsList
        : IsNeutral(token) || IsOwn(token) || (_isLimit ? IsKnown(token, RuleVocabulary.BehindLimit) || (IsWord(token) && _units.Contains(token.Lower))
            : IsKnown(token, RuleVocabulary.BesidePresence));

    private void MarkPhrase(string[] phrase, int start, int end, bool[] known)
    {
        for (var i = start; i + phrase.Length <= end; i++)
        {
            var length = 0;
            while (length < phrase.Length && !known[i + length] && _tokens[i + length].Is(phrase[length]))
                length++;
            for (var k = 0; length == phrase.Length && k < length; k++)
                known[i + k] = true;
        }
    }

    /// <summary>"Per image" at images, and "per request" where items are counted.</summary>
    private void MarkOwnPhrase(int start, int end, bool[] known)
    {
        for (var i = Math.Max(start, _finding.Captures.End); i + 1 < end; i++)
        {
            var isPer = _tokens[i].Is("per") && (_rule.Kind is ParameterRuleKind.Count or ParameterRuleKind.Length or ParameterRuleKind.Value
                ? _tokens[i + 1].Lower is "request" or "task" or "call" or "generation"
                : _rule.Kind is ParameterRuleKind.File or ParameterRuleKind.ItemLength && IsOwn(_tokens[i + 1]));
            if (isPer)
                known[i] = known[i + 1] = true;
        }
    }

    /// <summary>The other parts of the sentence, between commas, parentheses and "and".</summary>
    private IEnumerable<(int From, int To)> Parts(bool[] isStated)
    {
        for (var from = 0; from < _tokens.Count;)
        {
            if (isStated[from] || IsEdge(from, isStated))
            {
                from++;
                continue;
            }
            var to = from;
            while (to < _tokens.Count && !isStated[to] && !IsEdge(to, isStated))
                to++;
            yield return (from, to);
            from = to;
        }
    }

    private bool IsEdge(int at, bool[] isStated) =>
        !isStated[at] && !_tokens[at].IsQuoted && (_edges.Contains(_tokens[at].Lower) || _tokens[at].Lower == "and");

    /// <summary>Whether a part says nothing, states another limit, or gives numbers as examples.</summary>
    private bool IsHarmless(int from, int to)
    {
        if (IsInOtherUnit(from, to) || IsNotEmpty(from, to))
            return true;
        if (_tokens[from].Is("e.g") && _tokens.GetRange(from + 1, to - from - 1).TrueForAll(token => token.Number is not null))
            return true;
        for (var i = from; i < to; i++)
        {
            var token = _tokens[i];
            if (token.Number is not null && !token.IsQuoted && token.Kind != RuleTokenKind.Word)
            {
                if (!IsExample(from) && !IsLimitNumber(i, from, to))
                    return false;
            }
            else if (!IsNeutral(token) && !IsOwn(token) && !IsOtherLimit(token) && !IsOfText(token, from > 0 && _tokens[from - 1].Is("(")))
                return false;
        }
        return true;
    }

    /// <summary>"(about 300 words)".</summary>
    private bool IsInOtherUnit(int from, int to) => _rule.Kind == ParameterRuleKind.Length && to - from == 3
        && _tokens[from].Lower is "about" or "around" or "approximately" or "roughly" or "~" && _tokens[from + 1].Number is not null
        && _tokens[from + 2].Lower is "words" or "tokens" or "pages" or "sentences" or "lines";

    /// <summary>"Must not be empty and …".</summary>
    private bool IsNotEmpty(int from, int to) => _rule.Kind == ParameterRuleKind.Length
        && string.Join(" ", _tokens.GetRange(from, to - from).Select(token => token.Lower)) is "must not be empty" or "cannot be empty" or "can't be empty"
            or "must be non-empty";

    /// <summary>Whether a word says in which language or letters a text is, beside its length: "supports Chinese and English".</summary>
    private bool IsOfText(RuleToken token, bool isInParentheses) => _rule.Kind == ParameterRuleKind.Length && IsWord(token)
        && RuleVocabulary.OfTexts.Contains(token.Lower) && !isInParentheses && _tokens.Exists(word => word.Lower is "supports" or "only");

    /// <summary>Whether a part is a number of those that "e.g." begins: ", 9, 17".</summary>
    private bool IsExample(int from)
    {
        var open = _tokens.FindLastIndex(from, token => token.Is("("));
        if (open < 0 || open + 1 >= _tokens.Count || !_tokens[open + 1].Is("e.g"))
            return false;
        var close = _tokens.FindIndex(open, token => token.Is(")"));
        return close > from && _tokens.Skip(open + 2).Take(close - open - 2).All(token => token.Number is not null || token.Is(","));
    }

    /// <summary>Whether a number of another part is one of a limit: "min width: 300", "3-10s duration".</summary>
    private bool IsLimitNumber(int at, int from, int to)
    {
        var words = _tokens.GetRange(from, to - from);
        var isAlone = words.TrueForAll(token => token.Number is not null || _units.Contains(token.Lower) || token.Is("-"));
        return !isAlone && words.Exists(token => token.Number is null && IsOtherLimit(token) && !token.Is("-") && !token.Is("/"));
    }

    /// <summary>"…, with" in front of another rule.</summary>
    private bool IsWithOther(int from, int to, bool[] isStated) => to - from == 1 && _tokens[from].Is("with") && to < _tokens.Count && isStated[to];

    private bool StartsPurpose(int from) => _tokens[from].Is("to") || (_tokens[from].Is("used") && from + 1 < _tokens.Count && _tokens[from + 1].Is("to"));

    private bool IsNeutral(RuleToken token) => IsKnown(token, RuleVocabulary.Neutral);

    private static bool IsWord(RuleToken token) => !token.IsQuoted && token.Kind is RuleTokenKind.Word or RuleTokenKind.Symbol;

    private static bool IsOtherLimit(RuleToken token) => IsWord(token) && RuleVocabulary.OtherLimit.Contains(token.Lower);

    private bool IsKnown(RuleToken token, HashSet<string> words) =>
        IsWord(token) && words.Contains(token.Lower) && (_finding.Object.Find(token.Text) is not { } other || other == _finding.Self);

    /// <summary>Whether a word is of the name of the member that has the sentence, or is the whole of it.</summary>
    private bool IsOwn(RuleToken token)
    {
        if (token.Text == _finding.Self.Name || token.Is("each"))
            return token.Text == _finding.Self.Name;
        var word = RuleWords.Singular(token.Lower);
        return IsWord(token) && (_finding.Self.Words.Contains(word) || _finding.List?.Words.Contains(word) == true
                || (_rule.Inner is { } inner && RuleWords.Of(inner).Contains(word)))
            && (_finding.Object.Find(token.Text) is not { } other || other == _finding.Self);
    }

    private bool IsOfRule(string word) => _rule.When.Concat(_rule.Then).Select(condition => condition.Parameter).Concat(_rule.Parameters)
        .Any(name => RuleWords.Of(name).Contains(word));
}
