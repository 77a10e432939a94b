using System.Text.Json;

namespace Zoetrope.Cli.Tests;

/// <summary><c>zoetrope specs</c> with documents of whole APIs: JSON, YAML and Swagger 2.</summary>
public sealed class SpecsApiTests
{
    private const string Yaml = """
        openapi: 3.1.0
        info: {title: The Toy Pictures API v2, version: 2.0.0}
        servers: [{url: https://api.example.com}]
        paths:
          /pictures:
            get:
              operationId: listPictures
              responses: {"200": {description: ok, content: {application/json: {schema: {type: array, items: {type: string}}}}}}
            delete: {operationId: clearPictures, responses: {204: {description: done}}}
        """;

    private const string Swagger = """
        {"swagger": "2.0", "info": {"title": "Old Pictures", "version": "1.0", "x-more": true}, "host": "api.example.com", "basePath": "/v2/", "schemes": ["http", "https", "wss"],
         "consumes": ["application/json"], "produces": ["application/json"], "x-note": {"a": 1},
         "securityDefinitions": {"key": {"type": "apiKey", "in": "header", "name": "X-Key"}, "basic": {"type": "basic"},
           "app": {"type": "oauth2", "flow": "application", "tokenUrl": "https://api.example.com/token", "scopes": {"read": "Reads."}}},
         "security": [{"key": []}],
         "parameters": {"Limit": {"name": "limit", "in": "query", "type": "integer", "enum": [10, 50], "x-enum-varnames": ["Ten", "Fifty"], "x-nullable": true}, "Picture": {"name": "p", "in": "body", "required": true, "schema": {"$ref": "#/definitions/Picture"}}},
         "responses": {"Bad": {"description": "Bad.", "schema": {"$ref": "#/definitions/Error"}}},
         "paths": {
           "/pictures": {
             "parameters": [{"$ref": "#/parameters/Limit"}],
             "get": {"operationId": "list", "parameters": [
               {"name": "ids", "in": "query", "type": "array", "items": {"type": "string"}}, {"name": "tags", "in": "query", "type": "array", "items": {"type": "string"}, "collectionFormat": "multi"},
               {"name": "parts", "in": "query", "type": "array", "items": {"type": "string"}, "collectionFormat": "pipes"}],
               "responses": {"200": {"description": "Fine.", "schema": {"type": "array", "items": {"$ref": "#/definitions/Picture"}}, "headers": {"X-Total": {"type": "integer"}}, "examples": {"application/json": []}}, "default": {"$ref": "#/responses/Bad"}}},
             "post": {"operationId": "add", "deprecated": true, "parameters": [{"$ref": "#/parameters/Picture"}], "responses": {"201": {"description": "Made."}}}},
           "/pictures/{id}": {
             "parameters": [{"name": "id", "in": "path", "required": true, "type": "string"}],
             "put": {"operationId": "upload", "consumes": ["multipart/form-data"], "parameters": [{"name": "file", "in": "formData", "type": "file", "required": true}, {"name": "note", "in": "formData", "type": "string", "description": "A note."}], "responses": {"204": {"description": "Done."}}},
             "patch": {"operationId": "rename", "consumes": ["application/x-www-form-urlencoded"], "parameters": [{"name": "names", "in": "formData", "type": "array", "items": {"type": "string"}}], "responses": {"204": {"description": "Done."}}},
             "get": {"operationId": "download", "produces": ["image/png", "image/jpeg"], "security": [], "responses": {"200": {"description": "It.", "schema": {"type": "file"}}}}}},
         "definitions": {
           "Picture": {"type": "object", "required": ["id"], "discriminator": "id", "properties": {"id": {"type": "string"}, "discriminator": {"type": "string"}, "size": {"type": "integer", "maximum": 18446744073709551615},
             "made": {"type": "string", "format": "date-time", "example": "2024-05-06T07:08:09+02:00"}, "title": {"type": "string", "x-nullable": true}}, "additionalProperties": {"$ref": "#/definitions/Error"}},
           "Error": {"type": "object", "properties": {"message": {"type": "string"}}}}}
        """;

