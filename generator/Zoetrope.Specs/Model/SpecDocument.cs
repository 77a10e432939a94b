namespace Zoetrope.Specs;

/// <summary>The kinds of document, told by content.</summary>
public enum SpecKind
{
    /// <summary>A fal model page (<c>llms.txt</c>, Markdown).</summary>
    FalPage,

    /// <summary>An Eachlabs model page (Markdown, with its line breaks or flattened to one line).</summary>
    EachlabsPage,

    /// <summary>An OpenAPI document in JSON.</summary>
    OpenApi,

    /// <summary><c>catalog.json</c>: which endpoints of different providers are the same model.</summary>
    Catalog,

    /// <summary><c>specs.lock.json</c>: origins, checksums and names assigned so far.</summary>
    Lock,
}

/// <summary>What one document says. Exactly the member that fits <see cref="Kind"/> is set.</summary>
public sealed record SpecDocument
{
    /// <summary>The kind of document.</summary>
    public required SpecKind Kind { get; init; }

    /// <summary>The model endpoint that a page or a per-endpoint OpenAPI document describes.</summary>
    public EndpointDescription? Endpoint { get; init; }

    /// <summary>The operations that an OpenAPI document of a whole API describes.</summary>
    public ApiDescription? Api { get; init; }

    /// <summary>The content of a catalog.</summary>
    public ModelCatalog? Catalog { get; init; }

    /// <summary>The content of a lock file.</summary>
    public SpecLock? Lock { get; init; }
}

/// <summary>One model endpoint as one document describes it.</summary>
public sealed record EndpointDescription
{
    /// <summary>The provider: <c>fal</c> or <c>eachlabs</c>.</summary>
    public required string Provider { get; init; }

    /// <summary>The provider's id of the endpoint, such as <c>fal-ai/kling-video/o3/pro/image-to-video</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The name of the model as a title.</summary>
    public string? Title { get; init; }

    /// <summary>What the model does.</summary>
    public string? Description { get; init; }

    /// <summary>The provider's category, such as <c>image-to-video</c>.</summary>
    public string? Category { get; init; }

    /// <summary>fal: <c>inference</c> or <c>training</c>.</summary>
    public string? Kind { get; init; }

    /// <summary>fal: the tags.</summary>
    public EquatableArray<string> Tags { get; init; }

    /// <summary>Eachlabs: who made the model.</summary>
    public string? Maker { get; init; }

    /// <summary>Eachlabs: <c>active</c> or another status of the model.</summary>
    public string? Status { get; init; }

    /// <summary>Eachlabs: the version of the model.</summary>
    public string? Version { get; init; }

    /// <summary>Eachlabs: <c>video</c>, <c>image</c>, <c>array</c>, <c>audio</c> or <c>object</c>.</summary>
    public string? OutputType { get; init; }

    /// <summary>The page of the model: with Eachlabs the branded URL, with fal the documentation, or else the playground.</summary>
    public string? PageUrl { get; init; }

    /// <summary>Eachlabs: where the model can be tried in a browser.</summary>
    public string? DemoUrl { get; init; }

    /// <summary>How long a job usually takes, in seconds.</summary>
    public int? EstimatedSeconds { get; init; }

    /// <summary>When the page was last changed, as written (<c>2026-06-08</c>).</summary>
    public string? LastUpdated { get; init; }

    /// <summary>The price in the page's words.</summary>
    public string? Pricing { get; init; }

    /// <summary>Eachlabs: what one run costs at least, in the page's words.</summary>
    public string? BaseCost { get; init; }

    /// <summary>What the endpoint takes: an object schema. Null when the document does not hold it (a cut page).</summary>
    public Schema? Input { get; init; }

    /// <summary>What the endpoint gives. Null when the document does not hold it.</summary>
    public Schema? Output { get; init; }

    /// <summary>The schemas that <see cref="Input"/> and <see cref="Output"/> refer to by name.</summary>
    public EquatableArray<NamedSchema> Schemas { get; init; }

    /// <summary>Rules between parameters that the document states in words.</summary>
    public EquatableArray<ParameterRule> Rules { get; init; }

    /// <summary>A request with the required parameters, if the page shows one.</summary>
    public JsonLiteral? RequiredExample { get; init; }

    /// <summary>A full request, if the page shows one.</summary>
    public JsonLiteral? RequestExample { get; init; }

    /// <summary>An example result, if the page shows one.</summary>
    public JsonLiteral? ResponseExample { get; init; }

    /// <summary>Eachlabs: the answer to a finished job as the page sketches it, with a type in words in the place of each value.</summary>
    public JsonLiteral? ResponseSketch { get; init; }

    /// <summary>What the page says about the service around the model.</summary>
    public ServiceFacts Service { get; init; } = new();
}

/// <summary>The kinds of rule between parameters.</summary>
public enum ParameterRuleKind
{
    /// <summary>"Either a or b must be provided, but not both."</summary>
    ExactlyOne,

    /// <summary>"At least one of a or b must be provided."</summary>
    AtLeastOne,
}

