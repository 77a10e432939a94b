using Zoetrope.Generator.Emit;
using Zoetrope.Specs.Jobs;
using static Zoetrope.Generator.Emit.WellKnownNames;

namespace Zoetrope.Generator.Jobs;

/// <summary>Writes the receiver of a declared provider's webhooks, where the declaration says how they are verified.</summary>
internal static class WebhookReceiverEmitter
{
    private const string Secrets = "global::System.Collections.Generic.IEnumerable<string>";

    /// <summary>Writes the class and an empty line after it; nothing where there is none.</summary>
    public static void Emit(SourceWriter writer, BoundProvider provider)
    {
        if (provider.Jobs.WebhookSignature is not { } rule)
            return;
        var (receiver, options) = (provider.WebhookReceiver, WebhookTypes + ".WebhookOptions");
        using (writer.Block($"""
            /// <summary>Receives the webhooks of {provider.Jobs.DisplayName}. Instances are thread-safe and intended to be long-lived.</summary>
            /// <remarks>From {Literals.Doc(provider.Source)}.{Verified(rule)}</remarks>
            {SourceHeader.Attribute}
            public sealed class {receiver} : {CodeGenWebhooks}.DeclaredWebhookReceiver
            """))
        {
            if (rule.Scheme == WebhookScheme.None)
            {
                writer.Lines($$"""
                    /// <summary>Initializes a new instance.</summary>
                    /// <param name="options">The options; null uses the defaults.</param>
                    public {{receiver}}({{options}}? options = null)
                        : base(new {{provider.Protocol}}(), {{WebhookTypes}}.WebhookSignature.None, options)
                    {
                    }
                    """);
            }
            else
            {
                writer.Lines($$"""
                    /// <summary>Initializes a new instance with a secret.</summary>
                    /// <param name="secret">The secret of the webhooks.</param>
                    /// <param name="options">The options; null uses the defaults.</param>
                    /// <exception cref="global::System.ArgumentException">The secret is not valid.</exception>
                    public {{receiver}}(string secret, {{options}}? options = null)
                        : this(new string[] { secret }, options)
                    {
                    }

                    /// <summary>Initializes a new instance with several secrets, while one is replaced by another.</summary>
                    /// <param name="secrets">The secrets of the webhooks.</param>
                    /// <param name="options">The options; null uses the defaults.</param>
                    /// <exception cref="global::System.ArgumentException">There is no secret, or one is not valid.</exception>
                    public {{receiver}}({{Secrets}} secrets, {{options}}? options = null)
                        : base(new {{provider.Protocol}}(), {{Signature(rule)}}, options)
                    {
                    }
                    """);
            }
        }
        writer.Line();
    }

    /// <summary>Writes how the protocol reads the body of a delivery, where that is not just the body of a status.</summary>
    public static void EmitReading(SourceWriter writer, JobsDescription jobs, FieldReaderEmitter readers)
    {
        if (jobs.WebhookSignature is null)
            return;
        if (jobs.WebhookFields != jobs.StatusFields)
        {
            writer.Lines($"""

                protected override void ReadWebhook({ProtocolEmitter.Parameters}) =>
                    {readers.Add("ReadWebhookFields", jobs.WebhookFields)}(ref reader, ref job);
                """);
        }
        if (jobs.ResultRequests.Count > 0 && jobs.WebhookFields.Any(field => field.Field == JobField.Output))
            writer.Line().Line("protected override bool HasWebhookOutput => true;");
    }

    private static string Verified(WebhookRule rule) => rule.Scheme == WebhookScheme.None
        ? " Nothing verifies the sender, so a delivery only says where to look."
        : "";

    private static string Signature(WebhookRule rule) => rule.Scheme == WebhookScheme.SecretHeader
        ? $"new {WebhookTypes}.SecretHeaderSignature({Literals.String(rule.Header)}, secrets)"
        : $"new {WebhookTypes}.StandardWebhookSignature(secrets{Variant(rule)})";

    private static string Variant(WebhookRule rule) =>
        (rule.Version == "v1" ? "" : $", version: {Literals.String(rule.Version)}") + (rule.IsHex ? ", isHex: true" : "")
            + (rule.IsTextKey ? ", isTextKey: true" : "");
}
