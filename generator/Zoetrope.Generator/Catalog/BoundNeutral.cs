using Zoetrope.Generator.Endpoints;
using Zoetrope.Generator.Types;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Catalog;

/// <summary>One model of the catalog with the endpoints that it is at each provider.</summary>
/// <param name="Path">The catalog's path.</param>
/// <param name="Model">What the catalog says.</param>
/// <param name="Name">The C# name of its class.</param>
/// <param name="Endpoints">The endpoints that there are documents of, in the catalog's order.</param>
internal sealed record NeutralSource(string Path, CatalogModel Model, string Name, EquatableArray<BoundEndpoint> Endpoints)
{
    /// <summary>What the catalog says of an endpoint.</summary>
    public CatalogEndpoint EntryOf(BoundEndpoint endpoint) => Model.Endpoints.First(one => one.Provider == endpoint.Provider && one.Id == endpoint.Id);

    /// <summary>How a parameter is sent to an endpoint; null where the catalog does not say it.</summary>
    public CatalogParameter? MappingOf(BoundEndpoint endpoint, string name) => EntryOf(endpoint).Parameters.FirstOrDefault(one => one.Name == name);
}

/// <summary>A parameter of a neutral model, as its source describes it.</summary>
/// <param name="Property">The parameter.</param>
/// <param name="Types">The types that it refers to.</param>
/// <param name="IsDeclared">Whether the catalog itself describes it.</param>
internal sealed record NeutralSlot(BoundProperty Property, BoundTypes Types, bool IsDeclared)
{
    public string Name => Property.JsonName;
}

/// <summary>A neutral model, ready to be written.</summary>
internal sealed record BoundNeutral
{
    /// <summary>The neutral request, result and the types inside them, in the form of an endpoint.</summary>
    public required BoundEndpoint Shape { get; init; }

    public required EquatableArray<BoundRoute> Routes { get; init; }
}

/// <summary>How one provider serves a neutral model.</summary>
internal sealed record BoundRoute
{
    /// <summary>The provider.</summary>
    public required string Provider { get; init; }

    /// <summary>The endpoint's id there.</summary>
    public required string EndpointId { get; init; }

    /// <summary>The endpoint's class with its namespace.</summary>
    public required string EndpointClass { get; init; }

    /// <summary>The client that is generated with the endpoint, without <c>global::</c>; null where a package has it.</summary>
    public required string? Client { get; init; }

    /// <summary>How the parameters become the provider's; none where all are sent as they are.</summary>
    public required EquatableArray<BoundStep> Steps { get; init; }

    /// <summary>Where the members of the neutral result are that the provider has somewhere else.</summary>
    public required EquatableArray<BoundResultMember> Result { get; init; }

    /// <summary>The published price; null where none is known.</summary>
    public CatalogPrice? Price { get; init; }
}

/// <summary>Where a member of the neutral result is.</summary>
/// <param name="Name">The member.</param>
/// <param name="Pointer">Its location in the provider's result.</param>
/// <param name="IsSingle">Whether the member is one value, so that the first of several is taken.</param>
/// <param name="IsFile">Whether it is a file, which is an object in the neutral result even where the provider sends its URL alone.</param>
internal sealed record BoundResultMember(string Name, string Pointer, bool IsSingle, bool IsFile);

/// <summary>What a step of a mapping does.</summary>
internal enum StepKind
{
    /// <summary>The parameter is sent as it is, somewhere else.</summary>
    Move,

    /// <summary>Its value is another one at the provider.</summary>
    Values,

    /// <summary>It is sent as text.</summary>
    Text,

    /// <summary>Its digits are sent as a number.</summary>
    Number,

    /// <summary>Each of its items is sent somewhere else.</summary>
    Spread,

    /// <summary>A value is sent with it.</summary>
    With,

    /// <summary>A value is sent when it is not given.</summary>
    Default,

    /// <summary>A value is always sent.</summary>
    Constant,

    /// <summary>The provider does not support the parameter, and is ruled out when it is given.</summary>
    Refuse,

    /// <summary>The provider does not support the parameter, which is omitted with a warning.</summary>
    Omit,
}

/// <summary>A step of a mapping.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="From">The neutral parameter.</param>
/// <param name="To">The locations in the provider's request.</param>
/// <param name="Texts">The text before and after a value; the value as JSON; neutral texts, each followed by the JSON that means it.</param>
internal sealed record BoundStep(StepKind Kind, string From, EquatableArray<string> To, EquatableArray<string> Texts = default);
