namespace Zoetrope.Specs.Model;

/// <summary>A rule between parameters that a document states in words.</summary>
/// <param name="Kind">What it asks.</param>
/// <param name="Parameters">The parameters, in the order in which the sentence names them.</param>
/// <param name="Text">The sentence.</param>
/// <param name="Pointer">Its location (see <see cref="Schema.Pointer"/>).</param>
public sealed record ParameterRule(ParameterRuleKind Kind, EquatableArray<string> Parameters, string Text, string Pointer);
