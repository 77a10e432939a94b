using Zoetrope.Generator.Diagnostics;
using Zoetrope.Generator.Text;
using Zoetrope.Specs.Json;
using Zoetrope.Specs.Model;
using Zoetrope.Specs.Rules;

namespace Zoetrope.Generator.Types;

/// <summary>Turns the rules that descriptions state in words into constraints of properties and rules between them; the rest is reported.</summary>
internal sealed class RuleBinder(BinderContext context)
{
    private const int LongestSentence = 240;

    private List<JsonNode>? _objects;

    /// <summary>The rules of an object. Limits of one property become its constraints.</summary>
    /// <param name="pending">The object.</param>
    /// <param name="properties">Its properties, which are changed.</param>
    public EquatableArray<BoundRule> Bind(PendingObject pending, List<BoundProperty> properties)
    {
        var rules = new List<BoundRule>();
        foreach (var rule in pending.Schema.Rules)
            Add(rule);
        foreach (var statement in RuleReader.Read(pending.Schema, context.Scope.Find, () => ExamplesOf(pending), context.Scope.Rules))
        {
            if (statement.Outcome == RuleOutcome.NotEnforced)
                Report(statement, statement.Reason);
            else if (statement.Outcome != RuleOutcome.InSchema)
                Enforce(statement);
        }
        return rules.ToEquatableArray();

        BoundProperty? Find(string name) => properties.Find(property => property.JsonName == name);

        void Enforce(RuleStatement statement)
        {
            if (RuleRanges.Enforceable(statement.Rule!, Find, out var reason) is not { } rule)
                Report(statement, reason);
            else if (!TryLimit(rule, properties) && !Add(rule))
                Report(statement, "its members have types for which it cannot be validated");
        }

        bool Add(ParameterRule rule)
        {
            var bound = new BoundRule(rule with { Pointer = "", Text = DocumentText.Shorten(rule.Text, LongestSentence) });
            if (!BoundRuleTypes.Fit(bound, Find))
                return false;
            if (!rules.Exists(other => other.Key == bound.Key))
                rules.Add(bound);
            return true;
        }
    }

    /// <summary>A limit of one property as its constraint; false where it is none, or only advice.</summary>
    private static bool TryLimit(ParameterRule rule, List<BoundProperty> properties)
    {
        var isFile = rule.Kind == ParameterRuleKind.File;
        if ((!rule.IsLimit && !isFile) || rule.IsAdvice || rule.When.Count > 0 || rule.Range.Remainder != 0)
            return false;
        var index = properties.FindIndex(property => property.JsonName == rule.Parameters[0]);
        if (index < 0 || RuleConstraints.Of(properties[index], rule) is not { } limited)
            return false;
        properties[index] = limited;
        return true;
    }

    private void Report(RuleStatement statement, string reason)
    {
        var kind = context.Scope.Rules == RuleMode.Strict ? GeneratorProblems.RuleNotEnforcedStrictly : GeneratorProblems.RuleNotEnforced;
        context.Report(kind, statement.Pointer + "/description", DocumentText.Shorten(statement.Text, LongestSentence), statement.Member, reason);
    }

    /// <summary>The objects in the documents' examples that have the members of an object, and no others.</summary>
    private List<JsonNode> ExamplesOf(PendingObject pending)
    {
        var own = pending.Schema.Examples.Select(example => JsonTree.Parse(example.Json).Root).Where(node => node.IsObject).ToList();
        if (context.Scope.Examples.Count == 0)
            return own;
        if (_objects is null)
        {
            _objects = [];
            foreach (var example in context.Scope.Examples)
                Collect(JsonTree.Parse(example.Json).Root, _objects);
        }
        var names = new HashSet<string>(pending.Schema.Properties.Select(property => property.Name), StringComparer.Ordinal);
        own.AddRange(_objects.Where(node => IsOf(node, names)));
        return own;
    }

    private static bool IsOf(JsonNode node, HashSet<string> names)
    {
        foreach (var member in node)
        {
            if (!names.Contains(member.Name))
                return false;
        }
        return node.Count > 0;
    }

    private static void Collect(JsonNode node, List<JsonNode> objects)
    {
        if (node.IsObject)
            objects.Add(node);
        if (!node.IsObject && !node.IsArray)
            return;
        foreach (var child in node)
            Collect(child, objects);
    }
}
