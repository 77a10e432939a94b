namespace Zoetrope.Specs.Model;

/// <summary>The kinds of rule between parameters.</summary>
public enum ParameterRuleKind
{
    /// <summary>"Either a or b must be provided, but not both."</summary>
    ExactlyOne,

    /// <summary>"At least one of a or b must be provided."</summary>
    AtLeastOne,
}
