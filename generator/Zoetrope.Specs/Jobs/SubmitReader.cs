using Zoetrope.Specs.Diagnostics;
using Zoetrope.Specs.Json;
using Zoetrope.Specs.Model;
using Zoetrope.Specs.OpenApi;
using Zoetrope.Specs.Pages;

namespace Zoetrope.Specs.Jobs;

/// <summary>Reads what a declaration says about submits: how each model is submitted, and what its request is.</summary>
internal sealed class SubmitReader(JobsContext context, RequestReader requests, DeclarationSection common)
{
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
        var ids = common.Texts("id");
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
        if (Input(model, operation, rule, value, hidden) is not { } input)
            return null;
        var result = Output(model, output);
        var schemas = input.Schemas.Concat(result.Schemas.Where(schema => input.Schemas.All(known => known.Name != schema.Name))).ToEquatableArray();
        var endpoint = new EndpointDescription
        {
            Provider = description.Provider,
            Id = id,
            Client = description.DisplayName + "Client",
            Title = model.Text("title"),
            Description = model.Text("description"),
            Category = model.Text("category"),
            Pricing = model.Text("pricing"),
            OutputType = model.Text("outputType"),
            Input = input.Root,
            Output = result.Root,
            Schemas = schemas,
            Rules = RuleSentences.Find(input.Root.Properties, []),
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
    /// Reports a webhook or an idempotency key in the body that no operation describes (a provider would ignore it, and what is sent again would be paid
    /// twice), and members that several parts of a declaration set.
    /// </summary>
    public void VerifyExtras(DeclarationSection section, JobsDescription description)
    {
        var extras = new[]
        {
            (Name: "webhook", Rule: description.Webhook), (Name: "webhook", Rule: description.WebhookSecret),
            (Name: "idempotency", Rule: description.Idempotency),
        };
        foreach (var (name, rule) in extras)
        {
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
        var place = model["input"].Exists ? model : common;
        // The empty pointer is the body itself, also where the input of other models is elsewhere.
        var input = place["input"].Node.String is { Length: 0 } ? null : place.Text("input");
        if (input is not null && input[0] != '/')
        {
            place.Report("input", "a JSON pointer into the body, such as /input");
            return null;
        }
        if (input == "/0")
        {
            place.Report("input", "a pointer with the name of a member: a body that is an array cannot be sent");
            return null;
        }
        var steps = JsonPointer.Steps(input ?? "");
        if (steps.Take(steps.Length - 1).Any(JsonPointer.IsIndex))
        {
            place.Report("input", "a pointer whose last step alone may be the number of an item");
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

    private (Schema Root, EquatableArray<NamedSchema> Schemas)? Input(
        DeclarationSection model, JobsOperation operation, SubmitRule rule, string value, IReadOnlyCollection<string> hidden)
    {
        JsonLocation schema;
        JobsDocument document;
        if (model.Text("inputSchema") is { } reference)
        {
            if (Named(model, "inputSchema", reference) is not { } named)
                return null;
            (schema, document) = named;
        }
        else
        {
            document = context.Document;
            if (Selected(model, operation, rule, value) is not { } selected)
                return null;
            schema = selected;
        }
        var read = ReadSchema(document, schema);
        // What the client sets is not the user's.
        var set = rule.InputPath.Count > 0
            ? []
            : rule.Constants.Select(constant => constant.Name).Append(rule.ModelMember).Concat(hidden).ToList();
        var properties = read.Root.Properties.Where(property => !set.Contains(property.Name)).ToEquatableArray();
        if (rule.Format != BodyFormat.Json)
        {
            // The members of a request are values: what a file is in the form is not one of them.
            var files = properties.Where(property => IsFile(property.Schema, read.Schemas)).ToList();
            if (files.Find(file => file.Required) is { } required)
            {
                model.Report("operation", $"of an operation that can be called without a file; '{required.Name}' is one");
                return null;
            }
            properties = properties.Where(property => !files.Contains(property)).ToEquatableArray();
        }
        return (read.Root with { Properties = properties, Types = read.Root.Types | SchemaTypes.Object }, read.Schemas);
    }

    private static bool IsFile(Schema schema, EquatableArray<NamedSchema> schemas)
    {
        var whole = schema.Ref is { } name ? schemas.FirstOrDefault(known => known.Name == name)?.Schema ?? schema : schema;
        return whole.Format == "binary" || whole.Items is { Format: "binary" } || (whole.AnyOf.Count > 0 && whole.AnyOf.All(one => IsFile(one, schemas)));
    }

    /// <summary>The schema of the input in the body of the operation: of several alternatives the one that the constants and the model select.</summary>
    private JsonLocation? Selected(DeclarationSection model, JobsOperation operation, SubmitRule rule, string value)
    {
        if (context.Document.BodyOf(operation, out _) is not { } body)
        {
            model.Report(model["operation"].Exists ? "operation" : "id", "of an operation with a JSON body or a form");
            return null;
        }
        var found = new List<JsonLocation> { body };
        foreach (var step in rule.IsInputInArray ? rule.InputPath.Append("0") : rule.InputPath)
            found = found.SelectMany(schema => context.Paths.Find(schema, "/" + JsonPointer.Escape(step))).ToList();
        if (found.Count == 0)
        {
            context.Problems.Add(JobsProblems.UnknownPointer.AtPointer(
                model.Pointer, "/" + string.Join("/", rule.InputPath), "The body of " + operation.Name, ""));
            return null;
        }
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var alternatives = found.SelectMany(schema => Alternatives(schema, seen)).ToList();
        var wanted = rule.Constants.Where(constant => constant.Text[0] == '"').Select(constant => (constant.Name, Value: constant.Text.Trim('"'))).ToList();
        if (rule.ModelMember is { } member)
            wanted.Add((member, value));
        var isNested = rule.InputPath.Count > 0;
        var fitting = isNested ? alternatives : alternatives.Where(schema => wanted.TrueForAll(pair => Allows(schema, pair.Name, pair.Value))).ToList();
        if (fitting.Count == 1 || (fitting.Count > 1 && isNested))
            return fitting[0];
        model.Report("id", fitting.Count == 0
            ? "selected by constants that the body allows: " + string.Join(", ", wanted.Select(pair => pair.Name + " = " + pair.Value))
            : "selected by a constant, or by 'inputSchema': the body is one of " + fitting.Count + " schemas");
        return null;
    }

    private List<JsonLocation> Alternatives(JsonLocation schema, HashSet<string> seen)
    {
        if (!schema.Exists || context.Document.References.Follow(schema) is not { } whole)
            return [schema];
        // Alternatives may lead back to themselves.
        if (!seen.Add(whole.Pointer))
            return [];
        if (whole.Node["properties"].Exists)
            return [whole];
        foreach (var keyword in new[] { "oneOf", "anyOf" })
        {
            if (whole.Node[keyword].IsArray)
                return Items(whole[keyword]).SelectMany(item => Alternatives(item, seen)).ToList();
        }
        return [whole];
    }

    private static List<JsonLocation> Items(JsonLocation list)
    {
        var items = new List<JsonLocation>();
        foreach (var item in list.Node)
            items.Add(list.ItemAt(item, items.Count));
        return items;
    }

    private bool Allows(JsonLocation schema, string member, string value)
    {
        var described = context.Paths.Find(schema, "/" + JsonPointer.Escape(member));
        if (described.Count == 0)
            return false;
        var values = described.SelectMany(SchemaPaths.ValuesOf).ToList();
        return values.Count == 0 || values.Exists(listed => listed.Node.String == value);
    }

    private (Schema Root, EquatableArray<NamedSchema> Schemas) Output(DeclarationSection model, List<JsonLocation> output)
    {
        if (model.Text("outputSchema") is { } reference)
            return Named(model, "outputSchema", reference) is var (schema, document) ? ReadSchema(document, schema) : (new Schema(), default);
        return output.Count == 0 ? (new Schema(), default) : ReadSchema(context.Document, output[0]);
    }

    /// <summary>A schema that is named by a reference, in the document of schemas or in the API's.</summary>
    private (JsonLocation Schema, JobsDocument Document)? Named(DeclarationSection model, string member, string reference)
    {
        foreach (var document in new[] { context.Schemas, context.Document }.OfType<JobsDocument>())
        {
            if (document.Schema(reference) is { } schema)
                return (schema, document);
        }
        context.Problems.Add(JobsProblems.UnknownPointer.AtPointer(
            model.PointerOf(member), reference, $"'{context.Schemas?.Name ?? context.Document.Name}'", "; a schema is named as in #/components/schemas/Name"));
        return null;
    }

    private (Schema Root, EquatableArray<NamedSchema> Schemas) ReadSchema(JobsDocument document, JsonLocation schema)
    {
        if (!schema.Exists)
            return (new Schema(), default);
        // The problems of the schemas are reported where the document itself is read.
        var reader = new SchemaReader(document.References, [], context.CancellationToken);
        var root = reader.ReadRoot(schema.Node, schema.Pointer);
        return (root, reader.ReadReferred());
    }
}
