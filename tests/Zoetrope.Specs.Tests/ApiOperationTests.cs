using Zoetrope.Specs.Diagnostics;
using Zoetrope.Specs.Model;
using static Zoetrope.Specs.Tests.Readings;

namespace Zoetrope.Specs.Tests;

/// <summary>What operations take and give: parameters, bodies, responses.</summary>
public class ApiOperationTests
{
    private const string Thing =
        """ "components": {"schemas": {"Thing": {"type": "object", "properties": {"next": {"$ref": "#/components/schemas/Thing"}}}}} """;

    [Theory]
    [InlineData("query", "", ParameterStyle.Form, true)]
    [InlineData("query", "\"explode\": false", ParameterStyle.Form, false)]
    [InlineData("query", "\"style\": \"spaceDelimited\"", ParameterStyle.SpaceDelimited, false)]
    [InlineData("query", "\"style\": \"pipeDelimited\", \"explode\": true", ParameterStyle.PipeDelimited, true)]
    [InlineData("query", "\"style\": \"deepObject\", \"explode\": true", ParameterStyle.DeepObject, true)]
    [InlineData("header", "", ParameterStyle.Simple, false)]
    [InlineData("header", "\"explode\": true", ParameterStyle.Simple, true)]
    [InlineData("cookie", "", ParameterStyle.Form, true)]
    [InlineData("path", "", ParameterStyle.Simple, false)]
    [InlineData("path", "\"style\": \"label\"", ParameterStyle.Label, false)]
    [InlineData("path", "\"style\": \"matrix\", \"explode\": true", ParameterStyle.Matrix, true)]
    public void A_parameter_is_written_as_it_says_or_as_its_location_has_it(string location, string members, ParameterStyle style, bool explode)
    {
        var parameter = Assert.Single(
            CleanParameters(
                $$$"""[{"name": "p", "in": "{{{location}}}", {{{members}}}{{{(members.Length > 0 ? "," : "")}}} "schema": {"type": "array", "items": {"type": "string"} } }]""",
                location == "path" ? "/a/{p}" : "/a"));

        Assert.Equal(("p", style, explode, location == "path"), (parameter.Name, parameter.Style, parameter.Explode, parameter.Required));
        Assert.Equal(location, parameter.Location.ToString().ToLowerInvariant());
        Assert.Equal(SchemaTypes.String, parameter.Schema.Items!.Types);
    }

    [Theory]
    [InlineData("path", "form", ParameterStyle.Simple)]
    [InlineData("path", "deepObject", ParameterStyle.Simple)]
    [InlineData("query", "simple", ParameterStyle.Form)]
    [InlineData("header", "form", ParameterStyle.Simple)]
    [InlineData("cookie", "pipeDelimited", ParameterStyle.Form)]
    [InlineData("query", "Form", ParameterStyle.Form)]
    public void A_style_that_a_location_does_not_have_is_reported(string location, string style, ParameterStyle taken)
    {
        var text = WithParameters(
            $$$"""[{"name": "p", "in": "{{{location}}}",{{{'\n'}}}"style": "{{{style}}}", "schema": {"type": "string"}}]""",
            location == "path" ? "/a/{p}" : "/a");

        Assert.Equal(8, Line(text, Problem(text, Problems.UnfitStyle)));
        Assert.Equal(taken, Assert.Single(Assert.Single(Api(text).Operations).Parameters).Style);
    }

    [Fact]
    public void The_words_about_a_parameter_count_before_those_about_its_type()
    {
        var parameters = CleanParameters("""
            [{"name": "a", "in": "query", "description": " Mine. ", "deprecated": true, "allowReserved": true, "required": true, "example": 5,
              "schema": {"type": "integer", "description": "Its.", "minimum": 1}},
             {"name": "b", "in": "query", "schema": {"type": "integer", "description": "Its."}}]
            """);

        Assert.Equal(
            ("Mine.", true, true, true),
            (parameters[0].Schema.Description, parameters[0].Schema.Deprecated, parameters[0].AllowReserved, parameters[0].Required));
        Assert.Equal(("1", "5"), (parameters[0].Schema.Minimum, Assert.Single(parameters[0].Schema.Examples).Json));
        Assert.Equal(
            ("Its.", (bool?)null, false, false),
            (parameters[1].Schema.Description, parameters[1].Schema.Deprecated, parameters[1].AllowReserved, parameters[1].Required));
    }

