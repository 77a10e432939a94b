using Zoetrope.Specs.Diagnostics;
using Zoetrope.Specs.Model;
using static Zoetrope.Specs.Tests.Readings;

namespace Zoetrope.Specs.Tests;

/// <summary>What OpenAPI 3.2 adds, and the dynamic references of JSON Schema.</summary>
public class OpenApi32Tests
{
    private const string Tree = """
        "Tree": {"$dynamicAnchor": "node", "type": "object", "properties": {"children": {"type": "array",
        "items": {"$dynamicRef": "#node"}}}}
        """;

    [Theory]
    [InlineData("3.2.0")]
    [InlineData("3.2.1")]
    public void A_document_of_this_version_is_read(string version) =>
        Assert.Equal("/a", Assert.Single(CleanApi(WithPaths("\"/a\": {\"get\": {}}").Replace("3.1.0", version, StringComparison.Ordinal)).Operations).Path);

    [Fact]
    public void Methods_are_those_of_the_path_and_additional_ones_in_their_own_spelling()
    {
        var api = CleanApi(WithPaths("\"/a\": {\"query\": {\"operationId\": \"q\"}, \"additionalOperations\": {\"COPY\": {}, \"Link\": {}, \"x-note\": 5}}"));

        Assert.Equal(["QUERY /a", "COPY /a", "Link /a"], api.Operations.Select(operation => operation.Method + " " + operation.Path));
        Assert.Equal(["/paths/~1a/query", "/paths/~1a/additionalOperations/COPY"], api.Operations.Take(2).Select(operation => operation.Pointer));
    }

    [Theory]
    [InlineData("https://a.example/api.json", "#/components/schemas/Thing")]
    [InlineData("https://a.example/api.json", "https://a.example/api.json#/components/schemas/Thing")]
    [InlineData("https://a.example/v1/api.json", "api.json#/components/schemas/Thing")]
    [InlineData("https://a.example/v1/api.json", "/v1/api.json#/components/schemas/Thing")]
    [InlineData("/v1/api.json", "./api.json#/components/schemas/Thing")]
    [InlineData("https://a.example/api.json", "things/one")]
    [InlineData("https://a.example/api.json", "things/one#thing")]
    [InlineData("https://a.example/api.json", "https://a.example/things/one#thing")]
    public void A_document_may_refer_to_itself_by_its_address_and_to_schemas_by_theirs(string self, string reference)
    {
        var api = CleanApi(Referring(self, reference));

        Assert.Equal("Thing", Assert.Single(api.Operations).Responses[0].Contents[0].Schema!.Ref);
        Assert.Equal("Thing", Assert.Single(api.Schemas).Name);
    }

    [Theory]
    [InlineData("https://a.example/api.json", "https://b.example/api.json#/components/schemas/Thing", "ZT0018")]
    [InlineData("https://a.example/v1/api.json", "/api.json#/components/schemas/Thing", "ZT0018")]
    [InlineData("https://a.example/api.json", "#nothing", "ZT0017")]
    [InlineData("https://a.example/api.json", "https://a.example/api.json#/components/schemas/Other", "ZT0017")]
    public void What_is_not_in_the_document_is_reported_at_its_line(string self, string reference, string id)
    {
        var text = Referring(self, reference);
        var problem = Assert.Single(SpecReader.Read(text).Problems);

        Assert.Equal((id, 8), (problem.Kind.Id, Line(text, problem)));
    }

    [Theory]
    [InlineData("3.20.0")]
    [InlineData("3.10")]
    [InlineData("3.3.0")]
    public void Another_version_is_not_taken_for_a_known_one(string version) =>
        Assert.Equal(version, Problem(WithPaths("\"/a\": {\"get\": {}}").Replace("3.1.0", version, StringComparison.Ordinal), Problems.OpenApiVersion).Arguments[0]);

    [Fact]
    public void A_cookie_style_is_reported_at_its_line_and_read_as_a_form()
    {
        var text = WithPaths("\"/a\": {\"get\": {\"parameters\": [{\"name\": \"c\", \"in\": \"cookie\",\n\"style\": \"cookie\", \"schema\": {\"type\": \"string\"}}]}}");
        var problem = Assert.Single(SpecReader.Read(text).Problems);

        Assert.Equal(("ZT0085", 7), (problem.Kind.Id, Line(text, problem)));
        Assert.Equal((ParameterStyle.Form, true), (Api(text).Operations[0].Parameters[0].Style, Api(text).Operations[0].Parameters[0].Explode));
    }

