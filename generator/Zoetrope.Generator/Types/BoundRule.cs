using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Types;

/// <summary>A rule between properties.</summary>
/// <param name="Kind">What it asks.</param>
/// <param name="Properties">The JSON names of the properties.</param>
internal sealed record BoundRule(ParameterRuleKind Kind, EquatableArray<string> Properties);
