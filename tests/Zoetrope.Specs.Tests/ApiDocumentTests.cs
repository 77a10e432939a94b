using Zoetrope.Specs.Diagnostics;
using Zoetrope.Specs.Model;
using static Zoetrope.Specs.Tests.Readings;

namespace Zoetrope.Specs.Tests;

/// <summary>Documents of whole APIs: which they are, their operations, servers and keys.</summary>
public class ApiDocumentTests
{
    private const string Queue = """
        "/a/b": {"post": {"requestBody": {"content": {"application/json": {"schema": {"type": "object"}}}}}},
        "/a/b/requests/{request_id}": {"get": {"responses": {"200": {"content": {"application/json": {"schema": {"type": "object"}}}}}}},
        "/a/b/requests/{request_id}/status": {"get": {"responses": {}}}
        """;

    [Fact]
    public void A_whole_document_describes_each_operation()
    {
        var api = CleanApi(WithPaths("""
            "/things": {
              "summary": "Things.",
              "get": {"operationId": "list_things", "summary": " List them. ", "tags": ["things", "lists"], "responses": {"200": {"description": "Fine."}}},
              "x-note": {"any": "thing"}
            },
            "/things/{id}": {
              "description": "One thing.",
              "parameters": [{"name": "id", "in": "path", "required": true, "schema": {"type": "string"}}],
              "delete": {"deprecated": true, "description": "Deletes it.", "responses": {"204": {"description": "Gone."}}},
              "patch": {}, "put": {}, "head": {}, "options": {}, "trace": {}
            }
            """));

        Assert.Equal(("Pictures API", null, "https://api.example.com/v1"), (api.Title, api.Provider, Assert.Single(api.Servers)));
        Assert.Equal(
            ["GET /things", "DELETE /things/{id}", "PATCH /things/{id}", "PUT /things/{id}", "HEAD /things/{id}", "OPTIONS /things/{id}", "TRACE /things/{id}"],
            api.Operations.Select(operation => operation.Method + " " + operation.Path));
        var list = api.Operations[0];
        Assert.Equal(("list_things", "List them.", null, (bool?)null), (list.Id, list.Summary, list.Description, list.Deprecated));
        Assert.Equal(["things", "lists"], list.Tags);
        Assert.Equal("/paths/~1things/get", list.Pointer);
        var delete = api.Operations[1];
        Assert.Equal((null, null, "Deletes it.", true), (delete.Id, delete.Summary, delete.Description, delete.Deprecated));
        Assert.Equal("One thing.", api.Operations[2].Description);
        Assert.Equal("204", Assert.Single(delete.Responses).Status);
        Assert.Empty(delete.Responses[0].Contents);
    }

    [Fact]
    public void The_queue_calls_of_one_endpoint_are_an_endpoint_and_anything_more_is_an_API()
    {
        var fal = WithPaths(Queue).Replace("api.example.com/v1/", "queue.fal.run", StringComparison.Ordinal);
        Assert.Equal("a/b", Endpoint(fal).Id);

        var more = fal.Replace("\"/a/b\":", "\"/health\": {\"get\": {}}, \"/a/b\":", StringComparison.Ordinal);
        Assert.Equal(4, Api(more).Operations.Count);
        Assert.Equal("fal", Api(more).Provider);
        Assert.Equal("a/b", Endpoint(fal.Replace("\"/a/b\":", "\"/health\": {\"summary\": \"None.\"}, \"/a/b\":", StringComparison.Ordinal)).Id);
    }

    [Fact]
    public void A_document_at_Eachlabs_is_no_queue_endpoint()
    {
        var api = Api(WithPaths(Queue).Replace("api.example.com/v1/", "api.eachlabs.ai", StringComparison.Ordinal));

        Assert.Equal(("eachlabs", 3), (api.Provider, api.Operations.Count));
    }

    [Fact]
    public void What_is_beside_the_endpoint_that_a_document_names_is_reported_and_left_out()
    {
        var text = WithValue("true").Replace("\"paths\": {", "\"paths\": {\n\"/other\": {\"get\": {}},", StringComparison.Ordinal);

        Assert.Equal("fal-ai/test", Endpoint(text).Id);
        Assert.Equal("/other", text.Substring(Problem(text, Problems.SeveralEndpoints).Start + 1, 6));
    }

    [Theory]
    [InlineData("201")]
    [InlineData("2XX")]
    [InlineData("2xx")]
    public void The_result_of_an_endpoint_may_have_another_status_of_success(string status)
    {
        var text = WithValue("true").Replace("\"200\"", "\"default\": {}, \"" + status + "\"", StringComparison.Ordinal);

        Assert.Equal(["seed"], Clean(text).Output!.Names());
        Problem(text.Replace("\"" + status + "\"", "\"300\"", StringComparison.Ordinal), Problems.OpenApiMissing);
    }

