using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.Rules;

/// <summary>An example of a form: a sentence at a member, and the rule that it gives.</summary>
/// <param name="Member">The member of the sample object that has the sentence.</param>
/// <param name="Sentence">The sentence.</param>
/// <param name="Formula">The rule, as <see cref="ParameterRule.Formula"/> writes it.</param>
public sealed record RuleExample(string Member, string Sentence, string Formula);

/// <summary>A form of sentence that states a rule: a row of <see cref="RuleForms.All"/>.</summary>
public sealed class RuleForm
{
    private readonly Func<RuleFinding, ParameterRule?> _build;

    internal RuleForm(string name, string pattern, Func<RuleFinding, ParameterRule?> build, params RuleExample[] examples)
    {
        Name = name;
        Text = pattern;
        _build = build;
        Examples = examples;
        Pattern = RulePattern.Of(RuleForms.Expand(pattern));
    }

    /// <summary>What the form says, in a few words.</summary>
    public string Name { get; }

    /// <summary>The pattern as the table has it.</summary>
    public string Text { get; }

    /// <summary>Sentences of the form, with their rules.</summary>
    public IReadOnlyList<RuleExample> Examples { get; }

    /// <summary>Whether the words are soft: the rule is a warning.</summary>
    public bool IsSoft { get; init; }

    /// <summary>Whether the form itself is about a condition; others are not enforced where the sentence has one.</summary>
    public bool HasCondition { get; init; }

    /// <summary>Whether it is stated at a member of the items and concerns the list.</summary>
    public bool IsOfItems { get; init; }

    internal RulePattern Pattern { get; }

    /// <summary>The rule that a match states, or null where the words mean something else here.</summary>
    internal ParameterRule? Build(RuleFinding finding) => _build(finding);
}
