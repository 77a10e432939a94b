namespace Zoetrope.Specs.Model;

/// <summary>One operation: a method at a path.</summary>
public sealed record OperationDescription
{
    /// <summary>The method as it is sent: in upper case, unless it is an additional one that the document writes in another way.</summary>
    public required string Method { get; init; }

    /// <summary>
    /// The path with its templates, such as <c>/assets/{asset_id}</c>. It may end in a fragment (<c>/assets#search</c>), by which documents describe
    /// several operations of one method and path.
    /// </summary>
    public required string Path { get; init; }

    /// <summary>The path without its fragment, which is never sent.</summary>
    public string Address => AddressOf(Path);

    /// <summary>Whether a member of a path item is an operation.</summary>
    internal static bool IsMethod(string member) =>
        member is "get" or "put" or "post" or "delete" or "patch" or "head" or "options" or "trace" or "query";

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

    /// <summary>Whether the document says that the operation is deprecated, or that it is not; null where it says neither.</summary>
    public bool? Deprecated { get; init; }

    /// <summary>What extensions of the document say of that; null where they say nothing.</summary>
    public string? DeprecationNote { get; init; }

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

    /// <summary>The responses, in the document's order.</summary>
    public EquatableArray<OperationResponse> Responses { get; init; }

    /// <summary>Its location (see <see cref="Schema.Pointer"/>).</summary>
    public required string Pointer { get; init; }
}