    [Theory]
    [InlineData("https://api.fal.ai/v1", "fal")]
    [InlineData("https://fal.run", "fal")]
    [InlineData("https://rest.fal.ai", "fal")]
    [InlineData("https://flows.eachlabs.ai", "eachlabs")]
    [InlineData("https://notfal.ai", null)]
    [InlineData("https://api.fal.ai.example.com", null)]
    public void The_host_of_a_server_names_the_provider(string server, string? provider)
    {
        var text = WithPaths("\"/a\": {\"get\": {}}").Replace("https://api.example.com/v1/", server, StringComparison.Ordinal);

        Assert.Equal(provider, Api(text).Provider);
        Assert.Equal(provider ?? "mine", SpecReader.Read(text, "mine").Document!.Api!.Provider);
    }

    [Theory]
    [InlineData("""[{"url": "https://{region}.example.com/{version}/", "variables": {"region": {"default": "eu"}, "version": {"default": "v2"}}}]""", "https://eu.example.com/v2")]
    [InlineData("""[{"url": "https://a.example.com"}, {"url": "http://b.example.com/x/"}, {"url": "https://a.example.com/"}]""", "https://a.example.com http://b.example.com/x")]
    public void Servers_have_their_variables_filled_in(string servers, string urls)
    {
        var text = WithPaths("\"/a\": {\"get\": {}}").Replace("""[{"url": "https://api.example.com/v1/"}]""", servers, StringComparison.Ordinal);

        Assert.Equal(urls.Split(' '), CleanApi(text).Servers);
    }

    [Theory]
    [InlineData("""[{"url": "/v1"}]""", "ZT0070 ZT0071")]
    [InlineData("""[{"url": ""}]""", "ZT0070 ZT0071")]
    [InlineData("""[{"url": "wss://a.example.com"}]""", "ZT0070 ZT0071")]
    [InlineData("""[{"url": "https://me:word@a.example.com"}]""", "ZT0070 ZT0071")]
    [InlineData("""[{"url": "https://a.example.com/v1?api-version=1"}]""", "ZT0070 ZT0071")]
    [InlineData("""[{"url": "https://a.example.com/v1#top"}]""", "ZT0070 ZT0071")]
    [InlineData("""[{"url": "https://{region}.example.com", "variables": {}}]""", "ZT0070 ZT0071")]
    [InlineData("""[{"url": "/v1"}, {"url": "https://a.example.com"}]""", "ZT0070")]
    [InlineData("""[{"description": "no url"}]""", "ZT0019 ZT0071")]
    [InlineData("[]", "ZT0071")]
    [InlineData("\"https://a.example.com\"", "ZT0071")]
    public void Servers_that_cannot_be_called_are_reported_at_their_line(string servers, string ids)
    {
        var text = WithPaths("\"/a\": {\"get\": {}}").Replace("""[{"url": "https://api.example.com/v1/"}]""", servers, StringComparison.Ordinal);
        var reading = SpecReader.Read(text);

        Assert.Equal(ids.Split(' '), reading.Problems.Select(problem => problem.Kind.Id).Order());
        Assert.All(reading.Problems, problem => Assert.Equal(4, Line(text, problem)));
    }

    [Fact]
    public void An_operation_or_its_path_may_be_elsewhere()
    {
        var api = CleanApi(WithPaths("""
            "/a": {"servers": [{"url": "https://files.example.com"}], "get": {}, "post": {"servers": [{"url": "https://upload.example.com/"}]}},
            "/b": {"get": {"servers": [{"url": "https://api.example.com/v1"}]}, "post": {}}
            """));

        Assert.Equal(["https://files.example.com", "https://upload.example.com", null, null], api.Operations.Select(operation => operation.Server));
    }

