using Zoetrope.Specs.Diagnostics;
using Zoetrope.Specs.Json;
using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.Jobs;

/// <summary>What a declaration and its document say together.</summary>
/// <param name="Description">The protocol; null where nothing can be generated from it.</param>
/// <param name="Problems">What is wrong with the declaration.</param>
/// <param name="DocumentProblems">What is wrong with the document.</param>
public sealed record JobsReading(JobsDescription? Description, EquatableArray<SpecProblem> Problems, EquatableArray<SpecProblem> DocumentProblems);

/// <summary>
/// Reads declarations of job protocols, <c>{provider}.jobs.json</c>: which operation of a document submits, which words mean what, where the result is. What a
/// declaration says is verified against the document; <c>specs/jobs.schema.json</c> describes its members.
/// </summary>
public static class JobsReader
{
    private static readonly string[] _members =
    [
        "provider", "name", "document", "schemas", "confirmed", "keys", "auth", "server", "hosts", "headers", "limits", "polling", "retentionDays", "submit",
        "models", "status", "result", "cancel", "list", "webhook", "idempotency", "ownId", "upload",
    ];

    /// <summary>The files that a declaration belongs to; null where it does not name them.</summary>
    /// <param name="root">The declaration.</param>
    internal static DeclarationFiles? FilesOf(JsonNode root) =>
        root["provider"].String is { Length: > 0 } provider
            && new DeclarationSection(new(root, ""), "a declaration", []).Texts("document") is { Count: > 0 } names
            ? new(provider, root["name"].String, names, root["schemas"].String)
            : null;

    /// <summary>Whether a JSON document is a declaration.</summary>
    internal static bool IsDeclaration(JsonNode root) => root["submit"].Exists && root["status"].Exists;

