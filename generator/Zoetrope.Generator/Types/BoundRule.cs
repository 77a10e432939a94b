using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Types;

/// <summary>A rule between properties, or a limit that no constraint of one property expresses.</summary>
/// <param name="Rule">The rule, without its location.</param>
internal sealed record BoundRule(ParameterRule Rule)
{
    /// <summary>What it asks.</summary>
    public ParameterRuleKind Kind => Rule.Kind;

    /// <summary>The JSON names of the properties that it is between.</summary>
    public EquatableArray<string> Properties => Rule.Parameters;

    /// <summary>The JSON names of all properties of the object that it needs.</summary>
    public IEnumerable<string> AllProperties => (Rule.Owner is { } owner ? (IEnumerable<string>)[owner] : Rule.Parameters)
        .Concat(Rule.When.Concat(Rule.Then).Select(condition => condition.Parameter)).Distinct();

    /// <summary>What is the same for rules that ask the same, in whatever words and order.</summary>
    public string Key => Rule.Key;
}
