using Zoetrope.Specs.Json;
using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.Rules;

/// <summary>Finds the rules that the descriptions of an object's members state in words.</summary>
public sealed class RuleReader
{
    private readonly RuleObject _owner;
    private readonly RuleMode _mode;
    private readonly RuleSafety _safety;
    private readonly List<RuleStatement> _statements = [];
    private readonly List<(int Start, RuleStatement Statement)> _found = [];

    private RuleReader(Schema schema, Func<string, Schema?> find, Func<IReadOnlyList<JsonNode>> examples, RuleMode mode)
    {
        _owner = new RuleObject(schema, find);
        _mode = mode;
        _safety = new RuleSafety(_owner, examples);
    }

    /// <summary>Finds the sentences that state rules, or look like it, in the order of the members.</summary>
    /// <param name="schema">The object.</param>
    /// <param name="find">The schema of a name, or null.</param>
    /// <param name="examples">Examples of the object in the document, which are only read where a rule may be stated.</param>
    /// <param name="mode">What is made of them.</param>
    public static EquatableArray<RuleStatement> Read(
        Schema schema, Func<string, Schema?> find, Func<IReadOnlyList<JsonNode>> examples, RuleMode mode = RuleMode.Safe)
    {
        var first = mode == RuleMode.Off ? -1 : FirstStating(schema, find);
        if (first < 0)
            return default;
        var reader = new RuleReader(schema, find, examples, mode);
        // A name that is there twice is one member.
        var silent = reader._owner.Members.Count == schema.Properties.Count ? first : 0;
        foreach (var member in reader._owner.Members)
        {
            if (silent-- > 0)
                continue;
            reader.Read(member, list: null);
            if (member is { IsList: true, Inside: { } inside })
            {
                foreach (var inner in inside.Members)
                    reader.Read(inner, member);
            }
        }
        return RuleConflicts.Settle(reader._statements, reader._owner, reader._safety.TakeBacks).ToEquatableArray();
    }

    /// <summary>The first property whose descriptions may state a rule, which costs little to see; negative where there is none.</summary>
    private static int FirstStating(Schema schema, Func<string, Schema?> find)
    {
        for (var i = 0; i < schema.Properties.Count; i++)
        {
            if (MayState(schema.Properties[i].Schema))
                return i;
            foreach (var items in RuleMember.ItemsOf(schema.Properties[i].Schema, find))
            {
                foreach (var inner in items.Properties)
                {
                    if (MayState(inner.Schema))
                        return i;
                }
            }
        }
        return -1;
    }

    private static bool MayState(Schema schema) => schema.Description is { } description && RuleTriggers.Of(description).May;

    /// <summary>The rules of an endpoint's request that requests must not break.</summary>
    /// <param name="endpoint">The endpoint.</param>
    public static IReadOnlyList<ParameterRule> RulesOf(EndpointDescription endpoint)
    {
        if (endpoint.Input is not { } input)
            return [];
        var named = new Dictionary<string, Schema>(StringComparer.Ordinal);
        foreach (var schema in endpoint.Schemas)
            named[schema.Name] = schema.Schema;
        return
        [
            .. input.Rules,
            .. Read(input, name => named.TryGetValue(name, out var schema) ? schema : null, Examples, endpoint.Rules)
                .Where(statement => statement.Outcome == RuleOutcome.Enforced).Select(statement => statement.Rule!).GroupBy(rule => rule.Key)
                .Select(same => same.First()),
        ];

        IReadOnlyList<JsonNode> Examples() =>
        [
            .. new[] { endpoint.RequiredExample, endpoint.RequestExample }.OfType<JsonLiteral>().Concat(input.Examples)
                .Select(example => JsonTree.Parse(example.Json).Root).Where(example => example.IsObject),
        ];
    }

    private void Read(RuleMember member, RuleMember? list)
    {
        if (member.Description is not { Length: > 0 } description || RuleTriggers.Of(description) is not { May: true } clues)
            return;
        var sentences = member.Sentences;
        foreach (var sentence in sentences)
        {
            // Most sentences state nothing that a form is about.
            var own = sentences.Count == 1 ? clues : RuleTriggers.Of(sentence.Text);
            if (own.May)
                Read(member, list, sentence, own.Rows);
        }
    }

    private void Read(RuleMember member, RuleMember? list, RuleSentence sentence, RuleRows rows)
    {
        var tokens = sentence.Tokens;
        var matches = Matches(member, list, sentence, rows);
        var looksLikeRule = list is null && RuleTriggers.LooksLikeRule(tokens);
        if (matches.Count == 0 && !looksLikeRule)
            return;
        var isAdvice = RuleClauses.IsAdvice(tokens, isOfClause: false) || RuleClauses.IsAdvice(RuleTokens.Of(sentence.Heading));
        // What is only advised is not a rule at all.
        if (!isAdvice)
        {
            foreach (var (form, finding, rule) in matches.Where(match => !IsAdvice(match.Form, match.Finding)))
                Add(sentence, form, finding, rule, Stated(matches, finding, tokens.Count));
        }
        var isSilent = _found.Count == 0;
        // In the order of the words, whichever form came first.
        _statements.AddRange(_found.OrderBy(one => one.Start).Select(one => one.Statement));
        _found.Clear();
        if (isSilent && looksLikeRule)
            _statements.Add(new(member.Name, sentence.Text, member.Pointer, RuleOutcome.NotEnforced, null, "no form of it is known"));
    }