    [Fact]
    public void The_ways_to_show_a_key_come_in_one_form()
    {
        var api = Api(WithPaths("\"/a\": {\"get\": {}}", """
            "components": {"securitySchemes": {
              "header": {"type": "apiKey", "in": "header", "name": "X-Key"}, "query": {"type": "apiKey", "in": "query", "name": "key"},
              "cookie": {"type": "apiKey", "in": "cookie", "name": "session"}, "bearer": {"type": "http", "scheme": "Bearer"}, "basic": {"type": "http", "scheme": "basic"},
              "oauth": {"type": "oauth2", "flows": {}}, "connect": {"type": "openIdConnect"}, "again": {"$ref": "#/components/securitySchemes/header"},
              "mutual": {"type": "mutualTLS"}, "digest": {"type": "http", "scheme": "digest"}, "nameless": {"type": "apiKey", "in": "header"}}}
            """));

        Assert.Equal(
            [
                ("header", SecurityKind.ApiKeyHeader, "X-Key", ""), ("query", SecurityKind.ApiKeyQuery, "key", ""),
                ("cookie", SecurityKind.ApiKeyCookie, "session", ""),
                ("bearer", SecurityKind.Bearer, "Authorization", "Bearer "), ("basic", SecurityKind.Basic, "Authorization", "Basic "),
                ("oauth", SecurityKind.Bearer, "Authorization", "Bearer "), ("connect", SecurityKind.Bearer, "Authorization", "Bearer "),
                ("again", SecurityKind.ApiKeyHeader, "X-Key", ""), ("mutual", SecurityKind.Other, "Authorization", ""),
                ("digest", SecurityKind.Other, "Authorization", ""),
                ("nameless", SecurityKind.Other, "Authorization", ""),
            ],
            api.SecuritySchemes.Select(scheme => (scheme.Name, scheme.Kind, scheme.Parameter, scheme.Prefix)));
    }

    [Fact]
    public void Keys_that_the_client_cannot_show_are_reported_at_their_line()
    {
        const string Schemes = "\"components\": {\"securitySchemes\": {\n\"mutual\": {\"type\": \"mutualTLS\"},\n\"lost\": {\"$ref\": \"#/nowhere\"}}}";
        var text = WithPaths("\"/a\": {\"get\": {}}", Schemes);

        Assert.Equal(6, Line(text, Problem(text, Problems.KeyNotSent)));
        Assert.Equal(7, Line(text, Problem(text, Problems.DanglingReference)));
    }

    [Theory]
    [InlineData("https://api.fal.ai", "Key ")]
    [InlineData("https://api.example.com", "")]
    public void Keys_of_fal_follow_a_word(string server, string prefix)
    {
        var text =
            WithPaths("\"/a\": {\"get\": {}}", """ "components": {"securitySchemes": {"key": {"type": "apiKey", "in": "header", "name": "Authorization"}}} """)
            .Replace("https://api.example.com/v1/", server, StringComparison.Ordinal);

        Assert.Equal(prefix, Assert.Single(CleanApi(text).SecuritySchemes).Prefix);
    }

    [Theory]
    [InlineData("{}", "one", false)]
    [InlineData("""{"security": []}""", "", false)]
    [InlineData("""{"security": [{"two": []}]}""", "two", false)]
    [InlineData("""{"security": [{"two": []}, {"one": ["scope"]}, {"two": []}]}""", "two one", false)]
    [InlineData("""{"security": [{}, {"two": []}]}""", "two", true)]
    [InlineData("""{"security": [{}]}""", "", true)]
    public void An_operation_asks_for_its_own_keys_or_those_of_the_document(string operation, string names, bool optional)
    {
        var read = Assert.Single(CleanApi(WithOperation(operation, Security)).Operations);

        Assert.Equal((names, optional), (string.Join(' ', read.Security), read.KeyOptional));
    }

    [Theory]
    [InlineData("""{"security": [{"one": [], "two": []}]}""", "ZT0067", "one")]
    [InlineData("""{"security": [{"three": []}, {"two": []}]}""", "ZT0068", "two")]
    [InlineData("""{"security": {"two": []}}""", "ZT0019", "")]
    public void Keys_that_cannot_be_asked_for_are_reported_at_their_line(string operation, string id, string names)
    {
        var text = WithOperation(operation, Security);
        var problem = Assert.Single(SpecReader.Read(text).Problems);

        Assert.Equal((id, 9), (problem.Kind.Id, Line(text, problem)));
        Assert.Equal(names, string.Join(' ', Api(text).Operations[0].Security));
    }

    [Theory]
    [InlineData("\"title\"", "\"name\"", "api.example.com")]
    [InlineData("\"Pictures API\"", "\" \"", "api.example.com")]
    [InlineData("\"url\"", "\"uri\"", null)]
    public void An_API_without_a_title_is_named_after_its_host(string part, string replacement, string? name)
    {
        var text = WithPaths("\"/a\": {\"get\": {}}").Replace(part, replacement, StringComparison.Ordinal);

        Assert.Equal(name ?? "Pictures API", Api(text).Title);
        if (name is not null)
            Assert.Equal(3, Line(text, Problem(text, Problems.NoTitle)));
    }

