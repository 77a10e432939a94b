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
    public void Additional_operations_of_a_path_are_those_of_all_documents()
    {
        var merged = new MergedDocument(
        [
            First.Replace("\"get\":{", "\"additionalOperations\":{\"COPY\":{\"operationId\":\"copy\"}},\"get\":{", StringComparison.Ordinal),
            Second.Replace("\"delete\":{", "\"additionalOperations\":{\"COPY\":{},\"LINK\":{}},\"delete\":{", StringComparison.Ordinal),
        ]);
        var more = JsonNode.Parse(merged.Text)!["paths"]!["/x/{id}"]!["additionalOperations"]!.AsObject();

        Assert.Equal(["COPY", "LINK"], more.Select(operation => operation.Key));
        Assert.Equal(("copy", "https://b.example"), ((string)more["COPY"]!["operationId"]!, (string)more["LINK"]!["servers"]![0]!["url"]!));
        var problem = Assert.Single(merged.Problems, problem => problem.Problem.Kind == Problems.DescribedTwice);
        Assert.Equal((1, "/paths/~1x~1{id}/additionalOperations/COPY"), (problem.Document, problem.Problem.Pointer));
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

    [Theory]
    [InlineData("/x/{id}", """{"name":"id","in":"path","schema":{"type":"integer"}}""", """{"name":"id","in":"path","schema":{"type":"string"}}""", 1)]
    [InlineData("/x/{id}", """{"$ref":"#/components/parameters/Number"}""", """{"name":"id","in":"path","schema":{"type":"string"}}""", 1)]
    [InlineData("/x/{id}", """{"name":"id","in":"path","schema":{"type":"integer"}}""", """{"$ref":"#/components/parameters/Text"}""", 1)]
    [InlineData("/x", """{"name":"X-Id","in":"header","schema":{"type":"integer"}}""", """{"name":"x-id","in":"header","schema":{"type":"string"}}""", 1)]
    [InlineData("/x", """{"name":"id","in":"query","schema":{"type":"integer"}}""", """{"name":"ID","in":"query","schema":{"type":"string"}}""", 2)]
    [InlineData("/x", """{"name":"id","in":"query","schema":{"type":"integer"}}""", """{"name":"id","in":"cookie","schema":{"type":"string"}}""", 2)]
    public void An_operation_replaces_parameters_of_its_path(string path, string ofPath, string ofOperation, int count)
    {
        string Page(string method) => """
            {"openapi":"3.1.0","info":{"title":"A"},"servers":[{"url":"https://a.example"}],
             "paths":{"PATH":{"parameters":[SHARED],"METHOD":{"operationId":"METHOD","parameters":[OWN],"responses":{"204":{"description":"ok"}}}}},
             "components":{"parameters":{
              "Number":{"name":"id","in":"path","required":true,"schema":{"type":"integer"}},
              "Text":{"name":"id","in":"path","required":true,"schema":{"type":"string"}}}}}
            """.Replace("PATH", path, StringComparison.Ordinal).Replace("METHOD", method, StringComparison.Ordinal)
            .Replace("SHARED", ofPath, StringComparison.Ordinal).Replace("OWN", ofOperation, StringComparison.Ordinal);
        var reading = SpecReader.Read(new MergedDocument([Page("get"), Page("put")]).Text);

        Assert.Empty(reading.Problems);
        Assert.Equal(2, reading.Document!.Api!.Operations.Count);
        foreach (var operation in reading.Document.Api.Operations)
        {
            Assert.Equal(count, operation.Parameters.Count);
            Assert.Equal(Model.SchemaTypes.String, operation.Parameters[count - 1].Schema.Types);
        }
    }

    [Theory]
    [InlineData("{}", "{\"$anchor\":\"tee\",", "\"#tee\"")]
    [InlineData("{}", "{\"$id\":\"tee\",", "\"tee\"")]
    [InlineData("{}", "{\"$id\":\"https://a.example/tee\",\"$defs\":{\"x\":{\"$ref\":\"#/properties/p\"}},", "\"https://a.example/tee\"")]
    [InlineData("{\"$self\":\"https://a.example/d\"}", "{", "\"https://a.example/d#/components/schemas/Tee\"")]
    public void References_by_name_or_address_stay_in_their_document(string self, string begin, string reference)
    {
        string Page(string path, string type) => """
            {SELF"openapi":"3.2.0","info":{"title":"A"},"servers":[{"url":"https://a.example"}],
             "paths":{"PATH":{"get":{"responses":{"200":{"description":"ok","content":{"application/json":{"schema":{"$ref":REFERENCE}}}}}}}},
             "components":{"schemas":{"Tee":BEGIN"properties":{"p":{"type":"TYPE"}}},"Same":{"type":"object","properties":{"t":{"$ref":REFERENCE}}}}}}
            """.Replace("SELF", self == "{}" ? "" : self[1..^1] + ",", StringComparison.Ordinal).Replace("REFERENCE", reference, StringComparison.Ordinal)
            .Replace("BEGIN", begin, StringComparison.Ordinal).Replace("PATH", path, StringComparison.Ordinal).Replace("TYPE", type, StringComparison.Ordinal);
        var merged = new MergedDocument([Page("/a", "string"), Page("/b", "integer")]);
        var root = JsonNode.Parse(merged.Text)!;

        Assert.Empty(merged.Problems);
        Assert.Empty(SpecReader.Read(merged.Text).Problems);
        Assert.Equal(["Tee", "Same", "Tee2", "Same2"], root["components"]!["schemas"]!.AsObject().Select(schema => schema.Key));
        Assert.Equal("#/components/schemas/Tee2", (string)root["components"]!["schemas"]!["Same2"]!["properties"]!["t"]!["$ref"]!);
        Assert.Equal("Tee2", Readings.Api(merged.Text).Operations[1].Responses[0].Contents[0].Schema!.Ref);
    }

    [Theory]
    [InlineData("key", "[{\"key2\":[]}]")]
    [InlineData("#/components/securitySchemes/key", "[{\"key2\":[]}]")]
    [InlineData("other", "[]")]
    [InlineData("#/components/securitySchemes/other", "[]")]
    public void A_scheme_is_that_of_its_own_document(string name, string expected)
    {
        var second = Second.Replace("\"security\":[{\"key\":[]},{}]", "\"security\":[{\"" + name + "\":[]}]", StringComparison.Ordinal);
        const string Other = "\"securitySchemes\":{\"other\":{\"type\":\"http\",\"scheme\":\"basic\"},";
        var merged = new MergedDocument([First.Replace("\"securitySchemes\":{", Other, StringComparison.Ordinal), second]);

        Assert.Equal(expected, JsonNode.Parse(merged.Text)!["paths"]!["/y"]!["post"]!["security"]!.ToJsonString());
        Assert.Equal(
            expected == "[]" ? [(1, "/paths/~1y/post/security/0/" + name.Replace("/", "~1", StringComparison.Ordinal))] : [],
            merged.Problems.Where(one => one.Problem.Kind == Problems.UnknownScheme).Select(one => (one.Document, one.Problem.Pointer)));
    }

    [Theory]
    [InlineData("""{"propertyName":"kind","mapping":{"d":"Dog","c":"Cat"}}""", """{"d":"Dog2","c":"Cat"}""")]
    [InlineData("""{"propertyName":"kind","mapping":{"d":"#/components/schemas/Dog","c":"Cat"}}""", """{"d":"#/components/schemas/Dog2","c":"Cat"}""")]
    [InlineData("""{"propertyName":"kind"}""", """{"Dog":"#/components/schemas/Dog2"}""")]
    [InlineData("""{"mapping":{"c":"Cat"},"propertyName":"kind"}""", """{"c":"Cat","Dog":"#/components/schemas/Dog2"}""")]
    public void Discriminators_follow_components_with_another_name_and_keep_their_values(string discriminator, string mapping)
    {
        string Page(string path, string type) => """
            {"openapi":"3.1.0","info":{"title":"A"},"servers":[{"url":"https://a.example"}],
             "paths":{"PATH":{"get":{"responses":{"200":{"description":"ok","content":{"application/json":{"schema":{"$ref":"#/components/schemas/Pet"}}}}}}}},
             "components":{"schemas":{
              "Pet":{"oneOf":[{"$ref":"#/components/schemas/Dog"},{"$ref":"#/components/schemas/Cat"}],"discriminator":DISCRIMINATOR},
              "Named":{"type":"object","properties":{"discriminator":{"type":"string"},"dog":{"$ref":"#/components/schemas/Dog"}}},
              "Dog":{"type":"object","properties":{"kind":{"type":"string"},"size":{"type":"TYPE"}}},
              "Cat":{"type":"object","properties":{"kind":{"type":"string"}}}}}}
            """.Replace("PATH", path, StringComparison.Ordinal).Replace("TYPE", type, StringComparison.Ordinal)
            .Replace("DISCRIMINATOR", discriminator, StringComparison.Ordinal);
        var merged = new MergedDocument([Page("/a", "string"), Page("/b", "integer")]);
        var schemas = JsonNode.Parse(merged.Text)!["components"]!["schemas"]!;

        Assert.Equal(["Pet", "Named", "Dog", "Cat", "Pet2", "Named2", "Dog2"], schemas.AsObject().Select(schema => schema.Key));
        Assert.Equal(mapping, schemas["Pet2"]!["discriminator"]!["mapping"]!.ToJsonString());
        Assert.Equal(JsonNode.Parse(discriminator)!.ToJsonString(), schemas["Pet"]!["discriminator"]!.ToJsonString());
        Assert.Equal("#/components/schemas/Dog2", schemas["Named2"]!["properties"]!["dog"]!["$ref"]!.GetValue<string>());
        Assert.Empty(SpecReader.Read(merged.Text).Problems);
    }

    [Fact]
    public void Many_components_that_refer_to_one_another_are_followed_in_proportion()
    {
        const int Count = 20_000;
        string Page(string type) => "{\"components\":{\"schemas\":{"
            + string.Concat(Enumerable.Range(0, Count).Select(i => $"\"S{i}x\":{{\"items\":{{\"$ref\":\"#/components/schemas/S{i + 1}x\"}}}},"))
            + $"\"S{Count}x\":{{\"type\":\"{type}\"}}}}}}}}";

        var merged = new MergedDocument([Page("string"), Page("integer")]);

        var schemas = JsonNode.Parse(merged.Text)!["components"]!["schemas"]!;
        Assert.Equal(2 * (Count + 1), schemas.AsObject().Count);
        Assert.Equal("#/components/schemas/S8x2", schemas["S7x2"]!["items"]!["$ref"]!.GetValue<string>());
        Assert.Equal((1, "/components/schemas/S7x/items"), merged.Find("/components/schemas/S7x2/items"));
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