    [Fact]
    public async Task A_whole_API_goes_to_a_folder_of_its_name_and_is_replaced_there()
    {
        using var folder = new SpecsFolder();
        folder.Write("toy.yaml", Yaml);

        (await folder.RunAsync(["specs", "add", "toy.yaml", "--origin", "https://example.com/toy"]))
            .Exits(0)
            .Says("specs/toy-pictures/api.json was written: 'The Toy Pictures API v2' with 2 operations");

        using (var locked = JsonDocument.Parse(folder.Read(SpecsFolder.Lock)))
            Assert.Equal(
                "https://example.com/toy",
                locked.RootElement.GetProperty("files").GetProperty("toy-pictures/api.json").GetProperty("origin").GetString());
        (await folder.RunAsync(["specs", "lock", "--check"])).Exits(0);
        (await folder.RunAsync(["specs", "check", "specs"])).Exits(0);

        folder.Write("toy.yaml", Yaml.Replace("    delete:", "    put: {operationId: setPictures}\n    delete:"));
        File.Move(folder.PathOf("specs/toy-pictures/api.json"), folder.PathOf("specs/toy-pictures/own.json"));
        (await folder.RunAsync(["specs", "add", "toy.yaml"])).Exits(0)
            .Says("specs/toy-pictures/own.json was replaced: 'The Toy Pictures API v2' with 3 operations")
                .Says("  + PUT /pictures")
                .Says("  In C#: new ToyPicturesClient()");
        Assert.False(File.Exists(folder.PathOf("specs/toy-pictures/api.json")));
    }

    [Theory]
    [InlineData("Platform APIs", "https://api.fal.ai/v1", "fal/platform.json")]
    [InlineData("each::labs Official API v1", "https://api.eachlabs.ai", "eachlabs/api.json")]
    [InlineData("Workflows Engine API", "https://api.eachlabs.ai/v1", "eachlabs/workflows-engine.json")]
    [InlineData("Ideogram - OpenAPI 3.0", "https://api.example.com", "ideogram/api.json")]
    [InlineData("../../../etc", "https://api.example.com", "etc/api.json")]
    [InlineData("API", "https://api.example.com", "example/api.json")]
    public async Task The_title_and_the_provider_name_the_file(string title, string server, string path)
    {
        using var folder = new SpecsFolder();
        folder.Write("api.yaml", Yaml.Replace("The Toy Pictures API v2", '"' + title + '"').Replace("https://api.example.com", server));

        (await folder.RunAsync(["specs", "add", "api.yaml"])).Exits(0).Says($"specs/{path} was written: '{title}' with 2 operations");

        Assert.True(File.Exists(folder.PathOf("specs/" + path)));
    }

    [Fact]
    public async Task Another_API_of_the_same_name_is_not_overwritten()
    {
        using var folder = new SpecsFolder();
        folder.Write("toy.yaml", Yaml);
        folder.Write("other.yaml", Yaml.Replace("The Toy Pictures API v2", "Toy Pictures"));
        (await folder.RunAsync(["specs", "add", "toy.yaml"])).Exits(0);

        (await folder.RunAsync(["specs", "add", "other.yaml"]))
            .Exits(2)
            .Says("SOURCE: its name would be 'specs/toy-pictures/api.json', which exists and is not of 'Toy Pictures' with 2 operations")
            .Says("`--name toy-pictures` replaces it; any other --name adds this document beside it.");
    }

    [Fact]
    public async Task A_document_without_operations_is_not_added()
    {
        using var folder = new SpecsFolder();
        folder.Write("none.json", """{"openapi": "3.1.0", "info": {"title": "None"}, "paths": {}}""");

        var result = await folder.RunAsync(["specs", "add", "none.json"]);

        Assert.StartsWith("none.json(1,2): info ZT0014: ", result.Exits(1).Output);
        result.Says("none.json was not added: nothing can be generated from it.");
    }

