using Zoetrope.Specs;
using Zoetrope.Specs.Json;
using Zoetrope.Specs.Model;
using Zoetrope.Specs.Rules;

namespace Zoetrope.RuleBar;

/// <summary>All statements of one document: of its request, and of what that holds.</summary>
internal static class DocumentRules
{
    /// <summary>Reads a document of one endpoint.</summary>
    public static List<RuleStatement> OfEndpoint(string text)
    {
        var endpoint = SpecReader.Read(text).Document?.Endpoint;
        return endpoint?.Input is { } input ? Of([input], name => endpoint.Schemas.FirstOrDefault(schema => schema.Name == name)?.Schema) : [];
    }

    /// <summary>Reads a document of a whole API: the JSON bodies of its operations.</summary>
    public static List<RuleStatement> OfApi(string text)
    {
        if (SpecReader.Read(text).Document?.Api is not { } api)
            return [];
        var named = api.Schemas.ToDictionary(schema => schema.Name, schema => schema.Schema, StringComparer.Ordinal);
        var bodies = api.Operations.SelectMany(operation => operation.Body?.Contents ?? default).Select(content => content.Schema).OfType<Schema>();
        return Of(bodies, named.GetValueOrDefault);
    }

    private static List<RuleStatement> Of(IEnumerable<Schema> roots, Func<string, Schema?> find)
    {
        var statements = new List<RuleStatement>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var waiting = new Queue<Schema>(roots);
        while (waiting.TryDequeue(out var schema))
        {
            if (schema.Ref is { } name)
            {
                if (seen.Add(name) && find(name) is { } target)
                    waiting.Enqueue(target);
                continue;
            }
            if (schema.Properties.Count > 0)
                statements.AddRange(RuleReader.Read(schema, find, () => [.. schema.Examples.Select(example => JsonTree.Parse(example.Json).Root)]));
            foreach (var part in schema.AnyOf.Concat(schema.Properties.Select(property => property.Schema)))
                waiting.Enqueue(part);
            if (schema.Items is { } items)
                waiting.Enqueue(items);
            if (schema.AdditionalProperties is { } values)
                waiting.Enqueue(values);
        }
        return statements;
    }
}
