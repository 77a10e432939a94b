using Zoetrope.Specs.Diagnostics;
using Zoetrope.Specs.Json;
using Zoetrope.Specs.Model;
using Zoetrope.Specs.OpenApi;

namespace Zoetrope.Specs.Jobs;

/// <summary>Reads what a declaration says about submits: how each model is submitted, and what its request is.</summary>
internal sealed class SubmitReader(JobsContext context, RequestReader requests, DeclarationSection common)
{
    private readonly ModelSchemas _schemas = new(context);

    /// <summary>The members that a submit and a model both may have; a model's own win.</summary>
    private static readonly string[] _shared = ["operation", "parameters", "input", "modelMember", "constants"];

    /// <summary>The members of what is common to all models.</summary>
    public static string[] CommonMembers { get; } = [.. _shared, "id", "idHeader", "statusUrl", "word", "expectedSeconds", "error", "cost"];

    private static readonly string[] _modelMembers =
        [.. _shared, "id", "value", "title", "description", "category", "pricing", "inputSchema", "outputSchema", "outputType", "status"];

    /// <summary>Reads the receipt of submits.</summary>
    public JobsDescription ReadReceipt(JobsDescription description, StatusReader status)
    {
        var schemas = Operations().Distinct().Select(operation => (Operation: operation, Schema: context.Document.ResponseOf(operation))).ToList();
        // What is common is verified against the operations of all models: a value that one of them has is enough, except for the id.
        var responses = schemas.ConvertAll(one => one.Schema);
        var fields = new List<FieldPointer>();
        var idHeader = common.Text("idHeader");
        var ids = common.Pointers("id");
        if (ids.Count == 0 && idHeader is null)
            common.Report("id", "the pointer of the job's id in the response to a submit, or 'idHeader' its header");
        foreach (var id in ids)
        {
            if (!schemas.Exists(one => Has(one.Schema, id)))
                context.Verify(common.PointerOf("id"), id, schemas.Select(one => one.Schema).FirstOrDefault(), "string");
            else if (context.Verify(common.PointerOf("id"), id, schemas.Find(one => Has(one.Schema, id)).Schema, "string"))
                fields.Add(new(id, fields.Count == 0 ? JobField.Id : JobField.OtherId));
        }
        foreach (var (operation, response) in idHeader is null && ids.Count > 0 ? schemas : [])
        {
            if (!ids.Any(id => Has(response, id)))
                common.Report("id", $"a pointer, or several, one of which the response of {operation.Name} has: without it the job would be lost");
        }
        context.AddField(fields, common, "statusUrl", JobField.StatusUrl, responses, "string");
        context.AddField(fields, common, "word", JobField.Word, responses, "string");
        context.AddField(fields, common, "expectedSeconds", JobField.ExpectedSeconds, responses, "number", "integer", "string");
        return description with
        {
            IdHeader = idHeader,
            SubmitSuccessCodes = status.Error(common, fields, responses, out var hasErrors),
            HasSubmitErrors = hasErrors,
            SubmitCost = status.Cost(common, fields, responses),
            Receipt = fields.ToEquatableArray(),
        };
    }

    /// <summary>How models are submitted that the declaration does not name; null where there is no common operation with the model in it.</summary>
    public SubmitRule? ReadAnyModel()
    {
        if (!common["operation"].Exists || context.Operation(common, "operation", isRequired: true) is not { } operation)
            return null;
        var rule = Rule(common, common, operation);
        var namesModel = rule is not null
            && (rule.ModelMember is not null || rule.Request.Path.Any(part => part.Kind is PartKind.Model or PartKind.ModelSegment));
        return namesModel ? rule : null;
    }

    /// <summary>Reads a model; null where it cannot be used.</summary>
    /// <param name="at">The model.</param>
    /// <param name="description">The protocol.</param>
    /// <param name="output">The schemas of the result that all models have.</param>
    /// <param name="hidden">The members of the body that the client sets.</param>
    public JobModel? ReadModel(JsonLocation at, JobsDescription description, List<JsonLocation> output, IReadOnlyCollection<string> hidden)
    {
        var model = new DeclarationSection(at, "a model", context.Problems, _modelMembers);
        if (model.Text("id", isRequired: true) is not { } id)
            return null;
        var own = model["operation"].Exists ? model : common;
        if (context.Operation(own, "operation", isRequired: true) is not { } operation || Rule(model, own, operation) is not { } rule)
            return null;
        var value = model.Text("value") ?? id;
        if (_schemas.Input(model, operation, rule, value, hidden) is not { } input)
            return null;
        var result = _schemas.Output(model, output);
        var schemas = input.Schemas.Concat(result.Schemas.Where(schema => input.Schemas.All(known => known.Name != schema.Name))).ToEquatableArray();
        var endpoint = new EndpointDescription
        {
            Provider = description.Provider,
            Id = id,
            Client = description.DisplayName + "Client",
            Title = model.Text("title"),
            Description = model.Text("description"),
            Category = model.Text("category"),
            Deprecated = DeprecationReader.StateOf(operation.At.Node),
            DeprecationNote = DeprecationReader.NoteOf(operation.At.Node),
            Pricing = model.Text("pricing"),
            OutputType = model.Text("outputType"),
            Input = input.Root,
            Output = result.Root,
            Schemas = schemas,
            Service = new ServiceFacts { BaseUrl = description.Server, CreatesPerMinute = description.CreatesPerMinute, ConcurrentJobs = description.InFlight },
        };
        return new(endpoint, rule, value, Status(model, description));
    }