    [Fact]
    public void What_is_not_supported_is_reported_at_its_line_and_the_rest_is_read()
    {
        var text = WithPaths("""
            "/a": {"get": {"parameters": [
              {"name": "q", "in": "querystring", "content": {"application/json": {"schema": {"type": "object"}}}}],
              "responses": {"200": {"content": {"application/json": {"schema": {"oneOf": [{"$ref": "#/components/schemas/A"}, {"$ref": "#/components/schemas/B"}],
                "discriminator": {"propertyName": "kind",
                  "defaultMapping": "A"}}}}}}}}
            """, """
            "components": {"schemas": {"A": {"type": "object", "properties": {"kind": {"type": "string"}}}, "B": {"type": "object", "properties": {"kind": {"type": "string"}}}}}
            """);
        var problems = SpecReader.Read(text).Problems;

        Assert.Equal([("ZT0061", 8), ("ZT0061", 11)], problems.Select(problem => (problem.Kind.Id, Line(text, problem))).Order());
        Assert.Equal(["A", "B"], Assert.Single(Api(text).Operations).Responses[0].Contents[0].Schema!.AnyOf.Select(one => one.Ref));
    }

    [Theory]
    [InlineData("", "q:Form+! tags:Form+ near:Json")]
    [InlineData("\"tags\": {\"style\": \"pipeDelimited\"}, \"near\": {\"style\": \"deepObject\", \"explode\": true}", "q:Form+! tags:PipeDelimited near:DeepObject+")]
    [InlineData("\"tags\": {\"explode\": false}, \"q\": {\"allowReserved\": true}, \"near\": {\"contentType\": \"text/plain\"}", "q:Form+!r tags:Form near:Form+")]
    [InlineData("\"tags\": {\"contentType\": \"application/json\"}", "q:Form+! tags:Json near:Json")]
    public void A_query_that_is_a_form_is_its_members(string encoding, string expected)
    {
        var text = WithPaths($$$"""
            "/a": {"get": {"parameters": [{"name": "all", "in": "querystring", "required": true, "content": {"application/x-www-form-urlencoded": {
              "schema": {"$ref": "#/components/schemas/Search"}, "encoding": { {{{encoding}}} } } } }], "responses": {} } }
            """, """
            "components": {"schemas": {"Search": {"type": "object", "required": ["q"], "properties": {"q": {"type": "string", "description": "The words."},
              "tags": {"type": "array", "items": {"type": "string"}}, "near": {"$ref": "#/components/schemas/Point"}}}, "Point": {"type": "object"}}}
            """);
        var parameters = Assert.Single(Api(text).Operations).Parameters;

        Assert.Equal(expected, string.Join(" ", parameters.Select(one =>
            $"{one.Name}:{one.Style}{(one.Explode ? "+" : "")}{(one.Required ? "!" : "")}{(one.AllowReserved ? "r" : "")}")));
        Assert.All(parameters, one => Assert.Equal(ParameterLocation.Query, one.Location));
        Assert.Equal(("The words.", "Point"), (parameters[0].Schema.Description, parameters[2].Schema.Ref));
    }

    [Theory]
    [InlineData("\"application/json\": {\"schema\": {\"properties\": {\"a\": {}}}}")]
    [InlineData("\"application/x-www-form-urlencoded\": {\"schema\": {\"type\": \"object\"}}")]
    [InlineData("\"application/x-www-form-urlencoded\": {\"schema\": {\"properties\": {\"a\": {}}, \"oneOf\": [{\"required\": [\"a\"]}]}}")]
    [InlineData("\"application/x-www-form-urlencoded\": {\"schema\": {\"properties\": {\"a\": {}}}}, \"text/plain\": {}")]
    public void A_query_of_another_form_is_reported(string content)
    {
        var text = WithPaths("\"/a\": {\"get\": {\"parameters\": [{\"name\": \"all\",\n\"in\": \"querystring\", \"content\": {" + content + "}}], \"responses\": {}}}");

        Assert.Equal(("ZT0061", 7), Assert.Single(SpecReader.Read(text).Problems.Select(problem => (problem.Kind.Id, Line(text, problem))), problem => problem.Id == "ZT0061"));
        Assert.Empty(Assert.Single(Api(text).Operations).Parameters);
    }

    [Fact]
    public void A_media_type_may_be_a_reference()
    {
        var content = Operation(
            """{"responses": {"200": {"content": {"application/json": {"$ref": "#/components/mediaTypes/Text"}}}}}""",
            """ "components": {"mediaTypes": {"Text": {"schema": {"type": "string"}}}} """).Responses[0].Contents[0];

        Assert.Equal(("application/json", SchemaTypes.String), (content.MediaType, content.Schema!.Types));
    }