    /// <summary>Reads a declaration. Never throws on content: what is wrong is reported as problems.</summary>
    /// <param name="declaration">The declaration.</param>
    /// <param name="document">The OpenAPI document that it names, or several as one; null where the project does not have it.</param>
    /// <param name="schemas">The document with schemas of models that it names; null where it names none, or the project does not have it.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public static JobsReading Read(
        NamedDocument declaration, NamedDocument? document, NamedDocument? schemas, CancellationToken cancellationToken = default)
    {
        var problems = new List<SpecProblem>();
        var ofDocument = new List<SpecProblem>();
        var root = JsonTree.Parse(declaration.Text).Root;
        var section = new DeclarationSection(new(root, ""), "a declaration", problems, _members);
        var description = Read(section, declaration, document, schemas, problems, ofDocument, cancellationToken);
        var isUsable = description is not null && problems.TrueForAll(problem => problem.Kind.Severity != ProblemSeverity.Error);
        return new(isUsable ? description : null, problems.Distinct().ToEquatableArray(), ofDocument.Distinct().ToEquatableArray());
    }

    private static JobsDescription? Read(
        DeclarationSection section, NamedDocument declaration, NamedDocument? document, NamedDocument? schemas, List<SpecProblem> problems,
        List<SpecProblem> ofDocument, CancellationToken cancellationToken)
    {
        ReportMissing(section, document, problems);
        if (section.Text("schemas") is { } missing && schemas is null)
            problems.Add(JobsProblems.NoDocument.AtPointer(section.PointerOf("schemas"), missing));
        if (document is null)
            return null;
        var parsed = new JobsDocument(document.Name, document.Text);
        var context = new JobsContext(
            declaration.Name, parsed, schemas is null ? null : new(schemas.Name, schemas.Text), problems, ofDocument, cancellationToken)
        {
            Models = section.Items("models"),
            Facts = CommonFacts.Of(section, parsed),
            IsProposal = section["confirmed"].Node.IsFalse,
        };
        var requests = new RequestReader(context);
        var facts = Facts(section, context);
        var submit = new DeclarationSection(section["submit"], "a submit", problems, SubmitReader.CommonMembers);
        var status = new DeclarationSection(section["status"], "a status", problems, StatusReader.Members);
        var statusReader = new StatusReader(context, requests);
        if (facts is null || statusReader.Read(status, facts, out var schema) is not { } description)
            return null;
        var result = new DeclarationSection(section["result"], "a result", problems, ResultReader.Members);
        description = new ResultReader(context, requests).Read(result, description, schema, out var output);
        var submitReader = new SubmitReader(context, requests, submit);
        description = submitReader.ReadReceipt(description, statusReader);
        description = Cancel(section, OwnId(section, Idempotency(section, description, problems), problems), context, requests);
        description = new WebhookReader(context, statusReader).Read(section, description, schema);
        description = new ListReader(context, requests).Read(section, description);
        description = new UploadReader(context, requests).Read(section, description);
        var models = Models(submitReader, context, description, output);
        description = description with { Models = models, AnyModel = submitReader.ReadAnyModel() };
        description = ModelSegments.Agree(description, context);
        submitReader.VerifyExtras(section, description);
        if (models.Count == 0 && description.AnyModel is null)
            section.Report("models", "a list of at least one model");
        if (section["confirmed"].Node.IsFalse)
        {
            problems.Add(JobsProblems.NotConfirmed.AtPointer(section.PointerOf("confirmed")));
            return null;
        }
        return description;
    }

    private static void ReportMissing(DeclarationSection section, NamedDocument? document, List<SpecProblem> problems)
    {
        var names = section.Texts("document");
        if (names.Count == 0)
            section.Report("document", "the name of a document, or several");
        for (var i = 0; i < names.Count; i++)
        {
            if (document is null || document.Missing.Contains(names[i]))
            {
                var pointer = section.PointerOf("document");
                problems.Add(JobsProblems.NoDocument.AtPointer(section["document"].Node.IsArray ? JsonPointer.Append(pointer, i) : pointer, names[i]));
            }
        }
    }

    private static JobsDescription? Facts(DeclarationSection section, JobsContext context)
    {
        var provider = section.Text("provider", isRequired: true);
        if (provider is not null && !provider.All(unit => unit is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-'))
            section.Report("provider", "a name of small letters, digits and '-'");
        var name = section.Text("name", isRequired: true);
        if (name is not null && !(char.IsLetter(name[0]) && name.All(unit => unit < 128 && char.IsLetterOrDigit(unit))))
            section.Report("name", "a name for C# classes, of letters and digits");
        var auth = new DeclarationSection(section["auth"], "how the key is sent", context.Problems, "header", "prefix");
        var server = section.Text("server") ?? context.Document.Server;
        if (server is null)
            section.Report("server", "an absolute URL, because the document names no server");
        else if (!Uri.TryCreate(server, UriKind.Absolute, out var address) || address.Scheme != Uri.UriSchemeHttps)
            section.Report("server", "an absolute https URL");
        else if (!address.IsDefaultPort || address.Host != address.IdnHost)
            section.Report("server", "an https URL with an ASCII host name and without a port");
        FactRules.Report(section, auth, context.Problems);
        var limits = new DeclarationSection(section["limits"], "limits", context.Problems, "createsPerMinute", "inFlight");
        var polling = new DeclarationSection(section["polling"], "the seconds between polls", context.Problems, "first", "longest");
        var keys = section.Texts("keys");
        if (keys.Count == 0)
            section.Report("keys", "the environment variable with the key, or several");
        if (provider is null || name is null || server is null)
            return null;
        var first = polling.Number("first") ?? 2;
        return new JobsDescription
        {
            Provider = provider,
            DisplayName = name,
            KeyVariables = keys,
            AuthHeader = auth.Text("header") ?? "Authorization",
            AuthPrefix = auth["prefix"].Node.String ?? (FactRules.IsAuthorization(auth.Text("header")) ? "Bearer " : ""),
            Server = server,
            Hosts = section.Texts("hosts"),
            Headers = section.Pairs("headers"),
            CreatesPerMinute = limits.Count("createsPerMinute"),
            InFlight = limits.Count("inFlight"),
            FirstPoll = first,
            LongestPoll = Math.Max(polling.Number("longest") ?? 10, first),
            RetentionDays = section.Count("retentionDays"),
            Models = default,
            Receipt = default,
            Status = new("GET", default, 0, default),
            StatusFields = default,
            Words = default,
        };
    }

    private static EquatableArray<JobModel> Models(SubmitReader reader, JobsContext context, JobsDescription description, List<JsonLocation> output)
    {
        var hidden = description.Extras.Where(extra => extra.Where == "body").Select(extra => extra.Name[0]).ToList();
        var models = new List<JobModel>();
        foreach (var at in context.Models)
        {
            if (reader.ReadModel(at, description, output, hidden) is not { } model)
                continue;
            if (models.Exists(other => other.Endpoint.Id == model.Endpoint.Id))
                context.Problems.Add(JobsProblems.Twice.AtPointer(JsonPointer.Append(at.Pointer, "id"), model.Endpoint.Id, "a model"));
            else
                models.Add(model);
        }
        return models.ToEquatableArray();
    }

    private static JobsDescription Cancel(DeclarationSection section, JobsDescription description, JobsContext context, RequestReader requests)
    {
        // A null says that there is none, and that this was looked up.
        if (section["cancel"].Node.IsNull)
            return description;
        var cancel = new DeclarationSection(section["cancel"], "a cancel", context.Problems, "operation", "parameters", "body", "stops", "deletesEnded");
        if (!cancel.Exists || context.Operation(cancel, "operation", isRequired: true) is not { } operation)
            return description;
        var stops = cancel.Text("stops", isRequired: true);
        if (stops is not (null or "always" or "queued" or "never"))
            cancel.Report(
                "stops", "\"always\" for any job that has not ended, \"queued\" for one that is queued, or \"never\" where it marks the record only");
        return description with
        {
            Cancel = requests.Read(cancel, operation, "{job}"),
            CancelsOnlyQueued = stops == "queued",
            CancelsOnlyRecord = stops == "never",
            CancelDeletesEnded = cancel.Flag("deletesEnded"),
        };
    }

    private static JobsDescription Idempotency(DeclarationSection section, JobsDescription description, List<SpecProblem> problems)
    {
        var extra = new DeclarationSection(section["idempotency"], "where a submit has a value besides the input", problems, ExtraReader.Locations);
        return extra.Exists ? description with { Idempotency = ExtraReader.Read(section, "idempotency", extra) } : description;
    }

    private static JobsDescription OwnId(DeclarationSection section, JobsDescription description, List<SpecProblem> problems)
    {
        var extra = new DeclarationSection(section["ownId"], "where a submit has the client's own id of the job", problems, ExtraReader.Locations);
        if (!extra.Exists)
            return description;
        if (description.StatusFields.All(field => field.Field != JobField.Id))
            section.Report("ownId", "a member beside 'id' of 'status': a job that is found by its own id is known by the provider's from then on");
        return description with { OwnId = ExtraReader.Read(section, "ownId", extra) };
    }
}
