namespace Zoetrope.Specs.Model;

/// <summary>What is made of rules that documents state in words.</summary>
public enum RuleMode
{
    /// <summary>
    /// What is surely a rule is enforced, soft words are warnings of the validation, and the rest is reported as information.
    /// </summary>
    Safe,

    /// <summary>As <see cref="Safe"/>, but soft words are enforced too, and what is not enforced is a warning of the build.</summary>
    Strict,

    /// <summary>Sentences are documentation only.</summary>
    Off,
}
