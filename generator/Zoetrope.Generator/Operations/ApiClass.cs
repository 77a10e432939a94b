using Zoetrope.Generator.Naming;

namespace Zoetrope.Generator.Operations;

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
