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
        using var block = writer.Block($"""
            /// <summary>Puts <see cref="{member.Name}"/> on the client.</summary>
            {SourceHeader.Attribute}
            public static partial class {ClassOf(member.Name)}
            """);
        EmitMember(writer, member, summary, options);
    }

    /// <summary>Writes the member alone.</summary>
    public static void EmitMember(SourceWriter writer, ClientMember member, string summary, EmitOptions options)
    {
        // Of two members that fit, C# takes the one whose receiver is not generic: that of a project's own document.
        var client = "global::" + member.Client;
        var (generic, receiver, constraint) = options.IsOverridable ? ("<TClient>", "TClient", $" where TClient : {client}") : ("", client, "");
        var model = "global::" + member.FullName;
        var type = $"{member.Bound}<{model}.Request, {model}.Result>";
        var value = $"client.Model({model}.{member.Source})";
        var obsolete = ObsoleteText.Attribute(member.Deprecation);
        writer.Separate();
        if (options.HasExtensionMembers)
        {
            writer.Lines($$"""
                /// <param name="client">The client.</param>
                {{(options.IsOverridable ? "/// <typeparam name=\"TClient\">Its type.</typeparam>" : null)}}
                extension{{generic}}({{receiver}} client){{constraint}}
                {
                    /// <summary>{{summary}}</summary>
                    {{obsolete}}
                    public {{type}} {{member.Name}} => {{value}};
                }
                """);
        }
        else
        {
            writer.Lines($"""
                /// <summary>{summary}</summary>
                {obsolete}
                public static {type} {member.Name}{generic}(this {receiver} client){constraint} => {value};
                """);
        }
    }
}