    [Theory]
    [InlineData("luma.yaml", "dream-machine/api.json", 13)]
    [InlineData("leonardo.json", "leonardo/api.json", 53)]
    [InlineData("wavespeed-unofficial.yaml", "wavespeed-ai/api.json", 12)]
    [InlineData("fal-platform.json", "fal/platform.json", 82)]
    public async Task Whole_documents_of_providers_are_added(string file, string path, int operations)
    {
        using var folder = new SpecsFolder();

        var result = await folder.RunAsync(["specs", "add", Corpus.PathOf("openapi", file)]);

        result.Exits(0).Says($"specs/{path} was written: ");
        // A proposal of the job protocol follows where the document shows jobs.
        var lines = result.ErrorLines.SkipWhile(line => !line.StartsWith($"specs/{path} was written: ", StringComparison.Ordinal)).Take(2).ToList();
        Assert.EndsWith($" with {operations} operations", lines[0]);
        Assert.StartsWith("  In C#: new ", lines[1]);
        Assert.DoesNotContain(": error ", result.Output);
        Assert.DoesNotContain(": warning ", result.Output);
        (await folder.RunAsync(["specs", "lock", "--check"])).Exits(0);
    }

    [Theory]
    [InlineData("application/x-www-form-urlencoded", "", """{"a":{"style":"form","explode":false}}""")]
    [InlineData("application/x-www-form-urlencoded", "csv", """{"a":{"style":"form","explode":false}}""")]
    [InlineData("application/x-www-form-urlencoded", "ssv", """{"a":{"style":"spaceDelimited","explode":false}}""")]
    [InlineData("application/x-www-form-urlencoded", "pipes", """{"a":{"style":"pipeDelimited","explode":false}}""")]
    [InlineData("application/x-www-form-urlencoded", "multi", "")]
    [InlineData("multipart/form-data", "", """{"a":{"style":"form","explode":false,"x-collectionFormat":"csv"}}""")]
    [InlineData("multipart/form-data", "pipes", """{"a":{"style":"pipeDelimited","explode":false,"x-collectionFormat":"pipes"}}""")]
    [InlineData("multipart/form-data", "multi", "")]
    public async Task Lists_in_forms_of_Swagger_2_keep_their_format(string mediaType, string format, string encoding)
    {
        using var folder = new SpecsFolder();
        var written = format.Length == 0 ? "" : $", \"collectionFormat\": \"{format}\"";
        folder.Write("old.json", $$$"""
            {"swagger": "2.0", "info": {"title": "Old", "version": "1"}, "host": "old.example", "paths": {"/a": {"post": {"operationId": "send", "consumes": ["{{{mediaType}}}"],
             "parameters": [{"name": "a", "in": "formData", "type": "array", "items": {"type": "string"} {{{written}}} }], "responses": {"204": {"description": "d"} } } } } }
            """);

        (await folder.RunAsync(["specs", "add", "old.json"])).Exits(0);

        var added = Assert.Single(
            Directory.GetFiles(folder.PathOf("specs"), "*.json", SearchOption.AllDirectories),
            path => File.ReadAllText(path).Contains("\"send\"", StringComparison.Ordinal) && !path.EndsWith(SpecsFolder.Lock, StringComparison.Ordinal));
        using var document = JsonDocument.Parse(await File.ReadAllTextAsync(added));
        var content = document.RootElement
            .GetProperty("paths")
            .GetProperty("/a")
            .GetProperty("post")
            .GetProperty("requestBody")
            .GetProperty("content")
            .GetProperty(mediaType);
        Assert.Equal(encoding, content.TryGetProperty("encoding", out var found) ? JsonSerializer.Serialize(found) : "");
    }

    [Theory]
    [InlineData("formData", "tsv")]
    [InlineData("query", "tsv")]
    [InlineData("path", "pipes")]
    public async Task A_list_format_that_OpenAPI_3_does_not_have_is_reported(string location, string format)
    {
        using var folder = new SpecsFolder();
        folder.Write("old.json", $$$"""
            {"swagger": "2.0", "info": {"title": "Old", "version": "1"}, "host": "old.example", "paths": {"/{{{(location == "path" ? "{a}" : "a")}}}": {"post": {"operationId": "send",
             "parameters": [{"name": "a", "in": "{{{location}}}", "required": true, "type": "array", "items": {"type": "string"}, "collectionFormat": "{{{format}}}"}], "responses": {"204": {"description": "d"} } } } } }
            """);

        var result = await folder.RunAsync(["specs", "add", "old.json"]);

        Assert.Matches($@"warning ZT0066: The style '{format}' is not valid for the location of the parameter 'a'", result.Exits(0).Output);
    }

