using Zoetrope.Specs;

namespace Zoetrope.Generator;

/// <summary>A document that the project names as <c>ZoetropeSpec</c>.</summary>
/// <param name="Path">Its path as the compiler has it; diagnostics show it.</param>
/// <param name="Provider">The provider that the project states, or null.</param>
/// <param name="Namespace">The namespace of what is generated from it, or null for the project's default.</param>
/// <param name="IsReference">Whether its types are in a referenced assembly.</param>
/// <param name="Text">The document.</param>
/// <param name="BadNamespace">What the project states as the namespace and is none, or null.</param>
/// <param name="Name">The name that the project states for an API, or null.</param>
/// <param name="BadName">What the project states as that name and is none, or null.</param>
internal sealed record SpecFile(
    string Path, string? Provider, string? Namespace, bool IsReference, string Text, string? BadNamespace = null, string? Name = null, string? BadName = null);

/// <summary>A document that was read. It has no positions, so that an edit of white space changes nothing.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Namespace">The namespace that the project states for it, or null.</param>
/// <param name="IsReference">Whether its types are in a referenced assembly.</param>
/// <param name="Document">What it says.</param>
/// <param name="Name">The name that the project states for an API, or null.</param>
internal sealed record ParsedSpec(string Path, string? Namespace, bool IsReference, SpecDocument Document, string? Name = null)
{
    /// <summary>The path in one spelling on all systems, to sort by.</summary>
    public string SortKey => Path.Replace('\\', '/');

    /// <summary>The file's name, which is all of the path that generated code may show: folders differ between machines.</summary>
    public static string NameOf(string path) => path.Substring(path.LastIndexOfAny(['/', '\\']) + 1);
}

/// <summary>All documents of one endpoint.</summary>
/// <param name="Provider">The provider.</param>
/// <param name="Id">The endpoint's id there.</param>
/// <param name="Namespace">The namespace of its class.</param>
/// <param name="IsReference">Whether its types are in a referenced assembly.</param>
/// <param name="Name">The C# name of its class.</param>
/// <param name="Documents">The documents, in the order of their paths.</param>
/// <param name="Names">The names that the lock file holds for it, by what follows <c>provider:id</c> in the key.</param>
/// <param name="LockPath">The path of the lock file that holds them, or null.</param>
/// <param name="ConflictsWith">The id of another endpoint that asked for the same class name, or null.</param>
/// <param name="RejectedName">The name that the lock file holds for the class and that cannot be given, or null.</param>
internal sealed record EndpointDocuments(
    string Provider, string Id, string Namespace, bool IsReference, string Name, EquatableArray<EndpointDocument> Documents, EquatableArray<LockedName> Names,
    string? LockPath, string? ConflictsWith, string? RejectedName = null);

/// <summary>One document of an endpoint.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Endpoint">What it says.</param>
internal sealed record EndpointDocument(string Path, SpecKind Kind, EndpointDescription Endpoint);