    [Fact]
    public void Parameters_of_the_path_hold_for_each_operation_and_its_own_replace_them()
    {
        var api = CleanApi(WithPaths("""
            "/a/{id}": {
              "parameters": [
                {"$ref": "#/components/parameters/Id"},
                {"name": "limit", "in": "query", "schema": {"type": "integer"}},
                {"name": "limit", "in": "header", "schema": {"type": "integer"}},
                {"name": "X-Trace", "in": "header", "schema": {"type": "string"}}],
              "get": {"parameters": [{"name": "limit", "in": "query", "required": true, "schema": {"type": "string"}}, {"name": "x-trace", "in": "header", "schema": {"type": "integer"}}]},
              "delete": {}
            }
            """, """ "components": {"parameters": {"Id": {"$ref": "#/components/parameters/RealId"}, "RealId": {"name": "id", "in": "path", "required": true, "schema": {"type": "string", "format": "uuid"}}}} """));

        Assert.Equal(
            [
                ("id", ParameterLocation.Path, SchemaTypes.String),
                ("limit", ParameterLocation.Query, SchemaTypes.String),
                ("limit", ParameterLocation.Header, SchemaTypes.Integer),
                ("x-trace", ParameterLocation.Header, SchemaTypes.Integer)
            ],
            api.Operations[0].Parameters.Select(parameter => (parameter.Name, parameter.Location, parameter.Schema.Types)));
        Assert.Equal(["id", "limit", "limit", "X-Trace"], api.Operations[1].Parameters.Select(parameter => parameter.Name));
        Assert.Equal("/components/parameters/RealId/schema", api.Operations[1].Parameters[0].Schema.Pointer);
    }

    [Fact]
    public void A_parameter_with_content_is_JSON_text()
    {
        var parameter = Assert.Single(
            CleanParameters("""[{"name": "filter", "in": "query", "content": {"application/json; charset=utf-8": {"schema": {"type": "object", "properties": {"a": {}}}}}}]"""));

        Assert.Equal(ParameterStyle.Json, parameter.Style);
        Assert.Equal(["a"], parameter.Schema.Names());
    }

    [Theory]
    [InlineData("""{"name": "q", "in": "query", "content": {"text/plain": {}}}""", "ZT0019", 1)]
    [InlineData("""{"name": "q", "in": "query"}""", "ZT0019", 1)]
    [InlineData("""{"name": "q", "in": "body"}""", "ZT0019", 0)]
    [InlineData("""{"in": "query"}""", "ZT0019", 0)]
    [InlineData("\"q\"", "ZT0019", 0)]
    [InlineData("""{"$ref": "#/components/parameters/Q"}""", "ZT0017", 0)]
    [InlineData("""{"$ref": "common.json#/Q"}""", "ZT0018", 0)]
    [InlineData("""{"name": "accept", "in": "header", "schema": {"type": "string"}}""", "ZT0065", 0)]
    [InlineData("""{"name": "Authorization", "in": "header", "schema": {"type": "string"}}""", "ZT0065", 0)]
    [InlineData("""{"name": "Content-Length", "in": "header", "required": true, "schema": {"type": "integer"}}""", "ZT0065", 0)]
    [InlineData("""{"name": "HOST", "in": "header", "schema": {"type": "string"}}""", "ZT0065", 0)]
    [InlineData("""{"name": "Cookie", "in": "header", "schema": {"type": "string"}}""", "ZT0065", 0)]
    [InlineData("""{"name": "id", "in": "path", "schema": {"type": "string"}}""", "ZT0064", 0)]
    public void A_parameter_that_cannot_be_used_is_reported_at_its_line(string parameter, string id, int left)
    {
        var text = WithParameters("[\n" + parameter + "]");
        var problems = SpecReader.Read(text).Problems;

        Assert.All(problems, problem => Assert.Equal((id, 8), (problem.Kind.Id, Line(text, problem))));
        Assert.NotEmpty(problems);
        var parameters = Assert.Single(Api(text).Operations).Parameters;
        Assert.Equal(left, parameters.Count);
        Assert.All(parameters, one => Assert.Equal(SchemaTypes.String, one.Schema.Types));
    }

