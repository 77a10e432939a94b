using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Types;

/// <summary>A value that has one of several forms.</summary>
internal sealed record BoundUnion
{
    public required string Name { get; init; }

    /// <summary>What it is called in the lock file.</summary>
    public required string Key { get; init; }

    public required ObjectRole Role { get; init; }

    public string Summary { get; init; } = "";

    /// <summary>The alternatives that have a C# form, in the order in which JSON is held against them.</summary>
    public required EquatableArray<BoundAlternative> Alternatives { get; init; }

    /// <summary>The alternatives that objects without the discriminator are compared with, in this order.</summary>
    public EquatableArray<BoundRetry> Retries { get; init; }

    /// <summary>The member without which any object is valid, because it may be one of several alternatives; null where there is no such member.</summary>
    public DiscriminatorMatch? OpenWithout { get; init; }

    /// <summary>What is valid although it is none of the alternatives, or cannot be recognized as one.</summary>
    public RawKinds Raw { get; init; }

    /// <summary>Whether null is valid where it is held by a list or a map; properties see to null themselves.</summary>
    public bool Nullable { get; init; }
}

/// <summary>The kinds of JSON that are valid in a union although it stays raw.</summary>
[Flags]
internal enum RawKinds
{
    None = 0,
    Objects = 1,
    Arrays = 2,
    Any = 4,
}

/// <summary>One form of a union.</summary>
internal sealed record BoundAlternative
{
    /// <summary>What it is called in the names of members.</summary>
    public required string Name { get; init; }

    public required TypeRef Type { get; init; }

    public Constraints Checks { get; init; } = Constraints.None;

    /// <summary>The same for what it holds.</summary>
    public Constraints ItemChecks { get; init; } = Constraints.None;

    /// <summary>Whether JSON identifies this alternative; otherwise only the user can say.</summary>
    public bool IsRecognized { get; init; } = true;

    /// <summary>The members that distinguish an object from the other objects; none where it is the only one.</summary>
    public EquatableArray<DiscriminatorMatch> Tests { get; init; }
}

/// <summary>A second way to recognize an alternative.</summary>
/// <param name="Alternative">The name of the alternative.</param>
/// <param name="Tests">What an object must have, and what it must not.</param>
internal sealed record BoundRetry(string Alternative, EquatableArray<DiscriminatorMatch> Tests);

/// <summary>A member that an object must have to be taken for an alternative.</summary>
/// <param name="Name">Its JSON name.</param>
/// <param name="Values">The texts, numbers (in digits) and booleans of which it must be one; none where any value does.</param>
/// <param name="IsAbsent">Whether it must not be there instead.</param>
/// <param name="OrNull">Whether it may be null too, where it must not be there.</param>
internal sealed record DiscriminatorMatch(string Name, EquatableArray<JsonLiteral> Values, bool IsAbsent = false, bool OrNull = false);
