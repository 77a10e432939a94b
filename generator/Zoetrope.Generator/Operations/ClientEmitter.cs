using Zoetrope.Generator.Emit;
using Zoetrope.Generator.Naming;
using Zoetrope.Specs.Model;
using static Zoetrope.Generator.Emit.WellKnownNames;

namespace Zoetrope.Generator.Operations;

/// <summary>Writes the client of an API: its server, how it takes its key, and its constructors. Its methods are in the files of the operations.</summary>
internal static class ClientEmitter
{
    /// <summary>Writes the class.</summary>
    public static void Emit(SourceWriter writer, BoundClient client, EmitOptions options)
    {
        var name = Identifiers.Escape(client.Class.Client);
        var summary = client.Description is null ? client.Title + "." : client.Title + ": " + client.Description;
        using var block = writer.Block($"""
            /// <summary>{Literals.Doc(summary, 200)} Instances are thread-safe and intended to be long-lived.</summary>
            /// <remarks>From {Literals.Doc(client.Source)}. The types are in <see cref="{Identifiers.Escape(client.Class.Name)}"/>.</remarks>
            {SourceHeader.Attribute}
            public sealed partial class {name} : {ApiClient}
            """);
        EmitDefinition(writer, client);
        EmitConstructors(writer, client, name, options);
    }

    private static void EmitDefinition(SourceWriter writer, BoundClient client)
    {
        using (writer.Block($"private static readonly {ApiDefinition} _definition = new({Literals.String(client.Class.Name)})", end: ";"))
        {
            if (client.Server is { } server)
                writer.Line($"Server = {Literals.String(server)},");
            if (client.Hosts.Count > 0)
                writer.Line($$"""Hosts = new string[] { {{string.Join(", ", client.Hosts.Select(Literals.String))}} },""");
            if (client.Key is { } key)
                writer.Line($"ApiKeyLocation = {ApiKeyLocation}.{KeyLocation(key)},");
            if (client.KeyVariable is { } variable)
                writer.Line($"ApiKeyVariable = {Literals.String(variable)},");
            if (client.KeyPartVariables.Count > 0)
                writer.Line($$"""ApiKeyPartVariables = new string[] { {{string.Join(", ", client.KeyPartVariables.Select(Literals.String))}} },""");
            if (client.BaseUrlVariable is { } address)
            {
                writer.Lines($"""
                    BaseUrlVariable = {Literals.String(address)},
                    BaseUrlPath = {Literals.String(client.BaseUrlPath)},
                    """);
                if (client.BaseUrlEnding.Length > 0)
                    writer.Line($"BaseUrlEnding = {Literals.String(client.BaseUrlEnding)},");
            }
        }
        writer.Line();
    }

    private static void EmitConstructors(SourceWriter writer, BoundClient client, string name, EmitOptions options)
    {
        var environment = client.KeyVariable is null ? "" : $" and the key from the environment variable <c>{client.KeyVariable}</c>";
        writer.Lines($$"""
            /// <summary>Initializes a new instance of the <see cref="{{name}}"/> class with the defaults{{environment}}.</summary>
            public {{name}}()
                : base(_definition, ({{ApiClientOptions}}?)null)
            {
            }

            """);
        if (client.Key is not null && options.HasOverloadPriorities)
        {
            writer.Lines($$"""
                /// <summary>Initializes a new instance of the <see cref="{{name}}"/> class with an API key.</summary>
                /// <param name="apiKey">The API key.</param>
                /// <exception cref="global::System.ArgumentException">The key is empty or cannot be in a header.</exception>
                public {{name}}(string apiKey)
                    : base(_definition, apiKey)
                {
                }

                """);
        }
        const string Invalid = "The base URL is not an absolute http or https URL, or the key cannot be in a header.";
        writer.Lines($$"""
            /// <summary>Initializes a new instance of the <see cref="{{name}}"/> class.</summary>
            /// <param name="options">The options, or null for the defaults{{environment}}.</param>
            /// <exception cref="global::System.ArgumentException">{{Invalid}}</exception>
            {{(options.HasOverloadPriorities ? "[global::System.Runtime.CompilerServices.OverloadResolutionPriority(1)]" : null)}}
            public {{name}}({{ApiClientOptions}}? options)
                : base(_definition, options)
            {
            }
            """);
    }

    private static string KeyLocation(SecurityScheme key) => key.Kind switch
    {
        SecurityKind.Bearer => "Bearer",
        SecurityKind.Basic => "Basic",
        SecurityKind.ApiKeyQuery => $"Query({Literals.String(key.Parameter)})",
        SecurityKind.ApiKeyCookie => $"Cookie({Literals.String(key.Parameter)})",
        _ when key.Prefix.Length > 0 => $"Header({Literals.String(key.Parameter)}, {Literals.String(key.Prefix)})",
        _ => $"Header({Literals.String(key.Parameter)})",
    };
}
