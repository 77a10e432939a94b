using Zoetrope.Specs;

namespace Zoetrope.Generator;

/// <summary>Writes the client of an API: where it is, how it takes its key, and how it is made. Its methods are in the files of the operations.</summary>
internal static class ClientEmitter
{
    private const string Operations = "global::Zoetrope.Operations.";
    private const string Place = Operations + "ApiKeyPlace.";

    /// <summary>Writes the class.</summary>
    public static void Emit(SourceWriter writer, BoundClient client)
    {
        var name = Identifiers.Escape(client.Class.Client);
        var summary = client.Description is null ? client.Title + "." : client.Title + ": " + client.Description;
        writer.Line("/// <summary>" + Literals.Doc(summary, 200) + " It is thread-safe and meant to be kept.</summary>");
        writer.Line("/// <remarks>From " + Literals.Doc(client.Source) + ". The types are in <see cref=\"" + Identifiers.Escape(client.Class.Name) + "\"/>.</remarks>");
        writer.Line(EndpointEmitter.Attribute);
        writer.Open("public sealed partial class " + name + " : " + Operations + "ApiClient");
        writer.Line("private static readonly " + Operations + "ApiDefinition _definition = new(" + Literals.String(client.Class.Name) + ")");
        writer.Open();
        if (client.Server is { } server)
            writer.Line("Server = " + Literals.String(server) + ",");
        if (client.Hosts.Count > 0)
            writer.Line("Hosts = new string[] { " + string.Join(", ", client.Hosts.Select(Literals.String)) + " },");
        if (client.Key is { } key)
            writer.Line("Key = " + KeyPlace(key) + ",");
        if (client.KeyVariable is { } variable)
            writer.Line("KeyVariable = " + Literals.String(variable) + ",");
        writer.Close(";").Line();
        writer.Line("/// <summary>Makes a client.</summary>");
        writer.Line("/// <param name=\"options\">How to talk to the API; null takes the defaults"
            + (client.KeyVariable is null ? "" : " and the key from the environment variable <c>" + client.KeyVariable + "</c>") + ".</param>");
        writer.Line("/// <exception cref=\"global::System.ArgumentException\">The base URL is no absolute http or https URL, or the key cannot be in a header.</exception>");
        writer.Line("public " + name + "(" + Operations + "ApiClientOptions? options = null)");
        writer.Indented(": base(_definition, options)");
        writer.Open().Close();
        writer.Close();
    }

    private static string KeyPlace(SecurityScheme key) => key.Kind switch
    {
        SecurityKind.Bearer => Place + "Bearer",
        SecurityKind.Basic => Place + "Basic",
        SecurityKind.ApiKeyQuery => Place + "Query(" + Literals.String(key.Parameter) + ")",
        SecurityKind.ApiKeyCookie => Place + "Cookie(" + Literals.String(key.Parameter) + ")",
        _ => Place + "Header(" + Literals.String(key.Parameter) + (key.Prefix.Length > 0 ? ", " + Literals.String(key.Prefix) : "") + ")",
    };
}
