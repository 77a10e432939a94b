using System.Reflection;

namespace Zoetrope.Generator.Tests;

/// <summary>The names of clients, operations, parameters and types.</summary>
public class ApiNameTests
{
    [Theory]
    [InlineData("Demo API", "Demo")]
    [InlineData("The Official Demo HTTP API v1.2", "Demo")]
    [InlineData("Demo - OpenAPI 3.0", "Demo")]
    [InlineData("WaveSpeed AI API", "WaveSpeedAI")]
    [InlineData("BFL API", "Bfl")]
    [InlineData("API", "Demo")]
    [InlineData("::", "Demo")]
    [InlineData("3D models", "_3DModels")]
    [InlineData("class", "Class")]
    [InlineData("Fal", "FalApi")]
    public void Clients_have_the_words_of_the_title(string title, string name) =>
        Assert.Contains("Demo.Models." + name + "Client.g.cs", Run(ApiDocuments.Of(ApiDocuments.Get("/a", "a"), title: title)).Sources.Keys);

    [Theory]
    [InlineData("Platform APIs", "https://api.fal.ai/v1", "FalPlatform")]
    [InlineData("fal platform", "https://api.fal.ai/v1", "FalPlatform")]
    [InlineData("each::labs Official API v1", "https://api.eachlabs.ai", "EachlabsApi")]
    [InlineData("Workflows Engine API", "https://api.eachlabs.ai/v1", "EachlabsWorkflowsEngine")]
    public void A_known_provider_leads_the_name(string title, string server, string name) =>
        Assert.Contains("Demo.Models." + name + "Client.g.cs", Run(ApiDocuments.Of(ApiDocuments.Get("/a", "a"), title: title, server: server)).Sources.Keys);

    [Theory]
    [InlineData("Studio", "Studio")]
    [InlineData("StudioClient", "Studio")]
    public void The_project_can_name_a_client(string stated, string name) =>
        Assert.Contains("Demo.Models." + name + "Client.g.cs", Run(ApiDocuments.Of(ApiDocuments.Get("/a", "a")) with { Name = stated }).Sources.Keys);

    [Fact]
    public void A_name_in_the_project_that_is_none_is_reported()
    {
        var generated = new Project([ApiDocuments.Of(ApiDocuments.Get("/a", "a")) with { Name = "no name" }]).Run();

        Assert.Equal("ZT0130", Assert.Single(generated.Diagnostics).Id);
        Assert.Contains("Demo.Models.DemoClient.g.cs", generated.Sources.Keys);
    }

    /// <summary>Documents often have a member <c>object</c> that says what something is; nothing is to hide <c>System.Object</c>.</summary>
    [Fact]
    public void Nothing_is_called_Object()
    {
        const string List =
            """{"type": "object", "required": ["object"], "properties": {"object": {"type": "string", "enum": ["list", "page"]}, "of": {"$ref": "#/components/schemas/object"}}}""";
        var document = ApiDocuments.Of(
            $$$""" "/a": {"get": {"operationId": "object", "responses": {"200": {"description": "", "content": {"application/json": {"schema": {{{List}}} } } } } } }""",
            """ "object": {"type": "object", "properties": {"object": {"type": "object", "properties": {"id": {"type": "string"}}}}} """);

        var assembly = Run(document).Load();

        Assert.DoesNotContain(assembly.GetExportedTypes(), type => type.Name == "Object" || type.GetProperty("Object") is not null);
        Assert.Equal("ObjectValue", assembly.GetType("Demo.Models.DemoClient")!.GetMethod("ObjectAsync")!.ReturnType.GetGenericArguments()[0].GetProperty(
            "ObjectValue")!.PropertyType.Name);
        Assert.NotNull(assembly.GetType("Demo.Models.Demo+ObjectValue")!.GetProperty("ObjectValueValue"));
    }

    [Fact]
    public void A_locked_name_may_be_Object()
    {
        const string Result = """{"type": "object", "required": ["object"], "properties": {"object": {"type": "string"}}}""";
        var document = ApiDocuments.Of(
            $$$""" "/a": {"get": {"operationId": "list", "responses": {"200": {"description": "", "content": {"application/json": {"schema": {{{Result}}} } } } } } }""");

        var generated = Run(document, new Spec("specs/specs.lock.json", """{"names": {"api:api.demo.example/demo-api#/GET ~1a$result/object": "Object"}}"""));

        Assert.Empty(generated.Diagnostics);
        Assert.NotNull(generated.Load().GetType("Demo.Models.Demo+List+Result")!.GetProperty("Object"));
    }