    [Fact]
    public void The_same_parameter_twice_is_reported_and_the_first_counts()
    {
        var text =
            WithParameters("""[{"name": "q", "in": "query", "schema": {"type": "string"}}, {"name": "q", "in": "query", "schema": {"type": "integer"}}]""");

        Problem(text, Problems.DescribedTwice);
        Assert.Equal(SchemaTypes.String, Assert.Single(Assert.Single(Api(text).Operations).Parameters).Schema.Types);
    }

    [Fact]
    public void A_template_that_no_parameter_describes_is_a_string()
    {
        var text = WithPaths("\n\"/a/{id}/b-{part}.{id}\": {\"get\": {}}");

        Assert.Equal(["id", "part"], Assert.Single(Api(text).Operations).Parameters.Select(parameter => parameter.Name));
        Assert.All(
            Assert.Single(Api(text).Operations).Parameters,
            parameter => Assert.Equal((ParameterLocation.Path, true, SchemaTypes.String), (parameter.Location, parameter.Required, parameter.Schema.Types)));
        Assert.All(SpecReader.Read(text).Problems, problem => Assert.Equal((Problems.TemplateWithoutParameter, 7), (problem.Kind, Line(text, problem))));
        Assert.Equal(2, SpecReader.Read(text).Problems.Count);
    }

    [Fact]
    public void A_body_has_its_forms_in_order()
    {
        var body = Operation("""
            {"requestBody": {"required": true, "content": {
              "Application/JSON; charset=utf-8": {"schema": {"$ref": "#/components/schemas/Thing"}},
              "multipart/form-data": {"schema": {"type": "object", "properties": {"file": {"type": "string", "format": "binary"}, "meta": {"type": "object"}}},
                "encoding": {"meta": {"contentType": "application/json; charset=utf-8"}, "file": {"contentType": "image/png, image/jpeg"}}},
              "application/octet-stream": {}}}}
            """, Thing).Body!;

        Assert.True(body.Required);
        Assert.Equal(["application/json", "multipart/form-data", "application/octet-stream"], body.Contents.Select(content => content.MediaType));
        Assert.Equal("Thing", body.Contents[0].Schema!.Ref);
        Assert.Equal([new NamedText("meta", "application/json")], body.Contents[1].PartTypes);
        Assert.Null(body.Contents[2].Schema);
    }

    [Fact]
    public void Media_types_that_differ_by_parameters_are_forms_of_their_own()
    {
        var body = Operation(
            """{"requestBody": {"content": {"application/json": {}, "application/json; V=1": {}, "application/json;v=2 ;profile=\"a b\"": {}}}}""").Body!;

        Assert.All(body.Contents, content => Assert.Equal("application/json", content.MediaType));
        Assert.Equal(["application/json", "application/json;v=1", "application/json;v=2;profile=\"a b\""], body.Contents.Select(content => content.FullType));
    }

    [Theory]
    [InlineData("application/json", "Application/JSON")]
    [InlineData("application/json;v=a", "Application/Json ; V=A")]
    [InlineData("application/json", "application/json; charset=utf-8")]
    [InlineData("application/json; charset=UTF-8", "APPLICATION/JSON")]
    [InlineData("application/json;charset=\"utf-8\"", "application/json;Charset=utf8")]
    public void A_media_type_that_says_the_same_in_another_spelling_is_one(string first, string second)
    {
        const string One = """{"schema": {"type": "object", "properties": {"a": {"type": "string"}, "b": {"enum": ["x", 1, null]}}}, "example": 1}""";
        const string Other = """{"schema": {"properties": {"b": {"enum": ["x", 1, null]}, "\u0061": {"type": "string"}}, "type": "object"}}""";
        var content = "{\"content\": {" + RawJson(first) + ": " + One + ", " + RawJson(second) + ": " + Other + "}}";
        var text = WithOperation("{\"requestBody\": " + content + ", \"responses\": {\"200\": " + content + "}}");
        var operation = Assert.Single(Api(text).Operations);

        Assert.Empty(SpecReader.Read(text).Problems);
        Assert.Equal("application/json", Assert.Single(operation.Body!.Contents).MediaType);
        Assert.Equal("application/json", Assert.Single(Assert.Single(operation.Responses).Contents).MediaType);

        static string RawJson(string text) => "\"" + text.Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";
    }

