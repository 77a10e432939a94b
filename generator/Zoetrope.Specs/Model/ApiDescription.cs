namespace Zoetrope.Specs;

/// <summary>A provider's whole API as an OpenAPI document describes it: operations and the schemas that they share.</summary>
public sealed record ApiDescription
{
    /// <summary>The provider where the server, or the project, tells it (<c>fal</c>, <c>eachlabs</c>); null for all others.</summary>
    public string? Provider { get; init; }

    /// <summary>
    /// Whether each of its servers, and of those of its operations, is the provider's own. Only then may the provider's usual key go there: a document must not lead it elsewhere.
    /// </summary>
    public bool IsAtProvider { get; init; }

    /// <summary>The title of the document.</summary>
    public required string Title { get; init; }

    /// <summary>What the API is for.</summary>
    public string? Description { get; init; }

    /// <summary>Where the API is: absolute URLs with variables filled in by their defaults, no slash at the end. Empty when the document names none that is absolute.</summary>
    public EquatableArray<string> Servers { get; init; }

    /// <summary>The ways to show a key, by name.</summary>
    public EquatableArray<SecurityScheme> SecuritySchemes { get; init; }

    /// <summary>The operations, in the document's order.</summary>
    public EquatableArray<OperationDescription> Operations { get; init; }

    /// <summary>The schemas that operations refer to by name.</summary>
    public EquatableArray<NamedSchema> Schemas { get; init; }
}

/// <summary>The ways to show a key.</summary>
public enum SecurityKind
{
    /// <summary>The key stands alone in a header.</summary>
    ApiKeyHeader,

    /// <summary>The key stands in the query.</summary>
    ApiKeyQuery,

    /// <summary>The key stands in a cookie.</summary>
    ApiKeyCookie,

    /// <summary><c>Authorization: Bearer</c>; OAuth 2 and OpenID Connect are this too, with a token that the user has.</summary>
    Bearer,

    /// <summary><c>Authorization: Basic</c>, with <c>user:password</c> as the key.</summary>
    Basic,

    /// <summary>Another HTTP scheme, or one that is not known.</summary>
    Other,
}

/// <summary>One way to show a key.</summary>
/// <param name="Name">The name that requirements use.</param>
/// <param name="Kind">How the key is shown.</param>
/// <param name="Parameter">The name of the header, query parameter or cookie; <c>Authorization</c> for bearer and basic.</param>
/// <param name="Prefix">What stands before the key in the header, with its space (<c>Bearer </c>, fal's <c>Key </c>); empty where nothing does.</param>
/// <param name="Pointer">Where it stands (see <see cref="Schema.Pointer"/>).</param>
public sealed record SecurityScheme(string Name, SecurityKind Kind, string Parameter, string Prefix, string Pointer);

/// <summary>One operation: a method at a path.</summary>
public sealed record OperationDescription
{
    /// <summary>The method in upper case.</summary>
    public required string Method { get; init; }

    /// <summary>
    /// The path with its templates, such as <c>/assets/{asset_id}</c>. It may end in a fragment (<c>/assets#search</c>), by which documents describe
    /// several operations of one method and path.
    /// </summary>
    public required string Path { get; init; }

    /// <summary>The path without its fragment, which is never sent.</summary>
    public string Address => AddressOf(Path);

    /// <summary>A path without its fragment.</summary>
    internal static string AddressOf(string path) => path.IndexOf('#') is var end and >= 0 ? path.Substring(0, end) : path;

    /// <summary>The document's name of it (<c>operationId</c>), or null.</summary>
    public string? Id { get; init; }

    /// <summary>What it does, in a line.</summary>
    public string? Summary { get; init; }

    /// <summary>What it does, at length.</summary>
    public string? Description { get; init; }

    /// <summary>The groups that it belongs to.</summary>
    public EquatableArray<string> Tags { get; init; }

    /// <summary>Whether the service says that it may vanish.</summary>
    public bool Deprecated { get; init; }

    /// <summary>Where it is when it is not at the API's server; null otherwise.</summary>
    public string? Server { get; init; }

    /// <summary>The names of the schemes of which one is enough to call it, in the document's order; empty when it needs no key.</summary>
    public EquatableArray<string> Security { get; init; }

    /// <summary>Whether it can be called without a key too, though <see cref="Security"/> names schemes.</summary>
    public bool KeyOptional { get; init; }

    /// <summary>What it takes beside the body; those of the path item are among them.</summary>
    public EquatableArray<OperationParameter> Parameters { get; init; }

    /// <summary>The body, or null when it takes none.</summary>
    public OperationBody? Body { get; init; }

