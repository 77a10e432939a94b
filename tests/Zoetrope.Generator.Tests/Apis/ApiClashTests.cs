namespace Zoetrope.Generator.Tests;

/// <summary>Names and forms in documents that could make code that does not compile.</summary>
public class ApiClashTests
{
    private const string Nothing = "\"responses\": {\"204\": {\"description\": \"\"}}";

    private const string Checked = """{"type": "array", "minItems": 1, "items": {"type": "array", "items": {"type": "string", "minLength": 2}}}""";

    [Fact]
    public void Required_parameters_and_parts_that_may_be_null_compile()
    {
        var document = ApiDocuments.Of("""
            "/a": {"post": {"operationId": "a",
              "parameters": [{"name": "q", "in": "query", "required": true, "schema": {"type": "string", "nullable": true} }, {"name": "any", "in": "query", "required": true, "schema": {} }],
              "requestBody": {"required": true, "content": {"multipart/form-data": {"schema": {"type": "object", "required": ["p", "f"], "properties": {
                "p": {"type": "string", "nullable": true}, "f": {"type": "string", "format": "binary", "nullable": true} } } } } },
              "responses": {"204": {"description": ""} } } }
            """);

        Assert.NotEmpty(new Project([document]).Run().Image());
    }

    [Theory]
    [InlineData("given", "givenValue")]
    [InlineData("item", "itemValue")]
    [InlineData("i", "iValue")]
    [InlineData("mark", "markValue")]
    [InlineData("pair", "pairValue")]
    [InlineData("item2", "item2Value")]
    [InlineData("I2", "i2Value")]
    [InlineData("MARK2", "mark2Value")]
    [InlineData("CANCELLATIONTOKEN", "cancellationtokenValue")]
    [InlineData("BODY", "bodyValue")]
    [InlineData("context", "contextValue")]
    [InlineData("class", "@class")]
    public void A_parameter_in_the_path_has_another_name_than_what_else_a_method_has(string name, string expected)
    {
        var document = ApiDocuments.Of($$"""
            "/a/{{{name}}}/{list}": {"post": {"operationId": "a", {{Nothing}},
              "parameters": [
                {"name": "{{name}}", "in": "path", "required": true, "schema": {"type": "string", "minLength": 2} },
                {"name": "list", "in": "path", "required": true, "schema": {{Checked}} }],
              "requestBody": {"content": {"application/json": {"schema": {"type": "object", "additionalProperties": {{Checked}} } } } } } }
            """);

        var generated = new Project([document]).Run();

        Assert.Contains("AAsync(\n        string " + expected + ",\n", generated.Source("Demo.Models.Demo.A.g.cs"));
        Assert.NotEmpty(generated.Image());
    }

    [Fact]
    public void A_seed_in_the_path_has_limits()
    {
        var document = ApiDocuments.Of($$"""
            "/a/{seed}": {"get": {"operationId": "a", {{Nothing}}, "parameters": [{"name": "seed", "in": "path", "required": true, "schema": {"type": "integer", "minimum": 0} }]} }
            """);

        Assert.NotEmpty(new Project([document]).Run().Image());
    }

    [Theory]
    [InlineData("query", "\"type\": \"string\", \"format\": \"binary\"", "string?")]
    [InlineData("header", "\"type\": \"string\", \"format\": \"binary\"", "string?")]
    [InlineData("cookie", "\"type\": \"string\", \"format\": \"binary\"", "string?")]
    [InlineData("query", "\"type\": \"array\", \"items\": {\"type\": \"string\", \"format\": \"binary\"}", "global::System.Collections.Generic.IReadOnlyList<string>?")]
    [InlineData("query", "\"description\": \"Binary or not.\"", "global::Zoetrope.Json.RawJson?")]
    public void Only_parts_of_multipart_bodies_are_files(string place, string schema, string type)
    {
        var document = ApiDocuments.Of($$"""
            "/a": {"post": {"operationId": "a", {{Nothing}}, "parameters": [{"name": "data", "in": "{{place}}", "schema": { {{schema}} } }],
              "requestBody": {"required": true, "content": {"application/x-www-form-urlencoded": {"schema": {"type": "object", "properties": {"part": { {{schema}} } } } } } } } }
            """);

        var generated = new Project([document]).Run();

        Assert.Contains("public " + type + " Data { get; set; }", generated.Source("Demo.Models.Demo.A.g.cs"));
        Assert.Contains("public " + type + " Part { get; set; }", generated.Source("Demo.Models.Demo.A.g.cs"));
        Assert.NotEmpty(generated.Image());
    }

    [Theory]
    [InlineData("AddTo")]
    [InlineData("addTo")]
    [InlineData("add_to")]
    [InlineData("addto")]
    public void A_member_of_a_form_has_another_name_than_its_methods(string name)
    {
        var document = ApiDocuments.Of($$"""
            "/a": {"post": {"operationId": "a", {{Nothing}}, "parameters": [{"name": "{{name}}", "in": "query", "schema": {"type": "string"} }],
              "requestBody": {"required": true, "content": {"multipart/form-data": {"schema": {"type": "object", "required": ["{{name}}"], "properties": {"{{name}}": {"type": "string", "enum": ["a"]} } } } } } } }
            """);

        Assert.NotEmpty(new Project([document]).Run().Image());
    }

    [Fact]
    public void Second_methods_have_names_of_their_own()
    {
        const string Both =
            "\"responses\": {\"200\": {\"description\": \"\", \"content\": {\"application/json\": {\"schema\": {\"type\": \"string\"}}, \"video/mp4\": {}}}}";
        var document = ApiDocuments.Of(string.Join(",", new[] { "x", "xStream", "xAsStream", "xAs" }.Select(id => $$"""
            "/{{id}}": {"get": {"operationId": "{{id}}", {{Both}} } }
            """)));

        var generated = new Project([document]).Run();

        Assert.Contains("XAsStream_2Async(", generated.Source("Demo.Models.Demo.X.g.cs"));
        Assert.Contains("XAsAsStreamAsync(", generated.Source("Demo.Models.Demo.XAs.g.cs"));
        Assert.NotEmpty(generated.Image());
    }

    [Theory]
    [InlineData("a", "DemoClient")]
    [InlineData("demoClient", "Item")]
    [InlineData("a", "Demo")]
    [InlineData("demo", "Item")]
    public void An_operation_or_a_schema_can_be_called_as_the_client_is(string id, string schema)
    {
        var document = ApiDocuments.Of(
            $$"""
            "/a": {"get": {"operationId": "{{id}}", "parameters": [{"name": "q", "in": "query", "schema": {"type": "string"} }],
              "responses": {"200": {"description": "", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/{{schema}}"} } } } } } }
            """,
            $$""" "{{schema}}": {"type": "object", "properties": {"a": {"type": "string"} } } """);

        Assert.NotEmpty(new Project([document]).Run().Image());
    }
}
