using Zoetrope.Generator.Emit;
using static Zoetrope.Generator.Emit.WellKnownNames;

namespace Zoetrope.Generator.Endpoints;

/// <summary>A model as a member of a client.</summary>
/// <param name="Namespace">The namespace of the model's class.</param>
/// <param name="Name">The name of the class, and of the member.</param>
/// <param name="Client">The client's type, without <c>global::</c>.</param>
/// <param name="Bound">The type that the member gives, without its arguments.</param>
/// <param name="Source">The member of the class that the client takes.</param>
internal sealed record ClientMember(string Namespace, string Name, string Client, string Bound, string Source)
{
    /// <summary>What is said of a deprecated model; null where it is none.</summary>
    public string? Deprecation { get; init; }

    /// <summary>The class with its namespace.</summary>
    public string FullName => Namespace + "." + Name;

    /// <summary>An endpoint's; null where its client is not referenced.</summary>
    public static ClientMember? Of(BoundEndpoint endpoint, EmitOptions options) => (endpoint.Client ?? options.ClientOf(endpoint.Provider)) is { } client
        ? new(endpoint.Namespace, endpoint.Name, client, ModelClient, "Endpoint") { Deprecation = endpoint.Facts.Deprecation } : null;

    /// <summary>That of an endpoint that is not bound yet; null where its client is not referenced.</summary>
    public static ClientMember? Of(MergedEndpoint endpoint, EmitOptions options) => options.ClientOf(endpoint.Provider) is { } client
        ? new(endpoint.Namespace, endpoint.Name, client, ModelClient, "Endpoint") : null;

    /// <summary>A neutral model's; null where the core has no router.</summary>
    public static ClientMember? OfNeutral(BoundEndpoint model, EmitOptions options) => options.HasRouter
        ? new(model.Namespace, model.Name, ClientNames.Router, RoutedModel, "Model") { Deprecation = model.Facts.Deprecation } : null;
}
