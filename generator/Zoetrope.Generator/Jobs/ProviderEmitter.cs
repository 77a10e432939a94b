using Zoetrope.Generator.Emit;
using Zoetrope.Generator.Naming;

namespace Zoetrope.Generator.Jobs;

/// <summary>Writes the file of a declared provider: its client, the client's options, and the protocol.</summary>
internal static class ProviderEmitter
{
    /// <summary>The C# of a provider.</summary>
    public static GeneratedSource Emit(BoundProvider provider, EmitOptions options)
    {
        var writer = new SourceWriter();
        SourceHeader.Write(writer, provider.Namespace);
        JobsClientEmitter.Emit(writer, provider, options);
        writer.Line();
        JobsOptionsEmitter.Emit(writer, provider);
        writer.Line();
        WebhookReceiverEmitter.Emit(writer, provider);
        ProtocolEmitter.Emit(writer, provider);
        return new(HintNames.Of(provider.Namespace + "." + provider.Client), writer.Finish());
    }
}
