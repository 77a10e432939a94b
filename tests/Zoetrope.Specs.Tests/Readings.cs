using Zoetrope.Specs.Diagnostics;
using Zoetrope.Specs.Model;
using Zoetrope.Specs.Pages;
using Zoetrope.Specs.Rules;

namespace Zoetrope.Specs.Tests;

/// <summary>Short ways to read documents and to ask what they said.</summary>
internal static class Readings
{
    public static EndpointDescription Endpoint(string text)
    {
        var reading = SpecReader.Read(text);
        Assert.NotNull(reading.Document?.Endpoint);
        return reading.Document.Endpoint;
    }

    /// <summary>The endpoint of a document without any problem.</summary>
    public static EndpointDescription Clean(string text)
    {
        Assert.Empty(SpecReader.Read(text).Problems);
        return Endpoint(text);
    }

    public static Schema Property(this Schema schema, string name) => schema.Properties.Single(property => property.Name == name).Schema;

    public static Schema Named(this EndpointDescription endpoint, string name) => endpoint.Schemas.Single(schema => schema.Name == name).Schema;

    public static string[] Names(this Schema schema) => [.. schema.Properties.Select(property => property.Name)];

    public static string[] RequiredNames(this Schema schema) => [.. schema.Properties.Where(property => property.Required).Select(property => property.Name)];

    public static string[] Texts(this EquatableArray<JsonLiteral> literals) => [.. literals.Select(literal => literal.Text)];

    public static string[] Jsons(this EquatableArray<JsonLiteral> literals) => [.. literals.Select(literal => literal.Json)];

    /// <summary>The rules of a request that the document states in words.</summary>
    public static IReadOnlyList<ParameterRule> WordedRules(this EndpointDescription endpoint) => RuleReader.RulesOf(endpoint);

    /// <summary>The line of a problem, from 1.</summary>
    public static int Line(string text, SpecProblem problem) =>
        new LineMap(text)[problem.Start >= 0 ? problem.Start : SpecReader.Locate(text, problem.Pointer).Start].Line;

    /// <summary>The only problem of a kind.</summary>
    public static SpecProblem Problem(string text, ProblemKind kind) => Assert.Single(SpecReader.Read(text).Problems, problem => problem.Kind == kind);

    public static string LocatedText(string text, string pointer)
    {
        var range = SpecReader.Locate(text, pointer);
        return text.Substring(range.Start, range.Length);
    }

    /// <summary>A document of fal's form whose input has one property <c>value</c> with this schema.</summary>
    public static string WithValue(string schema, string components = "") =>
        WithInput("{\"type\":\"object\",\"properties\":{\"value\":" + schema + "}}", components);

    /// <summary>A document of fal's form with this input.</summary>
    public static string WithInput(string input, string components = "") =>
        """
        {
          "openapi": "3.0.4",
          "info": {"title": "t", "version": "1", "x-fal-metadata": {"endpointId": "fal-ai/test", "category": "text-to-image"}},
          "components": {"schemas": {
            "Input": INPUT,
            "Output": {"type": "object", "properties": {"seed": {"type": "integer"}}}
            COMPONENTS
          }},
          "paths": {
            "/fal-ai/test": {"post": {"requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Input"}}}}}},
            "/fal-ai/test/requests/{request_id}": {"get": {"responses": {"200": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Output"}}}}}}}
          },
          "servers": [{"url": "https://queue.fal.run"}]
        }
        """.Replace("INPUT", input, StringComparison.Ordinal).Replace("COMPONENTS", components.Length > 0 ? "," + components : "", StringComparison.Ordinal);

    /// <summary>What the reader makes of one schema.</summary>
    public static Schema Value(string schema, string components = "") => Endpoint(WithValue(schema, components)).Input!.Property("value");

    /// <summary>The API of a document.</summary>
    public static ApiDescription Api(string text)
    {
        var reading = SpecReader.Read(text);
        Assert.NotNull(reading.Document?.Api);
        return reading.Document.Api;
    }

    /// <summary>The API of a document without any problem.</summary>
    public static ApiDescription CleanApi(string text)
    {
        Assert.Empty(SpecReader.Read(text).Problems);
        return Api(text);
    }

    /// <summary>A document of a whole API with these paths and further members.</summary>
    public static string WithPaths(string paths, string members = "") =>
        "{\n\"openapi\": \"3.1.0\",\n\"info\": {\"title\": \"Pictures API\"},\n\"servers\": [{\"url\": \"https://api.example.com/v1/\"}],\n"
        + (members.Length > 0 ? members + ",\n" : "") + "\"paths\": {\n" + paths + "\n}}";

    /// <summary>What the reader makes of one operation, <c>POST /things/{id}</c> unless the path is given.</summary>
    public static OperationDescription Operation(string operation, string members = "", string path = "/things/{id}") =>
        Assert.Single(Api(WithOperation(operation, members, path)).Operations);

    /// <summary>A document with one operation; its path parameter <c>id</c> is described.</summary>
    public static string WithOperation(string operation, string members = "", string path = "/things/{id}") =>
        WithPaths("\"" + path + "\": {" + (path.Contains("{id}", StringComparison.Ordinal)
            ? "\"parameters\": [{\"name\": \"id\", \"in\": \"path\", \"required\": true, \"schema\": {\"type\": \"string\"}}],\n" : "\n")
                + "\"post\": "
                + operation
                + "}", members);

    /// <summary>The names that the operations of an API, and the schemas that these share, refer to.</summary>
    public static IEnumerable<string> References(ApiDescription api) => References(
    [
        .. api.Schemas.Select(schema => schema.Schema),
        .. api.Operations.SelectMany(operation => operation.Parameters).Select(parameter => parameter.Schema),
        .. api.Operations.SelectMany(operation => operation.Responses.SelectMany(response => response.Contents).Concat(operation.Body?.Contents ?? []))
            .Select(content => content.Schema).OfType<Schema>(),
    ]);

    /// <summary>The names that schemas refer to.</summary>
    public static IEnumerable<string> References(IEnumerable<Schema> schemas)
    {
        var waiting = new Stack<Schema>(schemas);
        while (waiting.TryPop(out var schema))
        {
            if (schema.Ref is { } name)
                yield return name;
            foreach (var part in schema.AnyOf.Concat(schema.Properties.Select(property => property.Schema)))
                waiting.Push(part);
            if (schema.Items is { } items)
                waiting.Push(items);
            if (schema.AdditionalProperties is { } values)
                waiting.Push(values);
        }
    }
}