    [Fact]
    public async Task Shared_types_keep_their_names_when_a_document_is_added_again_with_fewer_or_other_uses()
    {
        using var folder = new SpecsFolder();
        const string Thing =
            """{"type": "object", "properties": {"id": {"type": "string"}, "a": {"type": "string"}, "b": {"type": "string"}, "c": {"type": "string"}, "d": {"type": "string"}, "e": {"type": "string"}}}""";
        string Document(params (string Name, string Schema)[] operations) => $$"""
            {"openapi": "3.0.3", "info": {"title": "Shop", "version": "1"}, "servers": [{"url": "https://api.shop.example"}], "paths": { {{string.Join(",", operations.Select(one => $$$"""
            "/{{{one.Name}}}": {"get": {"operationId": "{{{one.Name}}}", "responses": {"200": {"description": "", "content": {"application/json": {"schema": {{{one.Schema}}} } } } } } }
            """))}} } }
            """;
        string Type(string use)
        {
            var names = JsonDocument.Parse(folder.Read(SpecsFolder.Lock)).RootElement.GetProperty("names");
            const string Owner = "api:api.shop.example/shop#/";
            return names
                .GetProperty(Owner + names.GetProperty($"{Owner}$use GET ~1{use}$result").GetString()!.Replace("/", "~1", StringComparison.Ordinal))
                .GetString()!;
        }

        folder.Write("shop.json", Document(("getA", Thing), ("getB", Thing), ("getC", Thing)));
        (await folder.RunAsync(["specs", "add", "shop.json"])).Exits(0);
        var given = Type("getB");
        folder.Write("shop.json", Document(("getB", Thing.Replace("\"e\"", "\"f\"", StringComparison.Ordinal)), ("getC", Thing)));
        var second = await folder.RunAsync(["specs", "add", "shop.json"]);

        second.Exits(0).Says($"  GET /getB$result: the type was {given} and is the operation's own now");
        Assert.Equal(given, Type("getC"));
        Assert.DoesNotContain(second.ErrorLines, line => line.Contains("GET /getC$result: the type", StringComparison.Ordinal));
        (await folder.RunAsync(["specs", "lock", "--check"])).Exits(0);
    }