    /// <summary>What matches, in the order of the table.</summary>
    /// <param name="member">The member that has the sentence.</param>
    /// <param name="list">The list of whose items it is a member, or null.</param>
    /// <param name="sentence">The sentence.</param>
    /// <param name="rows">The rows whose words the sentence has.</param>
    private List<(RuleForm Form, RuleFinding Finding, ParameterRule? Rule)> Matches(
        RuleMember member, RuleMember? list, RuleSentence sentence, RuleRows rows)
    {
        var matches = new List<(RuleForm, RuleFinding, ParameterRule?)>();
        if (rows.IsEmpty)
            return matches;
        var tokens = sentence.Tokens;
        var (starts, all) = (new RuleRows[tokens.Count], default(RuleRows));
        for (var at = 0; at < starts.Length; at++)
        {
            starts[at] = RuleForms.StartingWith(tokens[at], isFirst: at == 0) & rows;
            all |= starts[at];
        }
        var matching = new RuleMatching(tokens, _owner.IsName);
        var taken = new bool[tokens.Count];
        for (var row = 0; row < RuleForms.All.Count; row++)
        {
            if (!all.Has(row) || (list is not null && !RuleForms.All[row].IsOfItems))
                continue;
            for (var at = 0; at < starts.Length; at++)
            {
                if (starts[at].Has(row) && !taken[at])
                    Match(RuleForms.All[row], at);
            }
        }
        return matches;

        void Match(RuleForm form, int at)
        {
            var match = form.Pattern.Match(matching, at);
            if (match is null || RuleClauses.IsExample(match) || Array.IndexOf(taken, true, match.Start, match.End - match.Start) >= 0)
                return;
            var finding = new RuleFinding(_owner, member, match, sentence.Text, list);
            var rule = form.Build(finding);
            if (rule is null && finding.Reason is null)
                return;
            for (var i = match.Start; i < match.End; i++)
                taken[i] = true;
            matches.Add((form, finding, rule));
        }
    }

    /// <summary>The tokens that state a rule: those of the match, and of others that have no condition.</summary>
    private static bool[] Stated(List<(RuleForm Form, RuleFinding Finding, ParameterRule? Rule)> matches, RuleFinding own, int count)
    {
        var stated = new bool[count];
        foreach (var (form, finding, rule) in matches)
        {
            if (finding != own && (form.HasCondition || rule is null || finding.Reason is not null))
                continue;
            for (var i = finding.Captures.Start; i < finding.Captures.End; i++)
                stated[i] = true;
        }
        return stated;
    }

    private void Add(RuleSentence sentence, RuleForm form, RuleFinding finding, ParameterRule? rule, bool[] stated)
    {
        // A name that does not exist among others that do takes nothing from a rule that is about each pair.
        var isPartial = rule?.Kind == ParameterRuleKind.Excludes && !finding.IsDoubtful;
        var reason = rule is null || (finding.Reason is not null && !isPartial) ? finding.Reason
            : !form.HasCondition && RuleClauses.HasCondition(finding.Captures) ? "it has a condition that is not understood" : null;
        if (reason is not null)
        {
            _found.Add((finding.Captures.Start, Statement(finding, RuleOutcome.NotEnforced, rule, reason)));
            return;
        }
        foreach (var one in finding.More.Prepend(rule!))
            AddRule(sentence, form, finding, one, stated);
    }

    private void AddRule(RuleSentence sentence, RuleForm form, RuleFinding finding, ParameterRule rule, bool[] tokens)
    {
        var beside = RuleGate.Problem(finding, rule, tokens, sentence);
        var isSoft = IsSoft(form, finding);
        var isInSchema = _safety.IsInSchema(rule);
        var problem = isInSchema ? null : _safety.Problem(ref rule, finding.Self, isSoft && _mode == RuleMode.Safe);
        // Words beside a list of formats may go on with it.
        if (!isSoft || rule.File is { Formats.Count: > 0 })
            problem ??= beside;
        var outcome = isInSchema ? RuleOutcome.InSchema
            : problem is not null ? RuleOutcome.NotEnforced
            : isSoft && (_mode == RuleMode.Safe || beside is not null) ? RuleOutcome.Advice : RuleOutcome.Enforced;
        var stated = Statement(finding, outcome, rule with { IsAdvice = outcome == RuleOutcome.Advice }, isInSchema ? "" : problem ?? "");
        _found.Add((finding.Captures.Start, stated));
    }

    private static bool IsSoft(RuleForm form, RuleFinding finding) => form.IsSoft || finding.IsSoft || RuleClauses.IsSoft(finding.Captures);

    /// <summary>Whether the clause of a match only advises. Of soft words the whole sentence counts, as nothing else in it is looked at.</summary>
    private static bool IsAdvice(RuleForm form, RuleFinding finding) =>
        RuleClauses.IsAdvice(finding.Captures) || (IsSoft(form, finding) && RuleClauses.IsAdvice(finding.Captures.Tokens));

    private static RuleStatement Statement(RuleFinding finding, RuleOutcome outcome, ParameterRule? rule, string reason) =>
        new(finding.Self.Name, finding.Sentence, finding.Self.Pointer, outcome, rule, reason);
}