    /// <summary>The status request of a model whose jobs have one of their own, with responses that are like the others; null for the usual one.</summary>
    private RequestTemplate? Status(DeclarationSection model, JobsDescription description)
    {
        var status = new DeclarationSection(model["status"], "the status of a model", context.Problems, "operation", "parameters");
        if (!status.Exists || context.Operation(status, "operation", isRequired: true) is not { } operation)
            return null;
        if (operation.Method != "GET" || description.Status.Method != "GET")
        {
            status.Report("operation", "a GET, as that of the other models");
            return null;
        }
        var response = context.Document.ResponseOf(operation);
        return description.StatusFields.All(field => context.Verify(status.PointerOf("operation"), field.Pointer, response))
            ? requests.Read(status, operation, "{job}")
            : null;
    }

    /// <summary>
    /// Reports a webhook, an idempotency key or an own id in the body that no operation describes (a provider would ignore it, and what is sent again would be
    /// paid twice), and members that several parts of a declaration set.
    /// </summary>
    public void VerifyExtras(DeclarationSection section, JobsDescription description)
    {
        var extras = new[]
        {
            (Name: "webhook", Rule: description.Webhook), (Name: "webhook", Rule: description.WebhookSecret),
            (Name: "idempotency", Rule: description.Idempotency), (Name: "ownId", Rule: description.OwnId),
        };
        foreach (var (name, rule) in extras)
        {
            if (rule is { Where: "header" or "query" })
                VerifyParameter(section, name, rule);
            if (rule is not { Where: "body" })
                continue;
            var pointer = string.Concat(rule.Name.Select(step => "/" + JsonPointer.Escape(step)));
            var without = Operations().FirstOrDefault(operation => context.Document.BodyOf(operation, out _) is { } body && !Has(body, pointer));
            if (without is not null)
                context.Problems.Add(JobsProblems.UnknownPointer.AtPointer(section.PointerOf(name), pointer, "The body of " + without.Name, ""));
        }
        foreach (var rule in description.Models.Select(model => model.Submit).Append(description.AnyModel).OfType<SubmitRule>().Distinct())
        {
            var set = rule.Constants.Select(constant => constant.Name).Append(rule.ModelMember).Append(rule.InputPath.Count > 0 ? rule.InputPath[0] : null)
                .Concat(extras.Select(extra => extra.Rule is { Where: "body" } body && !description.IsBesideWebhook(body) ? body.Name[0] : null))
                .OfType<string>();
            foreach (var twice in set.GroupBy(name => name, StringComparer.Ordinal).Where(group => group.Skip(1).Any()))
                context.Problems.Add(JobsProblems.Twice.AtPointer(common.Pointer, twice.Key, "a member of the body that another part of the declaration sets"));
        }
    }

    // Documents often describe no headers at all; one that describes this parameter of some submits says that the others have none.
    private void VerifyParameter(DeclarationSection section, string name, ExtraRule rule)
    {
        var operations = Operations().Distinct().ToList();
        var without = operations.Find(operation => !context.Document.HasParameter(operation, rule.Where, rule.Name[0]));
        if (without is not null && operations.Exists(operation => context.Document.HasParameter(operation, rule.Where, rule.Name[0])))
        {
            context.Problems.Add(JobsProblems.UnknownPointer.AtPointer(
                section.PointerOf(name), rule.Name[0], $"{without.Name}, unlike other submits,", "; it would be sent there too, and ignored"));
        }
    }

    private bool Has(JsonLocation? schema, string pointer) => schema is not { } whole || context.Paths.Find(whole, pointer).Count > 0;

    private IEnumerable<JobsOperation> Operations()
    {
        if (common["operation"].Node.String is { } name && context.Document.Find(name) is { } operation)
            yield return operation;
        foreach (var model in context.Models)
        {
            if (model.Node["operation"].String is { } own && context.Document.Find(own) is { } found)
                yield return found;
        }
    }

    private SubmitRule? Rule(DeclarationSection model, DeclarationSection own, JobsOperation operation)
    {
        var parameters = model["parameters"].Exists ? model : common;
        var source = parameters.Pointer == own.Pointer ? own : model;
        if (requests.Read(source, operation, "{model}") is not { } request)
            return null;
        if (operation.Method != "POST")
        {
            own.Report("operation", "a POST, as submits are");
            return null;
        }
        var section = model["input"].Exists ? model : common;
        // The empty pointer is the body itself, also where the input of other models is elsewhere.
        var input = section["input"].Node.String is { Length: 0 } ? null : section.Text("input");
        if (input is not null && input[0] != '/')
        {
            section.Report("input", "a JSON pointer into the body, such as /input");
            return null;
        }
        if (input == "/0")
        {
            section.Report("input", "a pointer with the name of a member: a body that is an array cannot be sent");
            return null;
        }
        var steps = JsonPointer.Steps(input ?? "");
        if (steps.Take(steps.Length - 1).Any(JsonPointer.IsIndex))
        {
            section.Report("input", "a pointer whose last step alone may be the number of an item");
            return null;
        }
        var isArray = steps.Length > 0 && steps[steps.Length - 1] == "0";
        var member = (model["modelMember"].Exists ? model : common).Text("modelMember");
        var constants = (model["constants"].Exists ? model : common).Members("constants");
        var body = context.Document.BodyOf(operation, out var format);
        foreach (var name in constants.Select(constant => constant.Node.Name).Append(member).OfType<string>())
        {
            if (body is { } whole && !Has(whole, "/" + JsonPointer.Escape(name)))
                context.Problems.Add(JobsProblems.UnknownPointer.AtPointer(model.Pointer, "/" + name, "The body of " + operation.Name, ""));
        }
        return new(
            request, new(isArray ? steps.Take(steps.Length - 1).ToArray() : steps), isArray, member,
            constants.Select(constant => new NamedText(constant.Node.Name, constant.Node.Raw)).ToEquatableArray(), format);
    }
}
