using Zoetrope.Generator.Types;

namespace Zoetrope.Generator.Endpoints;

/// <summary>One endpoint, ready to be written: every name and type is settled.</summary>
internal sealed record BoundEndpoint
{
    public required string Provider { get; init; }

    public required string Id { get; init; }

    /// <summary>The namespace that holds the endpoint's class.</summary>
    public required string Namespace { get; init; }

    /// <summary>The name of the endpoint's class.</summary>
    public required string Name { get; init; }

    /// <summary>The client that is generated with it, with its namespace and without <c>global::</c>; null where a package has the client.</summary>
    public string? Client { get; init; }

    /// <summary>Whether the class is in a referenced assembly, so that nothing is emitted here.</summary>
    public required bool IsReference { get; init; }

    public required EndpointFacts Facts { get; init; }

    /// <summary>The price rules; null where no document has any.</summary>
    public BoundPrices? Prices { get; init; }

    /// <summary>What the input says about the number of units that a job takes; null where it says nothing, or nothing is asked by it.</summary>
    public BoundMeasure? Measure { get; init; }

    /// <summary>The request, the result, and the types inside them.</summary>
    public required BoundTypes Types { get; init; }

    public BoundObject Request => Types.Objects[0];

    public BoundObject Result => Types.Objects[1];

    /// <summary>The class with its namespace.</summary>
    public string FullName => "global::" + QualifiedName;

    /// <summary>The same without <c>global::</c>.</summary>
    public string QualifiedName => Namespace + "." + Name;
}