    [Theory]
    [InlineData("application/json", "Application/JSON", """{"schema": {"type": "array"}}""", 1)]
    [InlineData("application/json", "Application/JSON", "{}", 1)]
    [InlineData("multipart/form-data", "Multipart/Form-Data", """{"schema": {"type": "object"}, "encoding": {"a": {"contentType": "text/plain"}}}""", 1)]
    [InlineData("application/json", "application/json;charset=utf-8", """{"schema": {"type": "array"}}""", 0)]
    [InlineData("application/json;charset=utf-8", "application/json", """{"schema": {"type": "array"}}""", 0)]
    [InlineData("text/plain", "text/plain;charset=latin1", """{"schema": {"type": "object"}}""", 0)]
    public void One_that_says_something_else_is_reported_or_another_form(string first, string second, string other, int problems)
    {
        var text =
            WithOperation("{\"requestBody\": {\"content\": {\"" + first + "\": {\"schema\": {\"type\": \"object\"}}, \"" + second + "\": " + other + "}}}");

        Assert.Equal(Enumerable.Repeat("ZT0035", problems), SpecReader.Read(text).Problems.Select(problem => problem.Kind.Id));
        Assert.Equal(2 - problems, Assert.Single(Api(text).Operations).Body!.Contents.Count);
    }

    [Theory]
    [InlineData("204")]
    [InlineData("205")]
    [InlineData("304")]
    [InlineData("1XX")]
    [InlineData("100")]
    public void A_status_without_a_body_has_no_content(string status)
    {
        var responses = Operation(
            $$"""{"responses": {"{{status}}": {"description": "", "headers": {"ETag": {} }, "content": {"application/json": {} } }, "2XX": {"content": {"application/json": {} } } } }""").Responses;

        Assert.Equal((0, true, true), (responses[0].Contents.Count, responses[0].IsBodiless, responses[0].HasHeaders));
        Assert.Equal((1, false, false), (responses[1].Contents.Count, responses[1].IsBodiless, responses[1].HasHeaders));
    }

    [Fact]
    public void A_body_without_a_media_type_is_a_body()
    {
        var body = Operation("""{"requestBody": {"required": true, "content": {}}}""").Body!;

        Assert.Equal((true, 0), (body.Required, body.Contents.Count));
    }

    [Fact]
    public void Parts_have_the_styles_of_the_query()
    {
        const string Encoding =
            """ "encoding": {"a": {"style": "deepObject"}, "b": {"explode": false}, "c": {"style": "pipeDelimited", "allowReserved": true}, "d": {"contentType": "text/csv"}} """;
        var contents = Operation(
            $$"""{"requestBody": {"content": {"application/x-www-form-urlencoded": { {{Encoding}} }, "multipart/form-data": { {{Encoding}} } } } }""").Body!.Contents;

        Assert.All(contents, content => Assert.Equal(
            [
                new("a", ParameterStyle.DeepObject, false, false),
                new("b", ParameterStyle.Form, false, false),
                new("c", ParameterStyle.PipeDelimited, false, true)
            ], content.PartStyles));
        Assert.All(contents, content => Assert.Equal([new NamedText("d", "text/csv")], content.PartTypes));
    }

    [Fact]
    public void Bodies_and_responses_may_be_references()
    {
        var api = CleanApi(
            WithOperation(
                """{"requestBody": {"$ref": "#/components/requestBodies/B"}, "responses": {"200": {"$ref": "#/components/responses/R"}, "4xx": {"description": "Bad."}, "default": {"description": " Else. "}, "x-more": 1}}""",
                """
            "components": {
              "requestBodies": {"B": {"content": {"application/json": {"schema": {"type": "string"}}}}},
              "responses": {"R": {"description": "Fine.", "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/S"}}, "text/event-stream": {}}}},
              "schemas": {"S": {"type": "integer"}, "Unused": {"type": "string"}}}
            """));
        var operation = Assert.Single(api.Operations);

        Assert.Equal((false, "/components/requestBodies/B"), (operation.Body!.Required, operation.Body.Pointer));
        Assert.Equal(
            [("200", "Fine."), ("4XX", "Bad."), ("default", "Else.")],
            operation.Responses.Select(response => (response.Status, response.Description)));
        Assert.Equal(["application/problem+json", "text/event-stream"], operation.Responses[0].Contents.Select(content => content.MediaType));
        Assert.Equal("S", Assert.Single(api.Schemas).Name);
    }

