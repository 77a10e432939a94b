using System.Globalization;
using Zoetrope.Specs.Model;

namespace Zoetrope.Cli.Vendoring;

/// <summary>A part of what a document describes.</summary>
/// <param name="Path">What it is called, such as <c>input.prompt</c> or <c>GET /v1/models</c>.</param>
/// <param name="Parent">The path of the part that it is in; empty for none.</param>
/// <param name="Facts">What is said of it in a few words.</param>
/// <param name="Limits">What its values must keep to, in a few words; empty for nothing.</param>
internal sealed record DocumentPart(string Path, string Parent, string Facts, string Limits = "")
{
    /// <summary>All that is said of it, in a few words.</summary>
    public string All => string.Join(", ", new[] { Facts.Length == 0 ? "any" : Facts, Limits }.Where(text => text.Length > 0));
}

/// <summary>Takes a document apart: parameters, members, values of enums, operations.</summary>
internal sealed class DocumentParts
{
    // Deeper than any document is read.
    private const int MaxDepth = 128;

    private readonly Dictionary<string, DocumentPart> _parts = new(StringComparer.Ordinal);

    /// <summary>The parts, in the order of the document.</summary>
    public static IReadOnlyCollection<DocumentPart> Of(SpecDocument document)
    {
        var parts = new DocumentParts();
        if (document.Endpoint is { } endpoint)
        {
            parts.AddMembers("input", endpoint.Input, 0);
            parts.AddMembers("output", endpoint.Output, 0);
        }
        foreach (var operation in document.Api?.Operations ?? default)
            parts.AddOperation(operation);
        foreach (var webhook in document.Api?.Webhooks ?? default)
        {
            var name = "webhook " + webhook.Name;
            parts.Add(name, "", "");
            parts.AddInside(name, webhook.Payload, 0);
        }
        foreach (var schema in document.Endpoint?.Schemas ?? document.Api?.Schemas ?? default)
        {
            parts.Add(schema.Name, "", "");
            parts.AddInside(schema.Name, schema.Schema, 0);
        }
        return parts._parts.Values;
    }

    private void AddOperation(OperationDescription operation)
    {
        var path = $"{operation.Method} {operation.Path}";
        Add(path, "", "");
        foreach (var parameter in operation.Parameters)
        {
            var own = $"{path} {parameter.Location.ToString().ToLowerInvariant()} {parameter.Name}";
            Add(own, path, FactsOf(parameter.Schema, parameter.Required), LimitsOf(parameter.Schema));
            AddInside(own, parameter.Schema, 0);
        }
        foreach (var content in operation.Body?.Contents ?? default)
            AddWhole(path, $"{path} body", content);
        foreach (var response in operation.Responses)
        {
            foreach (var content in response.Contents)
                AddWhole(path, $"{path} {response.Status}", content);
        }
    }

    private void AddWhole(string parent, string path, MediaContent content)
    {
        Add(path, parent, content.Schema is { } schema ? FactsOf(schema, required: false) : content.MediaType);
        AddInside(path, content.Schema, 0);
    }

    private void AddInside(string path, Schema? schema, int depth)
    {
        if (schema is null || depth > MaxDepth)
            return;
        foreach (var value in schema.Enum)
            Add($"{path} = {value.Json}", path, "");
        AddMembers(path, schema, depth);
        AddInside(path + "[]", schema.Items, depth + 1);
        AddInside(path + "{}", schema.AdditionalProperties, depth + 1);
        foreach (var alternative in schema.AnyOf)
            AddInside(path, alternative, depth + 1);
    }

    private void AddMembers(string path, Schema? schema, int depth)
    {
        foreach (var property in schema?.Properties ?? default)
        {
            var own = $"{path}.{property.Name}";
            Add(own, path, FactsOf(property.Schema, property.Required), LimitsOf(property.Schema));
            AddInside(own, property.Schema, depth + 1);
        }
    }

    private static string FactsOf(Schema schema, bool required)
    {
        var type = TypeOf(schema);
        return required ? type + (type.Length > 0 ? ", " : "") + "required" : type;
    }

    private static string LimitsOf(Schema schema)
    {
        var own = new (string Name, object? Value)[]
        {
            (schema.ExclusiveMinimum ? "exclusiveMinimum" : "minimum", schema.Minimum),
            (schema.ExclusiveMaximum ? "exclusiveMaximum" : "maximum", schema.Maximum),
            ("multipleOf", schema.MultipleOf), ("minLength", schema.MinLength), ("maxLength", schema.MaxLength), ("pattern", schema.Pattern),
            ("minItems", schema.MinItems), ("maxItems", schema.MaxItems),
        };
        var limits = own.Where(limit => limit.Value is not null).Select(limit => string.Create(CultureInfo.InvariantCulture, $"{limit.Name} {limit.Value}"));
        return string.Join(", ", limits.Concat(schema.AnyOf.Select(LimitsOf).Where(text => text.Length > 0)));
    }

    private static string TypeOf(Schema schema)
    {
        if (schema.Ref is not null)
            return schema.Ref;
        if (schema.AnyOf.Count > 0)
            return string.Join(" or ", schema.AnyOf.Select(TypeOf).Where(type => type.Length > 0).Distinct());
        var types = Enum.GetValues<SchemaTypes>()
            .Where(type => type != SchemaTypes.Any && schema.Types.HasFlag(type))
            .Select(type => type.ToString().ToLowerInvariant());
        return string.Join(" or ", types) + (schema.Items is { } items && TypeOf(items) is { Length: > 0 } item ? $" of {item}" : "");
    }

    private void Add(string path, string parent, string facts, string limits = "") => _parts.TryAdd(path, new(path, parent, facts, limits));
}
