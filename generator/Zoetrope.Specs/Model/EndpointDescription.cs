namespace Zoetrope.Specs.Model;

/// <summary>One model endpoint as one document describes it.</summary>
public sealed record EndpointDescription
{
    /// <summary>The provider: <c>fal</c> or <c>eachlabs</c>.</summary>
    public required string Provider { get; init; }

    /// <summary>The provider's id of the endpoint, such as <c>fal-ai/kling-video/o3/pro/image-to-video</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The name of the client that is generated with the endpoint, without its namespace; null where a package has the client.</summary>
    public string? Client { get; init; }

    /// <summary>The name of the model as a title.</summary>
    public string? Title { get; init; }

    /// <summary>What the model does.</summary>
    public string? Description { get; init; }

    /// <summary>The provider's category, such as <c>image-to-video</c>.</summary>
    public string? Category { get; init; }

    /// <summary>Eachlabs: <c>active</c> or another status of the model.</summary>
    public string? Status { get; init; }

    /// <summary>Whether the document says that the model is deprecated, or that it is not; null where it says neither.</summary>
    public bool? Deprecated { get; init; }

    /// <summary>What extensions of the document say of that, such as what replaces the model; null where they say nothing.</summary>
    public string? DeprecationNote { get; init; }

    /// <summary>Eachlabs: <c>video</c>, <c>image</c>, <c>array</c>, <c>audio</c> or <c>object</c>.</summary>
    public string? OutputType { get; init; }

    /// <summary>The page of the model: with Eachlabs the branded URL, with fal the documentation, or else the playground.</summary>
    public string? PageUrl { get; init; }

    /// <summary>How long a job usually takes, in seconds.</summary>
    public int? EstimatedSeconds { get; init; }

    /// <summary>The price in the page's words.</summary>
    public string? Pricing { get; init; }

    /// <summary>The price as rules on the input; null where the page has no table of them.</summary>
    public PriceTable? Prices { get; init; }

    /// <summary>What the endpoint takes: an object schema. Null when the document does not hold it (a cut page).</summary>
    public Schema? Input { get; init; }

    /// <summary>What the endpoint gives. Null when the document does not hold it.</summary>
    public Schema? Output { get; init; }

    /// <summary>The schemas that <see cref="Input"/> and <see cref="Output"/> refer to by name.</summary>
    public EquatableArray<NamedSchema> Schemas { get; init; }

    /// <summary>What is made of rules that the document states in words.</summary>
    public RuleMode Rules { get; init; }

    /// <summary>A request with the required parameters, if the page shows one.</summary>
    public JsonLiteral? RequiredExample { get; init; }

    /// <summary>A full request, if the page shows one.</summary>
    public JsonLiteral? RequestExample { get; init; }

    /// <summary>An example result, if the page shows one.</summary>
    public JsonLiteral? ResponseExample { get; init; }

    /// <summary>What the page says about the service around the model.</summary>
    public ServiceFacts Service { get; init; } = new();
}
