using Zoetrope.Generator.Naming;
using Zoetrope.Generator.Operations.Content;
using Zoetrope.Generator.Operations.Paging;
using Zoetrope.Generator.Types;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Operations;

/// <summary>One API, ready to be written.</summary>
internal sealed record BoundApi
{
    public required BoundClient Client { get; init; }

    /// <summary>What operations share.</summary>
    public required BoundTypes Shared { get; init; }

    public required EquatableArray<BoundOperation> Operations { get; init; }

    /// <summary>What it posts to its users; null where the document describes nothing of it.</summary>
    public BoundWebhooks? Webhooks { get; init; }

    /// <summary>The keys of shared types that the document does not name, by the keys of their uses.</summary>
    public required EquatableArray<LockedName> Uses { get; init; }
}

/// <summary>The classes of an API.</summary>
/// <param name="Namespace">The namespace that holds them.</param>
/// <param name="Name">The name of the class with the types; the client's is suffixed with <c>Client</c>.</param>
internal sealed record ApiClass(string Namespace, string Name)
{
    /// <summary>The name of the client.</summary>
    public string Client => Name + "Client";

    /// <summary>The qualified name of the client, so that no generated type can hide it.</summary>
    public string ClientInFull => "global::" + Namespace + "." + Identifiers.Escape(Client);
}

/// <summary>The client of an API, without its operations.</summary>
internal sealed record BoundClient
{
    public required ApiClass Class { get; init; }

    /// <summary>The key of the lock file.</summary>
    public required string LockKey { get; init; }

    public required bool IsReference { get; init; }

    public required string Title { get; init; }

    public string? Description { get; init; }

    /// <summary>The name of the document.</summary>
    public required string Source { get; init; }

    public string? Server { get; init; }

    /// <summary>The hosts of operations that are not at the server.</summary>
    public EquatableArray<string> Hosts { get; init; }

    /// <summary>How the key is shown, or null when none is needed.</summary>
    public SecurityScheme? Key { get; init; }

    /// <summary>The environment variable that holds the key, or null.</summary>
    public string? KeyVariable { get; init; }

    /// <summary>The environment variables that hold the parts of the key.</summary>
    public EquatableArray<string> KeyPartVariables { get; init; }

    /// <summary>The environment variable that holds another address of the server, or null.</summary>
    public string? BaseUrlVariable { get; init; }

    /// <summary>The path of the API below that address.</summary>
    public string BaseUrlPath { get; init; } = "";

    /// <summary>What that address may end with, which the paths of the API begin with anyway.</summary>
    public string BaseUrlEnding { get; init; } = "";
}

/// <summary>One operation.</summary>
internal sealed record BoundOperation
{
    /// <summary>What it is called in the lock file, and in messages: method and path.</summary>
    public required string Key { get; init; }

    /// <summary>The name of its method, without <c>Async</c>.</summary>
    public required string Name { get; init; }

    public required string Method { get; init; }

    public required EquatableArray<PathPiece> Path { get; init; }

    public EquatableArray<BoundArgument> Arguments { get; init; }

    public BoundBody? Body { get; init; }

    /// <summary>What goes to the query, to headers and cookies, or null.</summary>
    public BoundMembers? Parameters { get; init; }

    /// <summary>What the operation has of its own; the owner is its class.</summary>
    public required BoundTypes Types { get; init; }

    /// <summary>The responses; a second one is another form of the same response.</summary>
    public required EquatableArray<BoundResponse> Responses { get; init; }

    public EquatableArray<BoundError> Errors { get; init; }

    /// <summary>How the pages of the first response follow each other; null where it has none.</summary>
    public BoundPaging? Paging { get; init; }

    public string? Server { get; init; }

    /// <summary>The header by which the service recognizes the same call sent again, or null.</summary>
    public string? IdempotencyHeader { get; init; }

    public bool IsAnonymous { get; init; }

    /// <summary>Whether it can be called without a key too.</summary>
    public bool IsKeyOptional { get; init; }

    /// <summary>Whether what it gives is a redirect.</summary>
    public bool IsRedirect { get; init; }

    /// <summary>Whether the document lists a 304 response.</summary>
    public bool HasNotModified { get; init; }

    public string Summary { get; init; } = "";

    public string Description { get; init; } = "";

    /// <summary>What is said of a deprecated operation; null where it is none.</summary>
    public string? Deprecation { get; init; }

    /// <summary>Whether it has types of its own.</summary>
    public bool HasTypes => Parameters is not null || Body?.Form is not null || Types.Objects.Count + Types.Enums.Count + Types.Unions.Count > 0;
}

/// <summary>A piece of a path.</summary>
/// <param name="Text">The text, or the document's name of a parameter.</param>
/// <param name="Argument">The number of the argument at this position; -1 for text.</param>
internal sealed record PathPiece(string Text, int Argument = -1);