    [Fact]
    public void Shared_schemas_stay_shared_and_may_hold_themselves()
    {
        var api = CleanApi(WithOperation("""{"requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}}}""", Thing));

        Assert.Equal("Thing", Assert.Single(api.Schemas).Schema.Property("next").Ref);
    }

    [Theory]
    [InlineData("""{"responses": {"ok": {}}}""", "ZT0072")]
    [InlineData("""{"responses": {"600": {}}}""", "ZT0072")]
    [InlineData("""{"responses": {"2X0": {}}}""", "ZT0072")]
    [InlineData("""{"responses": {"200": {"$ref": "#/components/responses/R"}}}""", "ZT0017")]
    [InlineData("""{"requestBody": {"$ref": "bodies.json"}}""", "ZT0018")]
    [InlineData("""{"requestBody": {"content": {"application/json": {"schema": {"type": "object", "properties": {"a": {"$ref": "#/components/schemas/None"}}}}}}}""", "ZT0017")]
    [InlineData("""{"requestBody": {"content": {"application/json; v=2": {}, "Application/JSON;V=2": {"schema": {"type": "string"}}}}}""", "ZT0035")]
    [InlineData("""{"requestBody": {"content": {"multipart/form-data": {"encoding": {"a": {"headers": {}}}}}}}""", "ZT0061")]
    [InlineData("""{"requestBody": {"content": {"multipart/form-data": {"encoding": {"a": {"style": "matrix"}}}}}}""", "ZT0066")]
    public void A_body_or_response_that_cannot_be_used_is_reported_at_its_line(string operation, string id)
    {
        var text = WithOperation(operation);
        var problem = Assert.Single(SpecReader.Read(text).Problems);

        Assert.Equal((id, 7), (problem.Kind.Id, Line(text, problem)));
        Assert.Empty(Assert.Single(Api(text).Operations).Responses);
    }

    [Theory]
    [InlineData("#/components/headers/None", "ZT0017")]
    [InlineData("other.json#/a", "ZT0018")]
    [InlineData("#/components/headers/Round", "ZT0023")]
    public void A_header_that_leads_nowhere_is_reported_at_its_line(string reference, string id)
    {
        var text = WithOperation(
            "{\"responses\": {\"200\": {\"headers\": {\n\"X-Left\": {\"$ref\": \"" + reference + "\"}}}}}",
            """ "components": {"headers": {"Round": {"$ref": "#/components/headers/Round"}}} """);
        var problem = Assert.Single(SpecReader.Read(text).Problems);

        Assert.Equal(id, problem.Kind.Id);
        Assert.Equal(id == "ZT0023" ? 5 : 9, Line(text, problem));
    }

    [Fact]
    public void Styles_of_parts_mean_nothing_in_OpenAPI_3_0()
    {
        var text = WithOperation("""{"requestBody": {"content": {"multipart/form-data": {"encoding": {"a": {"style": "form"}}}}}}""").Replace(
            "3.1.0",
            "3.0.3",
            StringComparison.Ordinal);

        Assert.Empty(Assert.Single(CleanApi(text).Operations).Body!.Contents[0].PartStyles);
        var fields = CleanApi(text.Replace("multipart/form-data", "application/x-www-form-urlencoded", StringComparison.Ordinal));
        Assert.Equal([new PartStyle("a", ParameterStyle.Form, true, false)], Assert.Single(fields.Operations).Body!.Contents[0].PartStyles);
    }

    private static string WithParameters(string parameters, string path = "/a") => WithOperation("{\"parameters\": " + parameters + "}", path: path);

    private static EquatableArray<OperationParameter> CleanParameters(string parameters, string path = "/a") =>
        Assert.Single(CleanApi(WithParameters(parameters, path)).Operations).Parameters;
}