    [Theory]
    [InlineData("\"/a\": {\"get\": {},\n\"additionalOperations\": []}", "ZT0019")]
    [InlineData("\"/a\": {\"get\": {}, \"additionalOperations\": {\n\"POST\": {}}}", "ZT0081")]
    [InlineData("\"/a\": {\"get\": {}, \"additionalOperations\": {\n\"query\": {}}}", "ZT0081")]
    [InlineData("\"/a\": {\"get\": {}, \"additionalOperations\": {\n\"CONNECT\": {}}}", "ZT0081")]
    [InlineData("\"/a\": {\"get\": {}, \"additionalOperations\": {\n\"TWO WORDS\": {}}}", "ZT0081")]
    [InlineData("\"/a\": {\"get\": {}, \"additionalOperations\": {\n\"\": {}}}", "ZT0081")]
    [InlineData("\"/a\": {\"get\": {}, \"additionalOperations\": {\n\"COPY\": 5}}", "ZT0019")]
    [InlineData("\"/a\": {\"get\": {},\n\"pots\": {}}", "ZT0062")]
    [InlineData("\"/a\": {\"get\": {},\n\"post\": []}", "ZT0019")]
    [InlineData("\"/a\": {\"get\": {}},\n\"b\": {\"get\": {}}", "ZT0019")]
    [InlineData("\"/a\": {\"get\": {}},\n\"/b/{c\": {\"get\": {}}", "ZT0019")]
    [InlineData("\"/a\": {\"get\": {}},\n\"/b/{}\": {\"get\": {}}", "ZT0019")]
    [InlineData("\"/a\": {\"get\": {}},\n\"/b/{c{d}}\": {\"get\": {}}", "ZT0019")]
    [InlineData("\"/a\": {\"get\": {}},\n\"/b\": {\"$ref\": \"#/components/pathItems/B\"}", "ZT0017")]
    [InlineData("\"/a\": {\"get\": {}},\n\"/b\": {\"$ref\": \"paths.json#/b\"}", "ZT0018")]
    [InlineData("\"/a\": {\"get\": {}},\n\"/b\": {\"$ref\": \"#/paths/~1b\"}", "ZT0023")]
    [InlineData("\"/a\": {\"get\": {}},\n\"/b\": {\"$ref\": 5}", "ZT0019")]
    public void What_is_no_operation_is_reported_at_its_line_and_the_others_are_read(string paths, string id)
    {
        var text = WithPaths(paths);
        var problem = Assert.Single(SpecReader.Read(text).Problems);

        Assert.Equal((id, 7), (problem.Kind.Id, Line(text, problem)));
        Assert.Equal("GET /a", Assert.Single(Api(text).Operations.Select(operation => operation.Method + " " + operation.Path)));
    }

    [Fact]
    public void A_path_item_may_be_a_reference()
    {
        var api = CleanApi(
            WithPaths(""" "/b": {"$ref": "#/components/pathItems/B"} """, """ "components": {"pathItems": {"B": {"get": {"operationId": "getB"}}}} """));

        Assert.Equal(("/b", "getB", "/components/pathItems/B/get"), (api.Operations[0].Path, api.Operations[0].Id, api.Operations[0].Pointer));
    }

    [Fact]
    public void An_operation_id_that_comes_again_is_reported_with_the_first()
    {
        var text = WithPaths("\"/a\": {\"get\": {\"operationId\": \"x\"},\n\"post\": {\"operationId\": \"x\"}}");
        var problem = Problem(text, Problems.SameOperationId);

        Assert.Equal(7, Line(text, problem));
        Assert.Contains("GET /a", problem.Message, StringComparison.Ordinal);
        Assert.Equal(2, Api(text).Operations.Count);
    }

    [Theory]
    [InlineData("{\"callbacks\": {\"done\": {}}}", "callbacks")]
    [InlineData("{\"responses\": {\"200\": {\"links\": {\"next\": {}}}}}", "links")]
    public void What_has_no_counterpart_is_reported(string operation, string name)
    {
        var text = WithOperation(operation);

        Assert.Equal('"' + name + '"', text.Substring(Problem(text, Problems.NotGenerated).Start, name.Length + 2));
    }

    [Fact]
    public void Webhooks_without_payload_are_reported_and_alone_they_are_no_API()
    {
        const string Webhooks = """ "webhooks": {"done": {"post": {}}} """;
        Assert.Equal(Problems.NotGenerated, Assert.Single(SpecReader.Read(WithPaths("\"/a\": {\"get\": {}}", Webhooks)).Problems).Kind);

        var none = SpecReader.Read(WithPaths("", Webhooks));
        Assert.Null(none.Document);
        Assert.Equal(["ZT0014", "ZT0061"], none.Problems.Select(problem => problem.Kind.Id).Order());
    }

    private const string Security = """
        "security": [{"one": []}],
        "components": {"securitySchemes": {"one": {"type": "http", "scheme": "bearer"}, "two": {"type": "apiKey", "in": "query", "name": "k"}}}
        """;
}
