namespace Zoetrope.Generator.Types;

/// <summary>A member of an object.</summary>
internal sealed record BoundProperty
{
    public required string JsonName { get; init; }

    public required string Name { get; init; }

    public required TypeRef Type { get; init; }

    public bool Required { get; init; }

    /// <summary>Whether it is a member of an input that results have too, and may not lack.</summary>
    public bool IsResultToo { get; init; }

    /// <summary>
    /// The only value of a required member or a discriminator, in plain text; it is there without being given. Null where there is a choice.
    /// </summary>
    public string? Constant { get; init; }

    /// <summary>Whether an explicit null is allowed.</summary>
    public bool Nullable { get; init; }

    /// <summary>What it does, with its default and limits.</summary>
    public string Summary { get; init; } = "";

    public Constraints Constraints { get; init; } = Constraints.None;

    /// <summary>The same for the items of a list or a map.</summary>
    public Constraints ItemConstraints { get; init; } = Constraints.None;

    /// <summary>The sample file with which the service works where the member is not given; null where there is none.</summary>
    public string? SampleFile { get; init; }

    /// <summary>What is said of a deprecated member; null where it is none.</summary>
    public string? Deprecation { get; init; }

    /// <summary>The default as JSON, for listings.</summary>
    public string? Default { get; init; }

    /// <summary>The description alone, for listings.</summary>
    public string? Description { get; init; }

    /// <summary>The JSON type, for listings.</summary>
    public string JsonType { get; init; } = "any";

    /// <summary>Where its document describes it.</summary>
    public string Pointer { get; init; } = "";
}
