using System.Text.Json.Nodes;
using Zoetrope.Specs.Diagnostics;
using Zoetrope.Specs.Model;
using Zoetrope.Specs.OpenApi;

namespace Zoetrope.Specs.Tests;

/// <summary>What parts of one document lead to, where it becomes a part of another one.</summary>
public class MergedReferenceTests
{
    private const string First = """
        {"openapi":"3.1.0","info":{"title":"A"},"servers":[{"url":"https://a.example"}],"security":[{"key":[]}],
         "paths":{"/a":{"get":{"operationId":"first","responses":{"204":{"description":"ok"}}}},"/shared":{"$ref":"#/components/pathItems/Item"}},
         "components":{"pathItems":{"Item":{"get":{"operationId":"firstShared","responses":{"204":{"description":"ok"}}}}},
          "securitySchemes":{"key":{"type":"http","scheme":"bearer"}}}}
        """;

    private const string Second = """
        {"openapi":"3.1.0","info":{"title":"A"},"servers":[{"url":"https://b.example"}],"security":[{"key":[]}],
         "paths":{PATHS,"/other":{"post":{"operationId":"other","responses":{"204":{"description":"ok"}}}}},
         "components":{"pathItems":{"Item":{"summary":"Of the path","parameters":[{"name":"q","in":"query","schema":{"type":"string"}}],
           "put":{"operationId":"put","responses":{"204":{"description":"ok"}}},
           "additionalOperations":{"COPY":{"operationId":"copy","responses":{"204":{"description":"ok"}}}}}},
          "securitySchemes":{"key":{"type":"apiKey","in":"header","name":"X-Key"}}}}
        """;

    [Theory]
    [InlineData("\"/b\":{\"$ref\":\"#/components/pathItems/Item\"}", "put copy", "q", "/components/pathItems/Item/put")]
    [InlineData("\"/shared\":{\"$ref\":\"#/components/pathItems/Item\"}", "put copy", "q", "/components/pathItems/Item/put")]
    [InlineData("\"/b\":{\"$ref\":\"#/paths/~1other\"}", "other", "", "/paths/~1other/post")]
    public void A_path_by_reference_has_the_servers_and_the_security_of_its_own_document(string path, string ids, string parameter, string pointer)
    {
        var merged = new MergedDocument([First, Second.Replace("PATHS", path, StringComparison.Ordinal)]);
        var reading = SpecReader.Read(merged.Text);
        var operations = reading.Document!.Api!.Operations.ToDictionary(operation => operation.Path + " " + operation.Id, StringComparer.Ordinal);

        Assert.Equal((null, "key"), (operations["/a first"].Server, Assert.Single(operations["/a first"].Security)));
        Assert.Equal((null, "key"), (operations["/shared firstShared"].Server, Assert.Single(operations["/shared firstShared"].Security)));
        var name = path.Split('"')[1];
        foreach (var id in ids.Split(' '))
        {
            var operation = operations[name + " " + id];
            Assert.Equal(("https://b.example", "key2"), (operation.Server, Assert.Single(operation.Security)));
            Assert.Equal(parameter, string.Concat(operation.Parameters.Select(one => one.Name)));
            Assert.Equal(parameter.Length > 0 ? "Of the path" : null, operation.Summary);
        }
        Assert.Equal((1, pointer), merged.Find(operations[name + " " + ids.Split(' ')[0]].Pointer));
        Assert.Equal((0, "/components/pathItems/Item/get/responses"), merged.Find("/paths/~1shared/get/responses"));
    }

    [Fact]
    public void A_path_by_reference_to_what_only_another_document_has_is_left_out()
    {
        var second = Second.Replace("PATHS", "\"/b\":{\"$ref\":\"#/components/pathItems/Theirs\"}", StringComparison.Ordinal);
        var merged = new MergedDocument([First.Replace("\"Item\"", "\"Theirs\"", StringComparison.Ordinal), second]);

        Assert.Null(JsonNode.Parse(merged.Text)!["paths"]!["/b"]);
        Assert.Contains(SpecReader.Read(second).Problems, problem => problem.Kind == Problems.DanglingReference);
    }