/// <summary>A rule between parameters that a document states in words.</summary>
/// <param name="Kind">What it asks.</param>
/// <param name="Parameters">The parameters, in the order in which the sentence names them.</param>
/// <param name="Text">The sentence.</param>
/// <param name="Pointer">Where it stands (see <see cref="Schema.Pointer"/>).</param>
public sealed record ParameterRule(ParameterRuleKind Kind, EquatableArray<string> Parameters, string Text, string Pointer);

/// <summary>What a page says about the service: transport, statuses, errors and limits.</summary>
public sealed record ServiceFacts
{
    /// <summary>The base URL of the API.</summary>
    public string? BaseUrl { get; init; }

    /// <summary>The header that carries the key, such as <c>X-API-Key</c>.</summary>
    public string? AuthHeader { get; init; }

    /// <summary>The statuses of a job and what they mean, in the page's order.</summary>
    public EquatableArray<NamedText> Statuses { get; init; }

    /// <summary>The members of the webhook payload, as an example.</summary>
    public JsonLiteral? WebhookExample { get; init; }

    /// <summary>The words that a webhook's status has.</summary>
    public EquatableArray<string> WebhookStatuses { get; init; }

    /// <summary>How soon a webhook must be answered, in seconds.</summary>
    public int? WebhookSeconds { get; init; }

    /// <summary>The form of an error body, as the page sketches it.</summary>
    public JsonLiteral? ErrorExample { get; init; }

    /// <summary>HTTP codes and what they mean.</summary>
    public EquatableArray<NamedText> Errors { get; init; }

    /// <summary>How many jobs may be created in a minute.</summary>
    public int? CreatesPerMinute { get; init; }

    /// <summary>How many jobs may be in flight at a time.</summary>
    public int? ConcurrentJobs { get; init; }

    /// <summary>Whether data URIs are refused as file inputs.</summary>
    public bool RefusesDataUris { get; init; }

    /// <summary>Whether URLs of this machine (<c>localhost</c>) are refused as file inputs.</summary>
    public bool RefusesLocalUrls { get; init; }

    /// <summary>Whether file inputs must be https URLs.</summary>
    public bool RequiresHttps { get; init; }

    /// <summary>The usage notes, one an item.</summary>
    public EquatableArray<string> Notes { get; init; }
}

/// <summary>A name and what it means.</summary>
/// <param name="Name">The name.</param>
/// <param name="Text">What the page says about it.</param>
public sealed record NamedText(string Name, string Text);

/// <summary><c>catalog.json</c>: models that several providers offer.</summary>
/// <param name="Models">The models, in the document's order.</param>
public sealed record ModelCatalog(EquatableArray<CatalogModel> Models);

/// <summary>One model of the catalog.</summary>
/// <param name="Name">Its neutral name.</param>
/// <param name="Endpoints">Which endpoint it is at each provider, in the order of preference.</param>
/// <param name="Pointer">Where it stands (see <see cref="Schema.Pointer"/>).</param>
public sealed record CatalogModel(string Name, EquatableArray<CatalogEndpoint> Endpoints, string Pointer);

/// <summary>One provider's endpoint for a model of the catalog.</summary>
/// <param name="Provider">The provider.</param>
/// <param name="Id">The endpoint's id there.</param>
public sealed record CatalogEndpoint(string Provider, string Id);

/// <summary><c>specs.lock.json</c>.</summary>
/// <param name="Files">Origin, date and checksum of each vendored file.</param>
/// <param name="Names">Names assigned so far.</param>
public sealed record SpecLock(EquatableArray<LockedFile> Files, EquatableArray<LockedName> Names)
{
    /// <summary>The members beside <c>files</c> and <c>names</c>, in their order. None by default.</summary>
    public EquatableArray<UnknownMember> Unknown { get; init; }
}

/// <summary>One vendored file.</summary>
/// <param name="Path">Its path below the folder of the lock file, with forward slashes.</param>
/// <param name="Origin">Where it came from.</param>
/// <param name="Date">When, as <c>yyyy-MM-dd</c>.</param>
/// <param name="Sha256">The SHA-256 of its bytes, in lower-case hex.</param>
public sealed record LockedFile(string Path, string Origin, string Date, string Sha256)
{
    /// <summary>The members beside these, in their order. None by default.</summary>
    public EquatableArray<UnknownMember> Unknown { get; init; }
}

/// <summary>A member without a meaning here, of a newer version or added by hand. It is kept when the file is written.</summary>
/// <param name="Name">Its name as it is spelled, with its quotes.</param>
/// <param name="Value">Its value as it is spelled, with LF as line breaks.</param>
/// <param name="Before">The next known member; null where none follows.</param>
public sealed record UnknownMember(string Name, string Value, string? Before);

/// <summary>One name assigned so far.</summary>
/// <param name="Key">What is named: <c>{provider}:{endpoint id}</c>, then <c>#/type</c>, <c>#/type/member</c> or <c>#/type/value</c> below it.</param>
/// <param name="Name">The C# name.</param>
public sealed record LockedName(string Key, string Name);