/// <summary>A parameter in the path.</summary>
internal sealed record BoundArgument
{
    public required string JsonName { get; init; }

    /// <summary>The name of the method's parameter.</summary>
    public required string Name { get; init; }

    public required TypeRef Type { get; init; }

    public required OperationParameter Parameter { get; init; }

    public required string Summary { get; init; }

    public Constraints Constraints { get; init; } = Constraints.None;

    public Constraints ItemConstraints { get; init; } = Constraints.None;
}

/// <summary>The body of a request.</summary>
internal sealed record BoundBody
{
    public required BodyKind Kind { get; init; }

    public required string MediaType { get; init; }

    public required bool Required { get; init; }

    /// <summary>What it is; of a form, nothing but its class. Nullable where it must be there and may be null.</summary>
    public required TypeRef Type { get; init; }

    /// <summary>The parts of a form, or null.</summary>
    public BoundMembers? Form { get; init; }

    public string Summary { get; init; } = "";

    public Constraints Constraints { get; init; } = Constraints.None;

    public Constraints ItemConstraints { get; init; } = Constraints.None;
}

/// <summary>A class whose members are sent one by one.</summary>
/// <param name="Model">The class.</param>
/// <param name="Fields">How each of its properties is sent, in their order.</param>
internal sealed record BoundMembers(BoundObject Model, EquatableArray<BoundField> Fields);

/// <summary>How a member of a form is sent.</summary>
/// <param name="Name">The name that is sent.</param>
/// <param name="Parameter">The parameter that it is; null for a part of a body.</param>
/// <param name="MediaType">The media type that the document states for a part.</param>
/// <param name="Style">The style that the document states for a part, or null.</param>
internal sealed record BoundField(string Name, OperationParameter? Parameter, string? MediaType, PartStyle? Style = null);

/// <summary>The kinds of responses.</summary>
internal enum ResponseKind
{
    /// <summary>No body.</summary>
    None,

    /// <summary>JSON.</summary>
    Json,

    /// <summary>JSON or nothing.</summary>
    Maybe,

    /// <summary>Text.</summary>
    Text,

    /// <summary>Anything else, which the caller reads.</summary>
    Stream,

    /// <summary>What the document does not describe, which the caller reads.</summary>
    Any,

    /// <summary>Status and headers.</summary>
    Head,

    /// <summary>Items that come one after another.</summary>
    Items,
}

/// <summary>A response.</summary>
/// <param name="Kind">Its form.</param>
/// <param name="Method">The name of the method that gives it, without <c>Async</c>.</param>
/// <param name="Type">What JSON is, and each of the items; raw for all other forms.</param>
/// <param name="Accept">What to ask for, or null where the client knows.</param>
/// <param name="Summary">What the document says about it.</param>
/// <param name="Format">How items are read; null for all other forms.</param>
internal sealed record BoundResponse(ResponseKind Kind, string Method, TypeRef Type, string? Accept, string Summary, string? Format = null)
{
    /// <summary>Of items that are events with their fields: what the data is, by the event's name.</summary>
    public EquatableArray<EventForm> Events { get; init; }
}

/// <summary>What errors of some statuses are.</summary>
/// <param name="From">The first status.</param>
/// <param name="To">The last status.</param>
/// <param name="Type">The object.</param>
internal sealed record BoundError(int From, int To, TypeRef Type);

/// <summary>One file that is generated for an API: exactly one member is set beside the class.</summary>
/// <param name="Class">The API's classes.</param>
/// <param name="Client">The client.</param>
/// <param name="Shared">The shared types.</param>
/// <param name="Operation">An operation.</param>
/// <param name="Webhooks">The webhooks.</param>
/// <param name="HasClient">Whether the API has operations, and so a client.</param>
internal sealed record ApiUnit(
    ApiClass Class, BoundClient? Client = null, BoundTypes? Shared = null, BoundOperation? Operation = null, BoundWebhooks? Webhooks = null,
    bool HasClient = true)
{
    /// <summary>The files of an API; none where its types are in a referenced assembly.</summary>
    public static IEnumerable<ApiUnit> Of(BoundApi api)
    {
        if (api.Client.IsReference)
            yield break;
        var hasClient = api.Operations.Count > 0;
        if (hasClient)
            yield return new ApiUnit(api.Client.Class, Client: api.Client);
        yield return new ApiUnit(api.Client.Class, Shared: api.Shared, HasClient: hasClient);
        if (api.Webhooks is { } webhooks)
            yield return new ApiUnit(api.Client.Class, Webhooks: webhooks);
        foreach (var operation in api.Operations)
            yield return new ApiUnit(api.Client.Class, Operation: operation);
    }
}
