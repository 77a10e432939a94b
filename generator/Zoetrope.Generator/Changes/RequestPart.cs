using Zoetrope.Generator.Diagnostics;
using Zoetrope.Generator.Types;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Changes;

/// <summary>A value inside a request, with all that is validated of it.</summary>
internal sealed record RequestPart
{
    /// <summary>Its path from the request, with <c>[]</c> for items, <c>{}</c> for the values of a map and <c>|</c> before an alternative of a union.</summary>
    public required string Path { get; init; }

    /// <summary>The path of what holds it; empty for the request.</summary>
    public required string Parent { get; init; }

    /// <summary>The member in C#, with its namespace.</summary>
    public required string Symbol { get; init; }

    public required TypeRef Type { get; init; }

    public bool IsRequired { get; init; }

    public bool TakesNull { get; init; }

    /// <summary>The value that the service uses where none is given, as JSON; null where it is not known.</summary>
    public string? Default { get; init; }

    public Constraints Constraints { get; init; } = Constraints.None;

    /// <summary>The values that are valid; null where any is.</summary>
    public IReadOnlyList<string>? Values { get; init; }

    /// <summary>The rules of an object that its document states in words.</summary>
    public IReadOnlyList<ParameterRule> Rules { get; init; } = [];

    /// <summary>The alternatives of a union with what identifies them; empty otherwise.</summary>
    public IReadOnlyList<string> Forms { get; init; } = [];

    /// <summary>Where its document describes it.</summary>
    public required SpecLocation At { get; init; }
}
