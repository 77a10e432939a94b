using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Endpoints;

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
