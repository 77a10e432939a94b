using Zoetrope.Generator.Emit;
using Zoetrope.Generator.Naming;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Operations;

/// <summary>Writes the client of an API: where it is, how it takes its key, and how it is made. Its methods are in the files of the operations.</summary>
internal static class ClientEmitter
{
    private const string Operations = "global::Zoetrope.Operations.";
    private const string Location = "global::Zoetrope.Http.ApiKeyLocation.";

    /// <summary>Writes the class.</summary>
    public static void Emit(SourceWriter writer, BoundClient client, EmitOptions options)
    {
        var name = Identifiers.Escape(client.Class.Client);
        var summary = client.Description is null ? client.Title + "." : client.Title + ": " + client.Description;
        writer.Line("/// <summary>" + Literals.Doc(summary, 200) + " It is thread-safe and meant to be kept.</summary>");
        writer.Line("/// <remarks>From " + Literals.Doc(client.Source) + ". The types are in <see cref=\"" + Identifiers.Escape(client.Class.Name) + "\"/>.</remarks>");
        writer.Line(SourceHeader.Attribute);
        writer.Open("public sealed partial class " + name + " : " + Operations + "ApiClient");
        writer.Line("private static readonly " + Operations + "ApiDefinition _definition = new(" + Literals.String(client.Class.Name) + ")");
        writer.Open();
        if (client.Server is { } server)
            writer.Line("Server = " + Literals.String(server) + ",");
        if (client.Hosts.Count > 0)
            writer.Line("Hosts = new string[] { " + string.Join(", ", client.Hosts.Select(Literals.String)) + " },");
        if (client.Key is { } key)
            writer.Line("ApiKeyLocation = " + KeyLocation(key) + ",");
        if (client.KeyVariable is { } variable)
            writer.Line("ApiKeyVariable = " + Literals.String(variable) + ",");
        writer.Close(";").Line();
        var environment = client.KeyVariable is null ? "" : " and the key from the environment variable <c>" + client.KeyVariable + "</c>";
        writer.Line("/// <summary>Makes a client with the defaults" + environment + ".</summary>");
        Constructor(writer, name, "", "(" + Operations + "ApiClientOptions?)null");
        if (client.Key is not null && options.HasOverloadPriorities)
        {
            writer.Line("/// <summary>Makes a client with the defaults.</summary>");
            writer.Line("/// <param name=\"apiKey\">The key.</param>");
            writer.Line("/// <exception cref=\"global::System.ArgumentException\">The key is empty or cannot be in a header.</exception>");
            Constructor(writer, name, "string apiKey", "apiKey");
        }
        writer.Line("/// <summary>Makes a client.</summary>");
        writer.Line("/// <param name=\"options\">The options; null takes the defaults" + environment + ".</param>");
        writer.Line("/// <exception cref=\"global::System.ArgumentException\">The base URL is not an absolute http or https URL, or the key cannot be in a header.</exception>");
        if (options.HasOverloadPriorities)
            writer.Line("[global::System.Runtime.CompilerServices.OverloadResolutionPriority(1)]");
        Constructor(writer, name, Operations + "ApiClientOptions? options", "options");
        writer.Close();
    }

    private static void Constructor(SourceWriter writer, string name, string parameter, string argument)
    {
        writer.Line("public " + name + "(" + parameter + ")");
        writer.Indented(": base(_definition, " + argument + ")");
        writer.Open().Close();
    }

    private static string KeyLocation(SecurityScheme key) => key.Kind switch
    {
        SecurityKind.Bearer => Location + "Bearer",
        SecurityKind.Basic => Location + "Basic",
        SecurityKind.ApiKeyQuery => Location + "Query(" + Literals.String(key.Parameter) + ")",
        SecurityKind.ApiKeyCookie => Location + "Cookie(" + Literals.String(key.Parameter) + ")",
        _ => Location + "Header(" + Literals.String(key.Parameter) + (key.Prefix.Length > 0 ? ", " + Literals.String(key.Prefix) : "") + ")",
    };
}
