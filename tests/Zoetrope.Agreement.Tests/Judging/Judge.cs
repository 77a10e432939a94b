using System.Text.Json.Nodes;
using NJsonSchema;
using NSwag;
using Zoetrope.Simulator.Endpoints;
using Zoetrope.Simulator.Validation;
using Zoetrope.Specs.Model;

namespace Zoetrope.Agreement.Tests;

/// <summary>What an endpoint's document allows: the JSON of the schemas to make instances from, and NJsonSchema's word on them.</summary>
/// <param name="Request">The schema of the request.</param>
/// <param name="Result">The schema of the result; null where the document has none.</param>
internal sealed record Judge(JudgedSchema Request, JudgedSchema? Result)
{
    /// <summary>The judge of an OpenAPI document, which NSwag reads.</summary>
    public static Judge OfDocument(JsonObject document, string id)
    {
        var prepared = document.DeepClone().AsObject();
        SchemaPreparation.ApplyToDocument(prepared);
        var read = OpenApiDocument.FromJsonAsync(prepared.ToJsonString()).GetAwaiter().GetResult();
        var view = new SchemaView(document);
        var requestPath = document["paths"]!["/" + id]!["post"]!;
        var resultPath = document["paths"]!["/" + id + "/requests/{request_id}"]?["get"];
        var request = read.Paths["/" + id]["post"].RequestBody?.Content["application/json"].Schema;
        var result =
            resultPath is null ? null : read.Paths["/" + id + "/requests/{request_id}"]["get"].Responses["200"].Content.Values.FirstOrDefault()?.Schema;
        return new(
            new(
                view,
                requestPath["requestBody"]?["content"]?["application/json"]?["schema"] ?? new JsonObject { ["type"] = "object" },
                request ?? new JsonSchema { Type = JsonObjectType.Object }),
            result is null ? null : new(view, resultPath!["responses"]!["200"]!["content"]!["application/json"]!["schema"]!, result));
    }

    /// <summary>The judge of a page. Pages hold no schemas; these are made from what the readers understood.</summary>
    public static Judge OfPage(EndpointDescription page)
    {
        return new(Of(page), page.Provider == "fal" && page.Output is { } output ? Of(page with { Input = output }) : null);

        static JudgedSchema Of(EndpointDescription page)
        {
            var schema = PageSchema.BuildAsync(page, CancellationToken.None).GetAwaiter().GetResult();
            var json = PageSchema.Write(page);
            return new(new SchemaView(json), json, schema);
        }
    }
}

/// <summary>One schema.</summary>
/// <param name="View">Its document.</param>
/// <param name="Node">The schema in it.</param>
/// <param name="Schema">The same as NJsonSchema has it.</param>
internal sealed record JudgedSchema(SchemaView View, JsonNode Node, JsonSchema Schema)
{
    /// <summary>What is wrong with an instance; nothing where it is valid.</summary>
    public IReadOnlyList<Finding> Findings(JsonNode? instance)
    {
        UndeclaredMembers.Note(Schema);
        var token = RequestToken.Of(instance);
        return [.. new ServiceValidator().Validate(token, Schema).Select(error => Finding.Of(error, token))];
    }
}
