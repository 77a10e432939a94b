using Zoetrope.Specs.Diagnostics;
using Zoetrope.Specs.Json;
using Zoetrope.Specs.Model;
using Zoetrope.Specs.OpenApi;

namespace Zoetrope.Specs.Jobs;

/// <summary>Finds the schemas of the models of a declaration: in the body of the operation that submits them, in its responses, or by a reference.</summary>
internal sealed class ModelSchemas(JobsContext context)
{
    /// <summary>The schema of the request without what the client sets; null where it cannot be used.</summary>
    /// <param name="model">The model.</param>
    /// <param name="operation">The operation that submits it.</param>
    /// <param name="rule">How it is submitted.</param>
    /// <param name="value">The provider's name of it.</param>
    /// <param name="hidden">The members of the body that the client sets.</param>
    public (Schema Root, EquatableArray<NamedSchema> Schemas)? Input(
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

    /// <summary>The schema of the result.</summary>
    /// <param name="model">The model.</param>
    /// <param name="output">The schemas of the result that all models have.</param>
    public (Schema Root, EquatableArray<NamedSchema> Schemas) Output(DeclarationSection model, List<JsonLocation> output)
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