    [Theory]
    [InlineData("#/paths/~1shared/get/parameters/0")]
    [InlineData("#/x-own/parameter")]
    public void References_outside_of_components_stay_in_their_document(string reference)
    {
        string Page(string method, string path, string type) => """
            {"openapi":"3.1.0","info":{"title":"A"},"servers":[{"url":"https://a.example"}],
             "paths":{"/shared":{"parameters":[{"name":"p","in":"query","schema":{"type":"boolean"}}],"get":{"operationId":"METHOD",
               "parameters":[{"name":"n","in":"query","schema":{"type":"TYPE"}}],"responses":{"204":{"description":"ok"}}}},
              "PATH":{"METHOD":{"operationId":"METHOD2","parameters":[{"$ref":"#/components/parameters/P"}],"responses":{"204":{"description":"ok"}}}}},
             "x-own":{"parameter":{"name":"n","in":"query","schema":{"type":"TYPE"}}},
             "components":{"parameters":{"P":{"$ref":"REFERENCE"}}}}
            """.Replace("PATH", path, StringComparison.Ordinal).Replace("METHOD", method, StringComparison.Ordinal)
            .Replace("TYPE", type, StringComparison.Ordinal).Replace("REFERENCE", reference, StringComparison.Ordinal);
        var merged = new MergedDocument([Page("get", "/one", "string"), Page("put", "/two", "integer")]);
        var reading = SpecReader.Read(merged.Text);

        Assert.Empty(reading.Problems);
        SchemaTypes TypeOf(string path) => Assert.Single(Assert.Single(reading.Document!.Api!.Operations, one => one.Path == path).Parameters).Schema.Types;
        Assert.Equal((SchemaTypes.String, SchemaTypes.Integer), (TypeOf("/one"), TypeOf("/two")));
        Assert.Equal((1, reference[1..] + "/schema"), merged.Find("/components/x-parts/part2/schema"));
    }

    [Theory]
    [InlineData("{\"$dynamicAnchor\":\"tee\",", "\"$dynamicRef\":\"#tee\"")]
    [InlineData("{\"$id\":\"https://a.example/tee\",\"$dynamicAnchor\":\"tee\",", "\"$dynamicRef\":\"https://a.example/tee#tee\"")]
    public void Dynamic_references_stay_in_their_document(string begin, string reference)
    {
        string Page(string path, string type) => """
            {"openapi":"3.1.0","info":{"title":"A"},"servers":[{"url":"https://a.example"}],
             "paths":{"PATH":{"get":{"responses":{"200":{"description":"ok","content":{"application/json":{"schema":{REFERENCE}}}}}}}},
             "components":{"schemas":{"Tee":BEGIN"type":"object","properties":{"p":{"type":"TYPE"},"self":{REFERENCE}}}}}}
            """.Replace("PATH", path, StringComparison.Ordinal).Replace("TYPE", type, StringComparison.Ordinal)
            .Replace("BEGIN", begin, StringComparison.Ordinal).Replace("REFERENCE", reference, StringComparison.Ordinal);
        var merged = new MergedDocument([Page("/a", "string"), Page("/b", "integer")]);
        var reading = SpecReader.Read(merged.Text);

        Assert.Empty(merged.Problems);
        Assert.Empty(reading.Problems);
        Assert.Equal(["Tee", "Tee2"], reading.Document!.Api!.Operations.Select(operation => operation.Responses[0].Contents[0].Schema!.Ref));
        var own = Assert.Single(reading.Document.Api.Schemas, schema => schema.Name == "Tee2").Schema.Properties;
        Assert.Equal((SchemaTypes.Integer, "Tee2"), (own[0].Schema.Types, own[1].Schema.Ref));
    }

    [Fact]
    public void Webhooks_are_those_of_all_documents()
    {
        string Page(string name, string webhooks, string type) => """
            {"openapi":"3.1.0","info":{"title":"A"},"paths":{},"WEBHOOKS":{"NAME":{"$ref":"#/components/pathItems/Ready"},"twice":{"post":{
              "requestBody":{"content":{"application/json":{"schema":{"type":"TYPE"}}}}}}},
             "components":{"schemas":{"Clip":{"type":"TYPE"}},"pathItems":{"Ready":{"post":{
              "requestBody":{"content":{"application/json":{"schema":{"$ref":"#/components/schemas/Clip"}}}}}}}}}
            """.Replace("WEBHOOKS", webhooks, StringComparison.Ordinal).Replace("NAME", name, StringComparison.Ordinal)
            .Replace("TYPE", type, StringComparison.Ordinal);
        var merged = new MergedDocument([Page("one", "webhooks", "string"), Page("two", "x-webhooks", "integer")]);
        var webhooks = SpecReader.Read(merged.Text).Document!.Api!.Webhooks;

        Assert.Equal([("one", "Clip"), ("twice", null), ("two", "Clip2")], webhooks.Select(webhook => (webhook.Name, webhook.Payload.Ref)));
        Assert.Equal((1, "/components/pathItems/Ready/post"), merged.Find(webhooks[2].Pointer));
        var twice = Assert.Single(merged.Problems);
        Assert.Equal((1, Problems.DescribedTwice, "/x-webhooks/twice"), (twice.Document, twice.Problem.Kind, twice.Problem.Pointer));
    }
}
