namespace Zoetrope.Specs.Model;

/// <summary>A provider's whole API as an OpenAPI document describes it: operations and the schemas that they share.</summary>
public sealed record ApiDescription
{
    /// <summary>The provider where the server, or the project, identifies it (<c>fal</c>, <c>eachlabs</c>); null for all others.</summary>
    public string? Provider { get; init; }

    /// <summary>
    /// Whether each of its servers, and of those of its operations, is the provider's own. Only then may the provider's usual key go there: a document must not
    /// lead it elsewhere.
    /// </summary>
    public bool IsAtProvider { get; init; }

    /// <summary>The title of the document.</summary>
    public required string Title { get; init; }

    /// <summary>What the API is for.</summary>
    public string? Description { get; init; }

    /// <summary>
    /// Where the API is: absolute URLs with variables filled in by their defaults, no slash at the end. Empty when the document names none that is absolute.
    /// </summary>
    public EquatableArray<string> Servers { get; init; }

    /// <summary>The ways to show a key, by name.</summary>
    public EquatableArray<SecurityScheme> SecuritySchemes { get; init; }

    /// <summary>The operations, in the document's order.</summary>
    public EquatableArray<OperationDescription> Operations { get; init; }

    /// <summary>What the service posts to its users, in the document's order.</summary>
    public EquatableArray<WebhookDescription> Webhooks { get; init; }

    /// <summary>What is made of rules that the document states in words.</summary>
    public RuleMode Rules { get; init; }

    /// <summary>The schemas that operations refer to by name.</summary>
    public EquatableArray<NamedSchema> Schemas { get; init; }
}
