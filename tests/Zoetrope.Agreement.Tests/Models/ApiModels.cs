using System.Reflection;
using System.Text.Json.Nodes;
using NJsonSchema;
using NSwag;
using Zoetrope.Generator.Naming;
using Zoetrope.Generator.Tooling;
using Zoetrope.Simulator.Endpoints;
using Zoetrope.Specs;
using Zoetrope.Specs.Model;

namespace Zoetrope.Agreement.Tests;

/// <summary>What became types of whole APIs: their named schemas, and the bodies and results in JSON that operations have of their own.</summary>
internal static class ApiModels
{
    /// <summary>Those of a document; none where it is of no whole API.</summary>
    public static IEnumerable<AgreedEndpoint> Of(Spec spec, Assembly assembly)
    {
        if (!spec.Path.EndsWith(".json", StringComparison.Ordinal) || SpecReader.Read(spec.Text, spec.Provider).Document is not { Api: { } api } read)
            return [];
        var names = NameAssignments.Of(new Dictionary<string, SpecDocument> { [spec.Path] = read }).ToDictionary(
            name => name.Key,
            name => name.Name,
            StringComparer.Ordinal);
        var owner = names.Keys.Single(key => key.StartsWith("api:", StringComparison.Ordinal) && !key.Contains('#', StringComparison.Ordinal));
        var document = JsonNode.Parse(spec.Text)!.AsObject();
        var view = new SchemaView(document);
        var judged = new Lazy<OpenApiDocument>(() => Read(document));
        return from part in Schemas(document).Concat(api.Operations.SelectMany(operation => Contents(document, operation)))
               let name = names.GetValueOrDefault(owner + NameKeys.Type(part.Key))
               let type = name is null ? null : assembly.GetType($"{spec.Namespace}.{names[owner]}+{name}{part.Inner}")
               where type is { IsEnum: false } && type.GetMethod("Read") is not null
               let code = ModelCode.OfSchema(type)
               select new AgreedEndpoint(
                   $"{Path.GetFileNameWithoutExtension(spec.Path)}:{part.Key}{part.Inner}", "", code, code, code.IsValidated ? code.Validate : null,
                   () => new Judge(new(view, part.Node, part.Find(judged.Value)), null));
    }

    private static IEnumerable<ApiPart> Schemas(JsonObject document) =>
        from schema in document["components"]?["schemas"] as JsonObject ?? []
        where schema.Value is not null
        select new ApiPart(schema.Key, "", schema.Value, read => read.Components.Schemas[schema.Key].ActualSchema);

    private static IEnumerable<ApiPart> Contents(JsonObject document, OperationDescription operation)
    {
        var key = operation.Method + " " + operation.Path;
        var method = operation.Method.ToLowerInvariant();
        if (document["paths"]?[operation.Path]?[method] is not JsonObject described)
            yield break;
        if (described["requestBody"]?["content"]?["application/json"]?["schema"] is { } body)
            yield return new(key, "+Body", body, read => read.Paths[operation.Path][method].RequestBody!.Content["application/json"].Schema!.ActualSchema);
        foreach (var status in new[] { "200", "201", "202" })
        {
            if (described["responses"]?[status]?["content"]?["application/json"]?["schema"] is not { } result)
                continue;
            yield return new(
                key,
                "+Result",
                result,
                read => read.Paths[operation.Path][method].Responses[status].Content["application/json"].Schema!.ActualSchema);
            yield break;
        }
    }

    private static OpenApiDocument Read(JsonObject document)
    {
        var prepared = document.DeepClone().AsObject();
        SchemaPreparation.ApplyToDocument(prepared);
        return OpenApiDocument.FromJsonAsync(prepared.ToJsonString()).GetAwaiter().GetResult();
    }

    /// <summary>A part of a document that can be a type.</summary>
    /// <param name="Key">What it, or its operation, is called in the document.</param>
    /// <param name="Inner">What its type is called in that of its operation.</param>
    /// <param name="Node">Its schema.</param>
    /// <param name="Find">Finds the schema in the document as NSwag has it.</param>
    private sealed record ApiPart(string Key, string Inner, JsonNode Node, Func<OpenApiDocument, JsonSchema> Find);
}
