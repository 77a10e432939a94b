using Zoetrope.Generator.Emit;

namespace Zoetrope.Generator.Endpoints;

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
        writer.Line(SourceHeader.Attribute);
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
