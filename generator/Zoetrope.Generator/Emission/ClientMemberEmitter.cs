namespace Zoetrope.Generator;

/// <summary>A model as a member of a client.</summary>
/// <param name="Namespace">The namespace of the model's class.</param>
/// <param name="Name">The name of the class, and of the member.</param>
/// <param name="Client">The client's type, without <c>global::</c>.</param>
/// <param name="Bound">The type that the member gives, without its arguments.</param>
/// <param name="Source">The member of the class that the client takes.</param>
internal sealed record ClientMember(string Namespace, string Name, string Client, string Bound, string Source)
{
    /// <summary>The class with its namespace.</summary>
    public string FullName => Namespace + "." + Name;

    /// <summary>An endpoint's; null where its client is not referenced.</summary>
    public static ClientMember? Of(BoundEndpoint endpoint, EmitOptions options) => options.ClientOf(endpoint.Provider) is { } client
        ? new(endpoint.Namespace, endpoint.Name, client, "global::Zoetrope.ModelClient", "Endpoint") : null;

    /// <summary>A neutral model's; null where the core has no router.</summary>
    public static ClientMember? OfNeutral(BoundEndpoint model, EmitOptions options) => options.HasRouter
        ? new(model.Namespace, model.Name, ClientNames.Router, "global::Zoetrope.RoutedModel", "Model") : null;
}

/// <summary>Writes the members that put models on clients: extension properties, or methods where the language has none.</summary>
internal static class ClientMemberEmitter
{
    private const string Suffix = "Extensions";

    /// <summary>The name of the class that holds the member of a model.</summary>
    public static string ClassOf(string name) => name + Suffix;

    /// <summary>Writes the class with a model's member.</summary>
    public static void Emit(SourceWriter writer, ClientMember member, string summary, EmitOptions options)
    {
        writer.Line("/// <summary>Puts <see cref=\"" + member.Name + "\"/> on the client.</summary>");
        writer.Line(EndpointEmitter.Attribute);
        writer.Open("public static partial class " + ClassOf(member.Name));
        EmitMember(writer, member, summary, options);
        writer.Close();
    }

    /// <summary>Writes the member alone.</summary>
    public static void EmitMember(SourceWriter writer, ClientMember member, string summary, EmitOptions options)
    {
        // Of two members that fit, C# takes the one whose receiver is not generic: that of a project's own document.
        var client = "global::" + member.Client;
        var (generic, receiver, constraint) = options.IsOverridable ? ("<TClient>", "TClient", " where TClient : " + client) : ("", client, "");
        var model = "global::" + member.FullName;
        var type = member.Bound + "<" + model + ".Request, " + model + ".Result>";
        var body = " => client.Model(" + model + "." + member.Source + ");";
        summary = "/// <summary>" + summary + "</summary>";
        if (options.HasExtensionMembers)
        {
            writer.Line("/// <param name=\"client\">The client.</param>");
            if (options.IsOverridable)
                writer.Line("/// <typeparam name=\"TClient\">Its type.</typeparam>");
            writer.Open("extension" + generic + "(" + receiver + " client)" + constraint);
            writer.Line(summary);
            writer.Line("public " + type + " " + member.Name + body);
            writer.Close();
        }
        else
        {
            writer.Line(summary);
            writer.Line("public static " + type + " " + member.Name + generic + "(this " + receiver + " client)" + constraint + body);
        }
    }
}