    /// <summary>The answers, in the document's order.</summary>
    public EquatableArray<OperationResponse> Responses { get; init; }

    /// <summary>Where it stands (see <see cref="Schema.Pointer"/>).</summary>
    public required string Pointer { get; init; }
}

/// <summary>The places of a parameter.</summary>
public enum ParameterLocation
{
    /// <summary>In the path.</summary>
    Path,

    /// <summary>In the query.</summary>
    Query,

    /// <summary>In a header.</summary>
    Header,

    /// <summary>In a cookie.</summary>
    Cookie,
}

/// <summary>How a parameter that is no single value is written (OpenAPI's <c>style</c>).</summary>
public enum ParameterStyle
{
    /// <summary><c>a,b</c></summary>
    Simple,

    /// <summary><c>.a.b</c></summary>
    Label,

    /// <summary><c>;name=a;name=b</c></summary>
    Matrix,

    /// <summary><c>name=a&amp;name=b</c></summary>
    Form,

    /// <summary><c>name=a%20b</c></summary>
    SpaceDelimited,

    /// <summary><c>name=a|b</c></summary>
    PipeDelimited,

    /// <summary><c>name[key]=a</c></summary>
    DeepObject,

    /// <summary>JSON text (a parameter with <c>content</c>).</summary>
    Json,
}

/// <summary>A parameter of an operation.</summary>
public sealed record OperationParameter
{
    /// <summary>Its name as it is sent.</summary>
    public required string Name { get; init; }

    /// <summary>Where it goes.</summary>
    public required ParameterLocation Location { get; init; }

    /// <summary>How it is written; the default of its place where the document does not say.</summary>
    public ParameterStyle Style { get; init; }

    /// <summary>Whether the parts of lists and objects are written one by one; the default of its style where the document does not say.</summary>
    public bool Explode { get; init; }

    /// <summary>Whether reserved characters are left as they are.</summary>
    public bool AllowReserved { get; init; }

    /// <summary>Whether it must be there. Always true of one in the path.</summary>
    public bool Required { get; init; }

    /// <summary>What it is; its description and <c>deprecated</c> are the parameter's own where that states them.</summary>
    public required Schema Schema { get; init; }
}

/// <summary>The body of a request.</summary>
/// <param name="Required">Whether it must be there.</param>
/// <param name="Contents">Its forms, in the document's order.</param>
/// <param name="Pointer">Where it stands.</param>
public sealed record OperationBody(bool Required, EquatableArray<MediaContent> Contents, string Pointer);

/// <summary>A response of an operation.</summary>
/// <param name="Status">The status: <c>200</c>, a class (<c>4XX</c>, in upper case) or <c>default</c>.</param>
/// <param name="Description">When it comes.</param>
/// <param name="Contents">Its forms, in the document's order; empty when it has no body, and where HTTP allows none whatever the document says.</param>
/// <param name="Pointer">Where it stands.</param>
public sealed record OperationResponse(string Status, string? Description, EquatableArray<MediaContent> Contents, string Pointer)
{
    /// <summary>Whether the document describes headers of it.</summary>
    public bool HasHeaders { get; init; }

    /// <summary>Whether HTTP allows a response of this status no body: 1xx, 204, 205 and 304.</summary>
    public bool IsBodiless => Status[0] == '1' || Status is "204" or "205" or "304";
}

/// <summary>One form of a body.</summary>
/// <param name="MediaType">Its media type in lower case, without parameters, such as <c>application/json</c>.</param>
/// <param name="Schema">What it is, or null when the document does not say.</param>
/// <param name="PartTypes">Of forms: the media types of parts whose <c>encoding</c> states one, by the name of the part.</param>
/// <param name="Pointer">Where it stands.</param>
public sealed record MediaContent(string MediaType, Schema? Schema, EquatableArray<NamedText> PartTypes, string Pointer)
{
    /// <summary>The media type with the parameters that the document writes behind it, such as <c>application/json;v=2</c>.</summary>
    public string FullType { get; init; } = MediaType;

    /// <summary>Of forms: how parts are written whose <c>encoding</c> states a style.</summary>
    public EquatableArray<PartStyle> PartStyles { get; init; }
}

/// <summary>How a part of a form is written, where the document says so.</summary>
/// <param name="Name">The name of the part.</param>
/// <param name="Style">The style: form, spaceDelimited, pipeDelimited or deepObject; null where the document only says whether reserved characters are left.</param>
/// <param name="Explode">Whether the parts of lists and objects are written one by one.</param>
/// <param name="AllowReserved">Whether reserved characters are left as they are.</param>
public sealed record PartStyle(string Name, ParameterStyle? Style, bool Explode, bool AllowReserved);
