using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.Jobs;

/// <summary>Where a submit has a value besides the input.</summary>
/// <param name="Where"><c>body</c>, <c>query</c> or <c>header</c>.</param>
/// <param name="Name">The name; in a body the names that lead to it.</param>
public sealed record ExtraRule(string Where, EquatableArray<string> Name);