    [Fact]
    public void Two_documents_that_ask_for_one_name_both_get_another_and_neither_depends_on_the_order()
    {
        var one = ApiDocuments.Of(ApiDocuments.Get("/a", "a"), path: "specs/one.json");
        var two = ApiDocuments.Of(ApiDocuments.Get("/b", "b"), title: "demo", path: "specs/two.json");

        var generated = Run(one, two);

        Assert.Equal(2, generated.Diagnostics.Count(diagnostic => diagnostic.Id == "ZT0131"));
        var clients = generated.Sources.Keys.Where(name => name.Contains("Client.", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, clients.Count);
        Assert.All(clients, client => Assert.Matches("^Demo\\.Models\\.Demo_[0-9a-f]{6}Client\\.g\\.cs$", client));
        Assert.Equal(generated.Sources.Keys.Order(), Run(two, one).Sources.Keys.Order());
    }

    [Fact]
    public void An_API_that_is_called_as_the_client_of_another_takes_nothing_from_it()
    {
        var generated = Run(
            ApiDocuments.Of(ApiDocuments.Get("/a", "a"), title: "Acme", path: "specs/a.json"),
            ApiDocuments.Of(ApiDocuments.Get("/b", "b"), title: "Acme Client", path: "specs/b.json"));

        Assert.Equal(2, generated.Diagnostics.Count(diagnostic => diagnostic.Id == "ZT0131"));
        Assert.Equal(2, generated.Sources.Keys.Count(name => name.EndsWith("Client.g.cs", StringComparison.Ordinal)));
        Assert.NotEmpty(generated.Image());
    }

    [Fact]
    public void An_API_does_not_hide_the_index_of_models()
    {
        var generated =
            Run(Documents.FalOpenApi("fal-ai/demo", """{"p": {"type": "string"}}"""), ApiDocuments.Of(ApiDocuments.Get("/a", "a"), title: "Model Index"));

        Assert.Contains("Demo.Models.ModelIndexApiClient.g.cs", generated.Sources.Keys);
        Assert.NotEmpty(generated.Image());
    }

    [Theory]
    [InlineData("https://api.fal.ai/v1", "", true)]
    [InlineData("https://other.example", ", \"servers\": [{\"url\": \"https://api.fal.ai\"}]", false)]
    [InlineData("https://api.fal.ai/v1", ", \"servers\": [{\"url\": \"https://other.example\"}]", false)]
    [InlineData("https://fal.ai.other.example", "", false)]
    public void The_providers_usual_key_goes_to_no_server_but_its_own(string server, string operation, bool isRead)
    {
        const string Keys = "\"security\": [{\"key\": []}],";
        var paths = $$"""
            "/a": {"get": {"operationId": "a" {{operation}}, "responses": {"204": {"description": ""} } } }
            """;
        var document = ApiDocuments.Of(paths, server: server, more: Keys);
        document = document with
        {
            Text = document.Text.Replace(
                "\"components\": {",
                "\"components\": {\"securitySchemes\": {\"key\": {\"type\": \"apiKey\", \"in\": \"header\", \"name\": \"Authorization\"} },",
                StringComparison.Ordinal),
            Provider = "fal",
        };

        var client = Run(document).Sources.Single(source => source.Key.EndsWith("Client.g.cs", StringComparison.Ordinal)).Value;

        Assert.Equal(isRead, client.Contains("KeyVariable = \"FAL_KEY\"", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("https://files.demo.example/v2", "Hosts = new string[] { \"files.demo.example\" }")]
    [InlineData("https://api.demo.example:8443", "Hosts = new string[] { \"https://api.demo.example:8443\" }")]
    [InlineData("https://api.demo.example/v2", null)]
    [InlineData("http://api.demo.example:8080", null)]
    public void The_servers_of_operations_are_trusted_exactly(string server, string? hosts)
    {
        var client = Run(ApiDocuments.Of($$"""
            "/a": {"get": {"operationId": "a", "servers": [{"url": "{{server}}"}], "responses": {"204": {"description": ""} } } }
            """)).Source("Demo.Models.DemoClient.g.cs");

        Assert.Equal(hosts is not null, client.Contains("Hosts", StringComparison.Ordinal));
        Assert.Contains(hosts ?? "", client);
    }

    [Fact]
    public void An_endpoint_of_the_same_name_keeps_it()
    {
        var generated = Run(Documents.FalOpenApi("fal-ai/demo", """{"p": {"type": "string"}}"""), ApiDocuments.Of(ApiDocuments.Get("/a", "a")));

        Assert.Contains("Demo.Models.Demo.g.cs", generated.Sources.Keys);
        Assert.Contains("Demo.Models.DemoApiClient.g.cs", generated.Sources.Keys);
        Assert.Single(generated.Diagnostics, diagnostic => diagnostic.Id == "ZT0131");
    }

    [Theory]
    [InlineData("/models/pricing", "getPricing", "GetPricing")]
    [InlineData("/models", "models.list", "ModelsList")]
    [InlineData("/models", "list_models_models_get", "ListModels")]
    [InlineData("/models", "listAsync", "List")]
    [InlineData("/models/{model_id}/runs", null, "GetModelsByModelIdRuns")]
    [InlineData("/a-b", "??", "GetAB")]
    [InlineData("/", null, "Get")]
    [InlineData("/a", "call", "CallOperation")]
    [InlineData("/a", "CallStream", "CallStreamOperation")]
    [InlineData("/a", "dispose", "DisposeOperation")]
    [InlineData("/a", "class", "Class")]
    [InlineData("/a", "getType", "GetType")]
    [InlineData("/a", "3d", "_3d")]
    public void Methods_have_the_name_of_their_operation(string path, string? id, string name)
    {
        var client = Run(ApiDocuments.Of(ApiDocuments.Get(path, id))).Load().GetType("Demo.Models.DemoClient", throwOnError: true)!;

        Assert.Equal(name + "Async", Assert.Single(Methods(client)).Name);
    }

    [Theory]
    [InlineData("getModel", "GetModel")]
    [InlineData("get_model", "get-model")]
    [InlineData("getModel", "getModel")]
    public void Operations_that_ask_for_one_name_are_distinguished_by_their_paths(string one, string two)
    {
        var generated = Run(ApiDocuments.Of(ApiDocuments.Get("/a", one) + "," + ApiDocuments.Get("/b/{x}", two)));

        Assert.Equal(["GetModelAAsync", "GetModelBByXAsync"], Names(generated));
        Assert.Equal(2, generated.Diagnostics.Count(diagnostic => diagnostic.Id == "ZT0132"));
    }

    [Fact]
    public void A_hash_is_the_last_resort()
    {
        var generated = Run(ApiDocuments.Of(
            string.Join(",", ApiDocuments.Get("/a-b", "x"), ApiDocuments.Get("/a/b", "X"), ApiDocuments.Get("/c", "getC"), ApiDocuments.Get("/c/", "GetC"))));

        Assert.All(Names(generated), name => Assert.Matches("^Get(AB|C)_[0-9a-f]{6}Async$", name));
        Assert.Equal(4, Names(generated).Distinct().Count());
    }

    [Fact]
    public void An_operation_and_a_schema_can_have_one_name()
    {
        var generated = Run(ApiDocuments.Of(
            """ "/a": {"get": {"operationId": "asset", "parameters": [{"name": "q", "in": "query", "schema": {"type": "string"}}], "responses": {"200": {"description": "", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Asset"}}}}}}}""",
            """ "Asset": {"type": "object", "properties": {"parameters": {"$ref": "#/components/schemas/Parameters"}, "demo": {"type": "object", "properties": {"x": {"type": "string"}}}}}, "Parameters": {"type": "object", "properties": {"y": {"type": "string"}}}"""));
        var assembly = generated.Load();

        Assert.Equal(["AssetAsync"], Names(generated));
        Assert.NotNull(assembly.GetType("Demo.Models.Demo+Asset"));
        Assert.NotNull(assembly.GetType("Demo.Models.Demo+AssetOperation+Parameters"));
        Assert.NotNull(assembly.GetType("Demo.Models.Demo+Parameters"));
    }

    [Fact]
    public void An_operations_own_types_do_not_hide_shared_ones()
    {
        var generated = Run(ApiDocuments.Of(
            """ "/a": {"get": {"operationId": "a", "responses": {"200": {"description": "", "content": {"application/json": {"schema": {"type": "object", "properties": {"shared": {"$ref": "#/components/schemas/Item"}, "item": {"type": "object", "properties": {"own": {"type": "string"}}}, "result": {"$ref": "#/components/schemas/Result"}}}}}}}}}""",
            """ "Item": {"type": "object", "properties": {"x": {"type": "string"}}}, "Result": {"type": "object", "properties": {"y": {"type": "string"}}}"""));
        var result = generated.Load().GetType("Demo.Models.Demo+A+Result", throwOnError: true)!;

        Assert.Equal(
            ["Demo.Models.Demo+Item", "Demo.Models.Demo+A+Item", "Demo.Models.Demo+Result"],
            new[] { "Shared", "Item", "ResultValue" }.Select(name => result.GetProperty(name)!.PropertyType.FullName));
    }

    [Fact]
    public void Parameters_of_one_name_in_several_places_and_of_reserved_names_are_distinguished()
    {
        var places = new[]
        {
            ("body", "path"),
            ("options", "path"),
            ("cancellationToken", "path"),
            ("class", "path"),
            ("user_id", "path"),
            ("userId", "path"),
            ("limit", "query"),
            ("limit", "header"),
            ("limit", "cookie"),
            ("Add-To", "query"),
            ("equals", "query"),
            ("validate", "header")
        };
        var parameters =
            string.Join(
                ",",
                places.Select(place =>
                    $$"""{"name": "{{place.Item1}}", "in": "{{place.Item2}}", "required": {{(place.Item2 == "path" ? "true" : "false")}}, "schema": {"type": "string"} }"""));
        var generated = Run(ApiDocuments.Of($$"""
            "/a/{body}/{options}/{cancellationToken}/{class}/{user_id}/{userId}": {"post": {"operationId": "a", "parameters": [{{parameters}}], "requestBody": {"content": {"application/json": {"schema": {"type": "object", "properties": {"x": {"type": "string"} } } } } }, "responses": {"204": {"description": ""} } } }
            """));
        var assembly = generated.Load();
        var method = Assert.Single(Methods(assembly.GetType("Demo.Models.DemoClient", throwOnError: true)!));

        Assert.Equal(
            ["bodyValue", "optionsValue", "cancellationTokenValue", "class", "userId", "userId_2", "body", "parameters", "options", "cancellationToken"],
            method.GetParameters().Select(parameter => parameter.Name));
        Assert.Equal(
            ["Limit", "LimitHeader", "LimitCookie", "AddToValue", "EqualsValue", "ValidateValue"],
            assembly.GetType("Demo.Models.Demo+A+Parameters", throwOnError: true)!.GetProperties().Select(property => property.Name));
    }

    [Fact]
    public void What_is_required_comes_first()
    {
        var generated = Run(ApiDocuments.Of("""
            "/a/{x}": {"post": {"operationId": "a", "parameters": [{"name": "x", "in": "path", "required": true, "schema": {"type": "string"}}, {"name": "q", "in": "query", "required": true, "schema": {"type": "string"}}],
              "requestBody": {"content": {"application/json": {"schema": {"type": "string"}}}}, "responses": {"204": {"description": ""}}}}
            """));
        var method = Assert.Single(Methods(generated.Load().GetType("Demo.Models.DemoClient", throwOnError: true)!));

        Assert.Equal(["x", "parameters", "body", "options", "cancellationToken"], method.GetParameters().Select(parameter => parameter.Name));
        Assert.Equal([false, false, true, true, true], method.GetParameters().Select(parameter => parameter.IsOptional));
    }

    [Fact]
    public void Names_do_not_depend_on_unrelated_operations_and_schemas()
    {
        const string Item =
            "{\"type\": \"object\", \"properties\": {\"status\": {\"type\": \"string\", \"enum\": [\"a\", \"b\"]}, \"kind\": {\"oneOf\": [{\"type\": \"string\"}, {\"type\": \"boolean\"}]}}}";
        var get = """ "/a": {"get": {"operationId": "a", "responses": {"200": {"description": "", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Item"}}}}}}}""";
        var other = """ "/0": {"get": {"operationId": "0", "responses": {"200": {"description": "", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Before"}}}}}}}""";

        var alone = Run(ApiDocuments.Of(get, "\"Item\": " + Item));
        var beside = Run(ApiDocuments.Of(other + "," + get, "\"Before\": " + Item + ", \"Item\": " + Item));

        Assert.Equal(alone.Source("Demo.Models.Demo.A.g.cs"), beside.Source("Demo.Models.Demo.A.g.cs"));
        var types = alone.Load().GetType("Demo.Models.Demo")!.GetNestedTypes().Select(type => type.Name).ToList();
        Assert.Equal(["Item", "ItemKind", "ItemStatus"], types.Order());
        Assert.Subset(beside.Load().GetType("Demo.Models.Demo")!.GetNestedTypes().Select(type => type.Name).ToHashSet(), types.ToHashSet());
    }

    [Fact]
    public void A_stream_beside_JSON_makes_room_for_an_operation_of_its_name()
    {
        const string Both =
            "\"responses\": {\"200\": {\"description\": \"\", \"content\": {\"application/json\": {\"schema\": {\"type\": \"string\"}}, \"text/event-stream\": {}}}}";
        var generated = Run(ApiDocuments.Of($$"""
            "/a": {"get": {"operationId": "chat", {{Both}} } }, "/b": {"get": {"operationId": "chatStream", {{Both}} } }
            """));

        Assert.Equal(["ChatAsStreamAsync", "ChatAsync", "ChatStreamAsync", "ChatStreamStreamAsync"], Names(generated).Order(StringComparer.Ordinal));
    }

    private static Generated Run(params Spec[] specs)
    {
        var generated = new Project(specs).Run();
        Assert.Empty(generated.Errors());
        return generated;
    }

    private static List<string> Names(Generated generated) =>
        [.. Methods(generated.Load().GetType("Demo.Models.DemoClient", throwOnError: true)!).Select(method => method.Name)];

    private static IEnumerable<MethodInfo> Methods(Type client) => client.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly);
}