    [Fact]
    public void Tags_may_have_parents_and_a_device_flow_is_a_bearer_token()
    {
        var api = CleanApi(WithPaths("\"/a\": {\"get\": {\"tags\": [\"clips\"], \"security\": [{\"#/components/securitySchemes/device\": []}]}}", """
            "tags": [{"name": "media", "summary": "Media", "kind": "nav"}, {"name": "clips", "parent": "media", "kind": "badge"}],
            "components": {"securitySchemes": {
              "old": {"type": "http", "scheme": "bearer", "deprecated": true},
              "device": {"type": "oauth2", "oauth2MetadataUrl": "https://a.example/.well-known/oauth", "flows": {"deviceAuthorization":
                {"deviceAuthorizationUrl": "https://a.example/device", "tokenUrl": "https://a.example/token", "scopes": {}}}}}}
            """));

        Assert.Equal(["device"], Assert.Single(api.Operations).Security);
        Assert.Equal(
            [("old", SecurityKind.Bearer, true), ("device", SecurityKind.Bearer, false)],
            api.SecuritySchemes.Select(scheme => (scheme.Name, scheme.Kind, scheme.IsDeprecated)));
    }

    [Theory]
    [InlineData(Tree)]
    [InlineData("\"Tree\": {\"$recursiveAnchor\": true, \"type\": \"object\", \"properties\": {\"children\": {\"type\": \"array\",\n\"items\": {\"$recursiveRef\": \"#\"}}}}")]
    [InlineData("\"Tree\": {\"type\": \"object\", \"properties\": {\"children\": {\"type\": \"array\",\n\"items\": {\"$recursiveRef\": \"#\"}}}}")]
    [InlineData("\"Tree\": {\"$anchor\": \"node\", \"type\": \"object\", \"properties\": {\"children\": {\"type\": \"array\",\n\"items\": {\"$dynamicRef\": \"#node\"}}}}")]
    public void A_tree_consists_of_trees(string schemas)
    {
        var api = CleanApi(WithSchemas("Tree", schemas));

        Assert.Equal("Tree", Assert.Single(api.Schemas).Schema.Property("children").Items!.Ref);
    }

    [Fact]
    public void Of_several_dynamic_anchors_the_one_around_the_reference_is_taken_and_that_is_reported()
    {
        var text = WithSchemas("Strict", Tree + """
            , "Strict": {"$dynamicAnchor": "node", "$ref": "#/components/schemas/Tree", "properties": {"name": {"type": "string"}}}
            """);
        var problem = Problem(text, Problems.DynamicReference);

        Assert.Equal(7, Line(text, problem));
        Assert.Equal("Tree", Api(text).Schemas.Single(schema => schema.Name == "Strict").Schema.Property("children").Items!.Ref);
    }

    [Theory]
    [InlineData("\"$dynamicRef\": \"#nothing\"", "ZT0017")]
    [InlineData("\"$dynamicRef\": \"other.json#node\"", "ZT0018")]
    [InlineData("\"$dynamicRef\": 5", "ZT0019")]
    [InlineData("\"$ref\": \"#/components/schemas/Tree\", \"$dynamicRef\": \"#node\"", "ZT0020")]
    public void A_dynamic_reference_that_cannot_be_followed_is_reported(string members, string id)
    {
        var text = WithSchemas("Tree", Tree.Replace("\"$dynamicRef\": \"#node\"", members, StringComparison.Ordinal));
        var problem = Assert.Single(SpecReader.Read(text).Problems);

        Assert.Equal((id, 7), (problem.Kind.Id, Line(text, problem)));
    }

    private static string WithSchemas(string name, string schemas) => WithPaths(
        """
        "/a": {"get": {"responses": {"200": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/NAME"}}}}}}}
        """.Replace("NAME", name, StringComparison.Ordinal),
        "\"components\": {\"schemas\": {\n" + schemas + "}}");

    private static string Referring(string self, string reference) => WithPaths(
        "\"/a\": {\"get\": {\"responses\": {\"200\": {\"content\": {\"application/json\": {\"schema\": {\n\"$ref\": \"" + reference + "\"}}}}}}}",
        "\"$self\": \"" + self + "\", \"components\": {\"schemas\": {\"Thing\": {\"$id\": \"things/one\", \"$anchor\": \"thing\", \"type\": \"object\"}}}");
}
