using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Diagnostics;

/// <summary>The outcome of a step that can find problems.</summary>
/// <param name="Value">What it made; null when it could not.</param>
/// <param name="Problems">What it found.</param>
internal sealed record Outcome<T>(T? Value, EquatableArray<PlacedProblem> Problems)
    where T : class, IEquatable<T>;
