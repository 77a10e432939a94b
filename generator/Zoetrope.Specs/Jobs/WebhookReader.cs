using Zoetrope.Specs.Diagnostics;
using Zoetrope.Specs.Json;
using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.Jobs;

/// <summary>Reads what a declaration says about webhooks: where a submit names one, how its deliveries are verified, and what they say.</summary>
internal sealed class WebhookReader(JobsContext context, StatusReader statuses)
{
    private const string None = "none";
    private const string Standard = "standard-webhooks";
    private const string SecretHeader = "secret-header";

    private static readonly string[] _payloadMembers =
        ["schema", "id", "word", "model", "output", "failure", .. StatusReader.States];

    /// <summary>Reads the webhook.</summary>
    /// <param name="root">The declaration.</param>
    /// <param name="description">What is known so far, the status and the result among it.</param>
    /// <param name="status">The schema of the status response.</param>
    public JobsDescription Read(DeclarationSection root, JobsDescription description, JsonLocation? status)
    {
        var section = new DeclarationSection(
            root["webhook"], "where a submit names a webhook, and what it is like", context.Problems,
            [.. ExtraReader.Locations, "secret", "signature", "payload"]);
        if (!section.Exists)
            return description;
        description = description with
        {
            Webhook = ExtraReader.Read(root, "webhook", section),
            WebhookSecret = section["secret"].Exists
                ? ExtraReader.Read(section, "secret", new(section["secret"], "where a submit names the secret", context.Problems, ExtraReader.Locations))
                : null,
            WebhookSignature = Signature(section),
        };
        if (description.WebhookSignature is not null)
            return Payload(section, description, status);
        if (section["payload"].Exists && !section["signature"].Exists)
            section.Report("signature", "there, because nothing can receive a delivery that is not verified as something says; 'none' where nothing signs it");
        return description;
    }

    private WebhookRule? Signature(DeclarationSection section)
    {
        var signature = new DeclarationSection(
            section["signature"], "how deliveries are verified", context.Problems, "scheme", "header", "version", "digits", "key");
        if (!signature.Exists || signature.Text("scheme", isRequired: true) is not { } scheme)
            return null;
        var rule = scheme switch
        {
            None => new WebhookRule(WebhookScheme.None),
            Standard => new WebhookRule(
                WebhookScheme.Standard, Version: signature.Text("version") ?? "v1", IsHex: OneOf("digits", "base64", "hex"),
                IsTextKey: OneOf("key", "base64", "text")),
            SecretHeader => new WebhookRule(WebhookScheme.SecretHeader, Header: signature.Text("header", isRequired: true) ?? ""),
            _ => null,
        };
        if (rule is null)
            signature.Report("scheme", $"\"{Standard}\", \"{SecretHeader}\", or \"{None}\" where nothing signs deliveries");
        else if (rule.Header.Length > 0 && !FactRules.IsToken(rule.Header))
            signature.Report("header", "the name of a header");
        foreach (var (member, of) in new[] { ("header", SecretHeader), ("version", Standard), ("digits", Standard), ("key", Standard) })
        {
            if (rule is not null && signature[member].Exists && scheme != of)
                signature.Report(member, $"absent: it belongs to the scheme \"{of}\"");
        }
        if (rule?.Version.IndexOfAny([',', ' ']) >= 0)
            signature.Report("version", "a version such as v1, without a comma");
        return rule;

        bool OneOf(string member, string usual, string other)
        {
            var text = signature.Text(member);
            if (text is not null && text != usual && text != other)
                signature.Report(member, $"\"{usual}\" or \"{other}\"");
            return text == other;
        }
    }

    /// <summary>The body is that of a status, with what the declaration says of it, or one with a schema of its own (null where none is described).</summary>
    private JobsDescription Payload(DeclarationSection section, JobsDescription description, JsonLocation? status)
    {
        var payload = new DeclarationSection(section["payload"], "the body of a delivery", context.Problems, _payloadMembers);
        var isStatus = !payload["schema"].Exists;
        var schema = isStatus ? status : payload["schema"].Node.IsNull ? null : Named(payload);
        var failure = new DeclarationSection(payload["failure"], "the failure of a job", context.Problems, "code", "message");
        var own = new List<FieldPointer>();
        context.AddField(own, payload, "id", JobField.Id, schema, "string");
        context.AddField(own, payload, "word", JobField.Word, schema, "string");
        context.AddField(own, payload, "model", JobField.Model, schema, "string");
        context.AddWhole(own, payload, "output", schema);
        context.AddField(own, failure, "code", JobField.FailureCode, schema, "string");
        context.AddField(own, failure, "message", JobField.FailureMessage, schema);
        var fields = (isStatus ? description.StatusFields.Where(field => own.TrueForAll(one => one.Field != field.Field)) : []).Concat(own).ToEquatableArray();
        var words = description.Words.ToList();
        statuses.ReadWords(payload, words, areOfWebhook: true);
        foreach (var (member, field) in new[] { ("id", JobField.Id), ("word", JobField.Word) })
        {
            if (!payload[member].Exists && fields.All(one => one.Field != field))
                section.Report("payload", $"an object with '{member}', which the body of a status does not say");
        }
        return description with { WebhookFields = fields, Words = words.ToEquatableArray() };
    }

    private JsonLocation? Named(DeclarationSection payload)
    {
        if (payload.Text("schema") is not { } reference)
            return null;
        if (context.Document.Schema(reference) is { } schema)
            return schema;
        context.Problems.Add(JobsProblems.UnknownPointer.AtPointer(
            payload.PointerOf("schema"), reference, $"'{context.Document.Name}'", "; a schema is named as in #/components/schemas/Name"));
        return null;
    }
}
