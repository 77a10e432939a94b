namespace Zoetrope.Specs.Model;

/// <summary>One name assigned so far.</summary>
/// <param name="Key">What is named: <c>{provider}:{endpoint id}</c>, then <c>#/type</c>, <c>#/type/member</c> or <c>#/type/value</c> below it.</param>
/// <param name="Name">The C# name.</param>
public sealed record LockedName(string Key, string Name);
