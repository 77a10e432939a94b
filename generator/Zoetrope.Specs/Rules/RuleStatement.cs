using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.Rules;

/// <summary>What becomes of a sentence that states a rule, or looks like it.</summary>
public enum RuleOutcome
{
    /// <summary>Requests that break it are refused.</summary>
    Enforced,

    /// <summary>Requests that break it are warned about.</summary>
    Advice,

    /// <summary>The schema says the same.</summary>
    InSchema,

    /// <summary>It is not enforced.</summary>
    NotEnforced,
}

/// <summary>A sentence that states a rule, or looks like it.</summary>
/// <param name="Member">The member whose description it is in.</param>
/// <param name="Text">The sentence.</param>
/// <param name="Pointer">The location of the member.</param>
/// <param name="Outcome">What becomes of it.</param>
/// <param name="Rule">The rule; null where the words were not understood.</param>
/// <param name="Reason">Why it is not enforced; empty where it is.</param>
public sealed record RuleStatement(string Member, string Text, string Pointer, RuleOutcome Outcome, ParameterRule? Rule, string Reason = "");
