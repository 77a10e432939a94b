using System.Collections;
using Microsoft.CodeAnalysis;

namespace Zoetrope.Generator.Tests.Jobs;

/// <summary>What the result of a declared model is, by the schema at <c>result.output</c>.</summary>
public class DeclaredResultTests
{
    private const string Result = "Demo.Models.Still+Result";

    private static readonly Spec _declaration = new("specs/pictura/pictura.jobs.json", """
        {
          "provider": "pictura",
          "name": "Pictura",
          "document": "pictura.json",
          "keys": "PICTURA_API_KEY",
          "submit": { "operation": "make", "id": "/id" },
          "models": [{ "id": "still" }],
          "status": { "operation": "look", "word": "/state", "succeeded": "finished", "failed": "spoiled" },
          "result": { "output": "/made" }
        }
        """);

    private static readonly Spec _document = new("specs/pictura/pictura.json", """
        {
          "openapi": "3.1.0",
          "info": { "title": "Pictura API", "version": "1" },
          "servers": [{ "url": "https://api.pictura.example" }],
          "paths": {
            "/works": { "post": {
              "operationId": "make",
              "requestBody": { "content": { "application/json": { "schema": { "type": "object", "properties": { "prompt": { "type": "string" } } } } } },
              "responses": { "202": { "description": "ok", "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Work" } } } } }
            } },
            "/works/{id}": { "get": {
              "operationId": "look",
              "parameters": [{ "name": "id", "in": "path", "required": true, "schema": { "type": "string" } }],
              "responses": { "200": { "description": "ok", "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Work" } } } } }
            } }
          },
          "components": { "schemas": {
            "Work": { "type": "object", "properties": {
              "id": { "type": "string" }, "state": { "enum": ["finished", "spoiled"] }, "made": {}
            } },
            "Picture": { "type": "object", "required": ["url"], "properties": {
              "url": { "type": "string" }, "width": { "type": "integer" }, "height": { "type": "integer" }
            } },
            "Shot": { "type": "object", "required": ["name"], "properties": { "name": { "type": "string" }, "frames": { "type": "integer" } } }
          } }
        }
        """);

    [Theory]
    [InlineData("""{ "type": "array", "items": { "$ref": "#/components/schemas/Picture" } }""", "Outputs", "ImageFile", """[{"url":"a"},{"url":"b"}]""", 2)]
    [InlineData("""{ "type": "array", "items": { "$ref": "#/components/schemas/Shot" } }""", "Outputs", "Shot",
        """[{"name":"a","frames":1},{"name":"b","more":true}]""", 2)]
    [InlineData("""{ "anyOf": [{ "type": "null" }, { "type": "array", "items": { "type": "string" } }] }""", "Outputs", "String", """["a","b","c"]""", 3)]
    [InlineData("""{ "type": "string", "format": "uri" }""", "Output", "String", "\"https://a.example/b\"", 1)]
    public void A_result_that_is_no_object_has_the_type_that_the_document_describes(string schema, string name, string type, string json, int count)
    {
        var generated = new Project([_declaration, _document.Replace("\"made\": {}", "\"made\": " + schema)], references: false).Run();
        Assert.DoesNotContain(generated.Diagnostics, found => found.DefaultSeverity >= DiagnosticSeverity.Warning);
        var assembly = generated.Load();

        var property = assembly.GetType(Result, throwOnError: true)!.GetProperty(name)!;
        var value = property.GetValue(Generated.Read(assembly, Result, json));
        var items = value is string text ? [text] : ((IEnumerable)value!).Cast<object>().ToList();

        Assert.Equal((count, type), (items.Count, items[0].GetType().Name));
        Assert.Equal(json, Generated.RoundTrip(assembly, Result, json));
        // As a test makes one.
        var made = Activator.CreateInstance(property.DeclaringType!)!;
        property.SetValue(made, value);
        Assert.Equal(json, typeof(Json.RawJson).GetMethod("From")!.MakeGenericMethod(made.GetType()).Invoke(null, [made])!.ToString());
    }

    [Fact]
    public void A_result_of_other_values_than_the_document_describes_is_kept_and_reported_when_it_is_read()
    {
        const string Other = """[{"title":1},null]""";
        var schema = "\"made\": { \"type\": \"array\", \"items\": { \"type\": \"string\" } }";
        var assembly = new Project([_declaration, _document.Replace("\"made\": {}", schema)], references: false).Run().Load();

        var result = Generated.Read(assembly, Result, Other);

        var exception = Assert.ThrowsAny<Exception>(() => result.GetType().GetProperty("Outputs")!.GetValue(result));
        Assert.IsType<InvalidOperationException>(exception.InnerException);
        Assert.Equal(Other, Generated.RoundTrip(assembly, Result, Other));
    }

    [Theory]
    [InlineData("/made/*", "/made")]
    [InlineData("/made/*/url", "/made")]
    public void A_pointer_through_the_items_of_an_array_is_refused_because_it_would_be_the_first_item_alone(string pointer, string list)
    {
        var declaration = _declaration.Replace("\"/made\"", $"\"{pointer}\"");
        var schema = "\"made\": { \"type\": \"array\", \"items\": { \"$ref\": \"#/components/schemas/Picture\" } }";

        var generated = new Project([declaration, _document.Replace("\"made\": {}", schema)], references: false).Run();

        var error = Assert.Single(generated.Diagnostics, found => found.Severity == DiagnosticSeverity.Error);
        Assert.Equal(
            $"'output' must be a pointer without '*', which would be the first item alone; \"{list}\" is the list of all items", error.GetMessage());
        Assert.Equal(declaration.PlaceOf($"\"{pointer}\"").Line, error.Location.GetLineSpan().StartLinePosition.Line + 1);
        Assert.DoesNotContain("Demo.Models.PicturaClient.g.cs", generated.Sources.Keys);
    }

    [Fact]
    public void An_empty_pointer_is_that_of_the_whole_status()
    {
        var whole = new Project([_declaration.Replace("\"/made\"", "\"\""), _document], references: false).Run();
        var without = new Project([_declaration.Replace(",\n  \"result\": { \"output\": \"/made\" }", ""), _document], references: false).Run();

        Assert.DoesNotContain(whole.Diagnostics, found => found.DefaultSeverity >= DiagnosticSeverity.Warning);
        Assert.Equal(without.Sources.OrderBy(source => source.Key), whole.Sources.OrderBy(source => source.Key));
    }
}