    [Fact]
    public async Task A_document_of_webhooks_alone_is_added_without_a_client_and_NSwag_is_not_asked_about_a_version_that_it_does_not_know()
    {
        using var folder = new SpecsFolder();
        folder.Write("hooks.json", """
            {"openapi": "3.2.0", "info": {"title": "Studio API", "version": "1"}, "webhooks": {"clip.ready": {"post": {"requestBody": {"content": {
              "application/json": {"schema": {"type": "object", "properties": {"id": {"type": "string"}}}}}}}}}}
            """);

        var result = (await folder.RunAsync(["specs", "add", "hooks.json"])).Exits(0);

        result.Says("specs/studio/api.json was written: 'Studio API' with 1 webhook").Says("  In C#: Studio.Webhooks")
            .Says("hooks.json: warning: NSwag, as a second reader: not asked, because it does not know OpenAPI 3.2");
        (await folder.RunAsync(["specs", "lock", "--check"])).Exits(0);
        (await folder.RunAsync(["specs", "check", "specs/studio"])).Exits(0);

        folder.Write("hooks.json", folder.Read("hooks.json").Replace("\"id\"", "\"name\"", StringComparison.Ordinal));
        var changed = (await folder.RunAsync(["specs", "add", "hooks.json", "--dry-run"])).Exits(0);
        Assert.Contains(changed.ErrorLines, line => line.EndsWith("'Studio API' with 1 webhook, generates Studio.Webhooks", StringComparison.Ordinal));
        Assert.Contains(changed.ErrorLines, line => line.Contains("webhook clip.ready", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Swagger_2_becomes_OpenAPI_3_that_says_the_same()
    {
        using var folder = new SpecsFolder();
        folder.Write("old.json", Swagger);

        var result = await folder.RunAsync(["specs", "add", "old.json"]);

        result.Exits(0).Says("specs/old-pictures/api.json was written: 'Old Pictures' with 5 operations");
        Assert.DoesNotContain(result.ErrorLines, line => line.Contains("NSwag"));
        using var document = JsonDocument.Parse(folder.Read("specs/old-pictures/api.json"));
        var root = document.RootElement;
        Assert.Equal(("3.0.3", """[{"url":"https://api.example.com/v2"},{"url":"http://api.example.com/v2"}]""", """[{"key":[]}]""", """{"a":1}"""),
            (root.GetProperty("openapi").GetString(), At(root, "servers"), At(root, "security"), At(root, "x-note")));
        Assert.Equal("""{"key":{"type":"apiKey","name":"X-Key","in":"header"},"basic":{"type":"http","scheme":"basic"},"app":{"type":"oauth2","flows":{"clientCredentials":{"tokenUrl":"https://api.example.com/token","scopes":{"read":"Reads."}}}}}""",
            At(root, "components", "securitySchemes"));
        Assert.Equal("""{"Limit":{"name":"limit","in":"query","schema":{"type":"integer","enum":[10,50],"x-enum-varnames":["Ten","Fifty"],"nullable":true}}}""", At(root, "components", "parameters"));
        Assert.Equal(
            """{"Picture":{"required":true,"content":{"application/json":{"schema":{"$ref":"#/components/schemas/Picture"}}}}}""",
            At(root, "components", "requestBodies"));
        Assert.Equal(
            """{"Bad":{"description":"Bad.","content":{"application/json":{"schema":{"$ref":"#/components/schemas/Error"}}}}}""",
            At(root, "components", "responses"));
        Assert.Equal("""[{"$ref":"#/components/parameters/Limit"}]""", At(root, "paths", "/pictures", "parameters"));
        Assert.Equal(
            """[{"name":"ids","in":"query","schema":{"type":"array","items":{"type":"string"}},"style":"form","explode":false},{"name":"tags","in":"query","schema":{"type":"array","items":{"type":"string"}},"style":"form","explode":true},{"name":"parts","in":"query","schema":{"type":"array","items":{"type":"string"}},"style":"pipeDelimited","explode":false}]""",
            At(root, "paths", "/pictures", "get", "parameters"));
        Assert.Equal(
            """{"200":{"description":"Fine.","headers":{"X-Total":{"schema":{"type":"integer"}}},"content":{"application/json":{"schema":{"type":"array","items":{"$ref":"#/components/schemas/Picture"}},"example":[]}}},"default":{"$ref":"#/components/responses/Bad"}}""",
            At(root, "paths", "/pictures", "get", "responses"));
        Assert.Equal(
            """{"operationId":"add","deprecated":true,"requestBody":{"$ref":"#/components/requestBodies/Picture"},"responses":{"201":{"description":"Made."}}}""",
            At(root, "paths", "/pictures", "post"));
        Assert.Equal(
            """{"required":true,"content":{"multipart/form-data":{"schema":{"type":"object","properties":{"file":{"type":"string","format":"binary"},"note":{"type":"string","description":"A note."}},"required":["file"]}}}}""",
            At(root, "paths", "/pictures/{id}", "put", "requestBody"));
        Assert.Equal(
            """{"required":false,"content":{"application/x-www-form-urlencoded":{"schema":{"type":"object","properties":{"names":{"type":"array","items":{"type":"string"}}}},"encoding":{"names":{"style":"form","explode":false}}}}}""",
            At(root, "paths", "/pictures/{id}", "patch", "requestBody"));
        Assert.Equal(
            """{"image/png":{"schema":{"type":"string","format":"binary"}},"image/jpeg":{"schema":{"type":"string","format":"binary"}}}""",
            At(root, "paths", "/pictures/{id}", "get", "responses", "200", "content"));
        Assert.Equal("[]", At(root, "paths", "/pictures/{id}", "get", "security"));
        Assert.Equal(
            """{"type":"object","required":["id"],"discriminator":{"propertyName":"id"},"properties":{"id":{"type":"string"},"discriminator":{"type":"string"},"size":{"type":"integer","maximum":18446744073709551615},"made":{"type":"string","format":"date-time","example":"2024-05-06T07:08:09+02:00"},"title":{"type":"string","nullable":true}},"additionalProperties":{"$ref":"#/components/schemas/Error"}}""",
            At(root, "components", "schemas", "Picture"));
    }

    [Fact]
    public async Task Swagger_2_in_YAML_takes_both_steps()
    {
        using var folder = new SpecsFolder();
        folder.Write(
            "old.yaml",
            "swagger: '2.0'\ninfo: {title: Old}\nhost: api.example.com\npaths:\n  /a: {get: {responses: {200: {description: ok, schema: {type: string}}}}}\n");

        (await folder.RunAsync(["specs", "add", "old.yaml"])).Exits(0).Says("specs/old/api.json was written: 'Old' with 1 operation");

        Assert.Contains("\"url\": \"https://api.example.com\"", folder.Read("specs/old/api.json"));
    }

    [Theory]
    [InlineData("""{"swagger": "1.2", "paths": {}}""", "old.json(1,13): error ZT0013: OpenAPI 1.2 is not supported")]
    [InlineData("""{"swagger": "2.0", "info": {"title": "A", "title": "B"}}""", "old.json(1,")]
    [InlineData("""{"swagger": "2.0", "host": 5, "paths": [], "definitions": 1, "parameters": {"a": 1}, "securityDefinitions": {"b": 2}}""", "old.json(1,")]
    [InlineData("""{"swagger": "2.0", "info": {"title": "A"}, "paths": {"/a": {"parameters": 1, "get": {"parameters": [1, {"in": "formData"}], "responses": {"200": 1}}}}}""", "old.json(1,")]
    public async Task Damaged_Swagger_is_reported_and_never_crashes(string text, string problem)
    {
        using var folder = new SpecsFolder();
        folder.Write("old.json", text);

        var result = await folder.RunAsync(["specs", "add", "old.json"]);

        Assert.StartsWith(problem, result.Output);
        Assert.DoesNotContain(result.ErrorLines, line => line.Contains("Unhandled"));
    }

    [Theory]
    [InlineData("specs/notes.txt", "Ask about the price.")]
    [InlineData("specs/fal/picture.png", "\0\0\0\u0001PNG")]
    [InlineData("specs/toy.yaml", "openapi: 3.1.0\n")]
    public async Task A_stray_file_is_reported_with_what_to_do(string path, string text)
    {
        using var folder = new SpecsFolder();
        folder.Write(path, text);

        foreach (var command in new[] { "check", "lock" })
        {
            var result = await folder.RunAsync(["specs", command, "specs"]);

            Assert.Contains($"{path}(1,1): error ZT0001: ", result.Exits(1).Output);
            Assert.Contains("Move a file that is not a provider's document to another folder, or exclude it with Exclude=\"…\"", result.Output);
        }
    }

    [Fact]
    public async Task A_README_is_no_document()
    {
        using var folder = new SpecsFolder();
        folder.Write("specs/README.md", "Notes.");
        folder.Write("specs/fal/readme.txt", "Notes.");

        (await folder.RunAsync(["specs", "check", "specs", "specs/README.md"])).Exits(0);
        (await folder.RunAsync(["specs", "lock", "--check"])).Exits(0);
    }

    [Fact]
    public async Task A_file_that_is_named_twice_is_checked_once()
    {
        using var folder = new SpecsFolder();

        (await folder.RunAsync(["specs", "check", "specs", SpecsFolder.FalPage, "./" + SpecsFolder.FalPage, "specs/**/*.md"]))
            .Exits(0)
            .Says("0 errors, 0 warnings in 4 documents.");
    }

    private static string At(JsonElement element, params string[] path) =>
        JsonSerializer.Serialize(
            path.Aggregate(element, (one, name) => one.GetProperty(name)),
            new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
