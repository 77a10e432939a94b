using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Tooling;

/// <summary>What is generated from the documents of a model, for people.</summary>
public sealed record ModelCard
{
    /// <summary>The provider.</summary>
    public required string Provider { get; init; }

    /// <summary>The provider's id of the model.</summary>
    public required string Id { get; init; }

    /// <summary>The C# name of its class.</summary>
    public required string Name { get; init; }

    /// <summary>Its title; null where no document has one.</summary>
    public string? Title { get; init; }

    /// <summary>What it does; null where no document says it.</summary>
    public string? Description { get; init; }

    /// <summary>The provider's category; null where no document has one.</summary>
    public string? Category { get; init; }

    /// <summary>The status of the model; null where no document has one.</summary>
    public string? Status { get; init; }

    /// <summary>What is said of a deprecated model; null where it is none.</summary>
    public string? Deprecation { get; init; }

    /// <summary>How long a job usually takes, in seconds; null where no document says it.</summary>
    public int? EstimatedSeconds { get; init; }

    /// <summary>The price in the page's words; null where it has none.</summary>
    public string? Pricing { get; init; }

    /// <summary>The price rules in the page's words.</summary>
    public EquatableArray<string> PriceRules { get; init; }

    /// <summary>The page of the model; null where no document has it.</summary>
    public string? PageUrl { get; init; }

    /// <summary>The paths of the documents.</summary>
    public EquatableArray<string> Documents { get; init; }

    /// <summary>The rules that are enforced, or of which a request is warned, with the documents' words.</summary>
    public EquatableArray<string> Rules { get; init; }

    /// <summary>The request, the result, and the types inside them, in this order.</summary>
    public EquatableArray<CardType> Types { get; init; }

    /// <summary>The file that is generated.</summary>
    public required string FileName { get; init; }

    /// <summary>Its text.</summary>
    public required string Source { get; init; }

    /// <summary>A request that the documents allow, as JSON; null where none can be made of them.</summary>
    public string? Example { get; init; }
}

/// <summary>A type of a model.</summary>
/// <param name="Name">Its C# name.</param>
/// <param name="Form">What it is: <c>class</c>, <c>enum</c> (a struct of any value that knows the documented ones) or <c>union</c> (a struct too).</param>
/// <param name="Members">The members of a class, and the alternatives of a union.</param>
/// <param name="Values">The values of an enum.</param>
public sealed record CardType(string Name, string Form, EquatableArray<CardMember> Members, EquatableArray<string> Values);

/// <summary>A member of a type.</summary>
/// <param name="Name">Its C# name.</param>
/// <param name="JsonName">Its name in JSON.</param>
/// <param name="Type">Its C# type.</param>
/// <param name="IsRequired">Whether it must be given.</param>
public sealed record CardMember(string Name, string JsonName, string Type, bool IsRequired)
{
    /// <summary>The documented default as JSON; null where there is none.</summary>
    public string? Default { get; init; }

    /// <summary>The values that it can have; none where any value of the type is allowed.</summary>
    public EquatableArray<string> Values { get; init; }

    /// <summary>What is said of a deprecated member; null where it is none.</summary>
    public string? Deprecation { get; init; }

    /// <summary>What it is checked for before it is sent.</summary>
    public EquatableArray<string> Limits { get; init; }

    /// <summary>What it does; null where no document says it.</summary>
    public string? Description { get; init; }
}
