using Zoetrope.Generator.Emit;
using Zoetrope.Generator.Naming;
using Zoetrope.Generator.Types;

namespace Zoetrope.Generator.Operations;

/// <summary>Writes the files of a whole API: the client, the shared types, and each operation.</summary>
internal static class ApiEmitter
{
    /// <summary>The C# of one file.</summary>
    public static GeneratedSource Emit(ApiUnit unit, EmitOptions options)
    {
        var writer = new SourceWriter();
        SourceHeader.Write(writer, unit.Class.Namespace);
        var name = unit.Class.Name;
        if (unit.Client is { } client)
        {
            ClientEmitter.Emit(writer, client, options);
            name = unit.Class.Client;
        }
        else if (unit.Shared is { } shared)
        {
            EmitShared(writer, unit.Class, shared, unit.HasClient);
        }
        else if (unit.Webhooks is { } webhooks)
        {
            WebhookEmitter.Emit(writer, unit.Class, webhooks);
            name += "." + webhooks.Class;
        }
        else if (unit.Operation is { } operation)
        {
            new OperationEmitter(writer, unit.Class, operation).Emit();
            name += "." + operation.Types.Owner;
        }
        return new(HintNames.Of(unit.Class.Namespace + "." + name), writer.Finish());
    }

    private static void EmitShared(SourceWriter writer, ApiClass api, BoundTypes types, bool hasClient)
    {
        const string Shared = "those that operations share, and a class with its own types for each operation";
        var summary = hasClient ? $"The types of <see cref=\"{api.ClientInFull}\"/>: {Shared}." : "The types of what the service posts to webhooks.";
        using var block = writer.Block($"""
            /// <summary>{summary}</summary>
            {SourceHeader.Attribute}
            public static partial class {Identifiers.Escape(api.Name)}
            """);
        TypesEmitter.Emit(writer, types);
    }
}
