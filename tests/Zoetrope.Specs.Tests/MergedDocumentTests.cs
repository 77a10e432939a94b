using System.Text.Json.Nodes;
using Zoetrope.Specs.Diagnostics;
using Zoetrope.Specs.OpenApi;

namespace Zoetrope.Specs.Tests;

/// <summary>Several documents of one API as one.</summary>
public class MergedDocumentTests
{
    private const string First = """
        {"openapi":"3.1.0","info":{"title":"A"},"servers":[{"url":"https://a.example"}],"security":[{"key":[]}],
         "paths":{"/x/{id}":{"parameters":[{"name":"id","in":"path"}],"get":{"operationId":"get",
          "responses":{"200":{"$ref":"#/components/responses/Ok"}}}}},
         "components":{"schemas":{"Same":{"type":"string"},"Own":{"$ref":"#/components/schemas/Other"},"Other":{"type":"integer"}},
          "responses":{"Ok":{"description":"ok"}},"securitySchemes":{"key":{"type":"http","scheme":"bearer"}}}}
        """;

    private const string Second = """
        {"openapi":"3.0.3","info":{"title":"B"},"servers":[{"url":"https://b.example"}],"security":[{"key":[]}],
         "paths":{"/x/{id}":{"delete":{"operationId":"get","parameters":[{"name":"force","in":"query"}],
           "responses":{"200":{"$ref":"#/components/responses/Ok"}}}},
          "/y":{"post":{"security":[{"key":[]},{}],
           "requestBody":{"content":{"application/json":{"schema":{"$ref":"#/components/schemas/Own/properties/a"}}}}}}},
         "components":{"schemas":{
           "Same":{"type":"string"},"Own":{"$ref":"#/components/schemas/Other"},"Other":{"type":"boolean"},"Other2":{"type":"null"}},
          "responses":{"Ok":{"description":"ok"}},"securitySchemes":{"key":{"type":"apiKey","in":"header","name":"X-Key"}}}}
        """;

    private readonly MergedDocument _merged = new([First, Second]);

    private JsonNode Root => JsonNode.Parse(_merged.Text)!;

    [Fact]
    public void Title_servers_and_security_are_the_first_ones_and_operations_of_others_keep_their_own()
    {
        Assert.Equal(("3.1.0", "A", "https://a.example"), (Text("openapi"), Text("info/title"), Text("servers/0/url")));
        Assert.Null(At("paths/~1x~1{id}/get/servers"));
        Assert.Equal("https://b.example", Text("paths/~1x~1{id}/delete/servers/0/url"));
        Assert.Equal("""[{"key2":[]}]""", At("paths/~1x~1{id}/delete/security")!.ToJsonString());
        Assert.Equal("""[{"key2":[]},{}]""", At("paths/~1y/post/security")!.ToJsonString());
    }

    [Fact]
    public void What_documents_say_of_a_path_stays_with_their_operations()
    {
        Assert.Equal(["id"], At("paths/~1x~1{id}/get/parameters")!.AsArray().Select(parameter => parameter!["name"]!.GetValue<string>()));
        Assert.Equal(["force"], At("paths/~1x~1{id}/delete/parameters")!.AsArray().Select(parameter => parameter!["name"]!.GetValue<string>()));
    }

    [Fact]
    public void Components_that_differ_have_another_name_and_references_follow()
    {
        Assert.Equal(["Same", "Own", "Other", "Own2", "Other3", "Other2"], At("components/schemas")!.AsObject().Select(schema => schema.Key));
        Assert.Equal("#/components/schemas/Other3", Text("components/schemas/Own2/$ref"));
        Assert.Equal("#/components/schemas/Own2/properties/a", Text("paths/~1y/post/requestBody/content/application~1json/schema/$ref"));
        Assert.Equal(["Ok"], At("components/responses")!.AsObject().Select(response => response.Key));
    }

    [Theory]
    [InlineData("/paths/~1x~1{id}/get/responses/200", 0, "/paths/~1x~1{id}/get/responses/200")]
    [InlineData("/paths/~1x~1{id}/delete/operationId", 1, "/paths/~1x~1{id}/delete/operationId")]
    [InlineData("/paths/~1y/post/requestBody/none", 1, "/paths/~1y/post/requestBody/none")]
    [InlineData("/components/schemas/Other/type", 0, "/components/schemas/Other/type")]
    [InlineData("/components/schemas/Other3/type", 1, "/components/schemas/Other/type")]
    [InlineData("/components/schemas/Other2/type", 1, "/components/schemas/Other2/type")]
    [InlineData("/none", 0, "/none")]
    public void Everything_is_found_in_its_document(string pointer, int document, string there) => Assert.Equal((document, there), _merged.Find(pointer));

    [Fact]
    public void Contradictions_are_reported_at_the_later_document()
    {
        var id = Assert.Single(_merged.Problems);
        Assert.Equal((1, Problems.SameOperationId, "/paths/~1x~1{id}/delete/operationId"), (id.Document, id.Problem.Kind, id.Problem.Pointer));

        var (described, named) = (First.Replace("\"ok\"", "\"no\"", StringComparison.Ordinal), First.Replace("\"get\",", "\"other\",", StringComparison.Ordinal));
        var twice = Assert.Single(new MergedDocument([First, First, described, named]).Problems);
        Assert.Equal((3, Problems.DescribedTwice, "GET /x/{id}"), (twice.Document, twice.Problem.Kind, twice.Problem.Arguments[0]));
    }

    [Fact]
    public void What_cannot_be_read_is_left_out()
    {
        Assert.Equal(_merged.Text, new MergedDocument([First, "{", "# Page", Second]).Text);
        Assert.Equal("""{"paths":{},"components":{}}""", new MergedDocument(["{"]).Text);
    }

    private JsonNode? At(string path) => path.Split('/').Select(step => step.Replace("~1", "/", StringComparison.Ordinal))
        .Aggregate<string, JsonNode?>(Root, (node, step) => node is JsonArray items ? items[step[0] - '0'] : node?[step]);

    private string Text(string path) => At(path)!.GetValue<string>();
}
