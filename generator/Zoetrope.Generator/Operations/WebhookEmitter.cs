using Zoetrope.Generator.Emit;
using Zoetrope.Generator.Naming;
using Zoetrope.Generator.Types;
using static Zoetrope.Generator.Emit.WellKnownNames;

namespace Zoetrope.Generator.Operations;

/// <summary>Writes the class that reads what an API posts to webhooks.</summary>
internal static class WebhookEmitter
{
    /// <summary>Writes the class.</summary>
    public static void Emit(SourceWriter writer, ApiClass api, BoundWebhooks webhooks)
    {
        using var ofApi = writer.Block($"public static partial class {Identifiers.Escape(api.Name)}");
        using var block = writer.Block($"""
            /// <summary>Reads what the service posts to webhooks. Who posted it is not verified here: verify signatures first.</summary>
            {SourceHeader.Attribute}
            public static partial class {Identifiers.Escape(webhooks.Class)}
            """);
        var owner = Identifiers.Escape(api.Name) + ".";
        foreach (var webhook in webhooks.All)
        {
            writer.Separate();
            var prose = Summaries.Sentence(Literals.Doc(webhook.Description, Summaries.Longest));
            var read = webhook.Type.Kind is TypeKind.Object or TypeKind.Union or TypeKind.Enum
                ? $"{JsonModel}.FromUtf8<{TypeText.Clr(webhook.Type, owner)}>(utf8Json)"
                : $"{JsonPayload}.Read<{TypeText.Parts(webhook.Type, owner)}>(utf8Json)";
            writer.Line($"/// <summary>Reads the payload of <c>{Literals.Doc(webhook.Title)}</c>.{(prose.Length > 0 ? " " : "")}{prose}</summary>");
            DocComments.WriteRest(writer, webhook.Description);
            writer.Lines($"""
                /// <param name="utf8Json">The body of the request.</param>
                /// <exception cref="global::System.Text.Json.JsonException">The JSON is malformed, or does not have the type.</exception>
                public static {TypeText.Clr(webhook.Type, owner)} Read{webhook.Name}(global::System.ReadOnlySpan<byte> utf8Json) => {read};
                """);
        }
    }
}
