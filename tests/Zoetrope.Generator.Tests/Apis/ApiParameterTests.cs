using System.Reflection;

namespace Zoetrope.Generator.Tests;

/// <summary>Parameters that several operations have, and those that need nothing.</summary>
public class ApiParameterTests
{
    private const string Version =
        """ "parameters": {"Version": {"name": "X-Version", "in": "header", "required": true, "schema": {"type": "string", "enum": ["2024-11-06"]}}}, """;

    private static readonly Spec _document = ApiDocuments.Of($$"""
        {{Operation("/models", "listModels", """{"$ref": "#/components/parameters/Version"}""")}},
        {{Operation("/tasks", "listTasks", """{"$ref": "#/components/parameters/Version"}, {"name": "limit", "in": "query", "schema": {"type": "integer"}}""")}},
        {{Operation("/files", "listFiles", """{"$ref": "#/components/parameters/Version"}, {"name": "kind", "in": "query", "required": true, "schema": {"type": "string"}}""")}},
        {{Operation("/plain", "listPlain", """{"name": "limit", "in": "query", "schema": {"type": "integer"}}""")}},
        {{Operation("/old", "listOld", """{"name": "X-Version", "in": "header", "schema": {"type": "string", "enum": ["2024-11-06"]}}""")}},
        {{Operation("/numbered", "listNumbered", """
            {"name": "v", "in": "query", "required": true, "schema": {"type": "integer", "enum": [3]}}, {"name": "beta", "in": "header", "required": true, "schema": {"type": "boolean", "enum": [true]}}
            """)}}
        """);

    private static readonly ApiCalls _calls = new(
        _document with { Text = _document.Text.Replace("\"components\": {", "\"components\": {" + Version, StringComparison.Ordinal) },
        """
            public static async Task<string> Nothing(DemoClient demo) { await demo.ListModelsAsync(); await demo.ListTasksAsync(); await demo.ListPlainAsync(); await demo.ListOldAsync(); await demo.ListNumberedAsync(); return "done"; }
            public static async Task<string> Given(DemoClient demo)
            {
                await demo.ListTasksAsync(new() { Limit = 3 });
                await demo.ListTasksAsync(new());
                await demo.ListFilesAsync(new() { Kind = "png" });
                return "done";
            }
        """);

    [Fact]
    public async Task Parameters_of_which_none_must_be_given_are_optional_and_what_has_one_value_is_sent()
    {
        await using var server = new FakeServer([.. Enumerable.Repeat(FakeServer.Reply(204, ""), 5)]);

        Assert.Equal("done", await _calls.RunAsync(server, "Nothing"));

        Assert.Equal(
            [
                ("GET /models", "2024-11-06"),
                ("GET /tasks", "2024-11-06"),
                ("GET /plain", null),
                ("GET /old", null),
                ("GET /numbered?v=3", null)
            ], server.Requests.Select(Sent));
        Assert.Contains("beta: true", server.Requests[4], StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task What_is_given_goes_beside_what_has_one_value()
    {
        await using var server = new FakeServer([.. Enumerable.Repeat(FakeServer.Reply(204, ""), 3)]);

        Assert.Equal("done", await _calls.RunAsync(server, "Given"));

        Assert.Equal([("GET /tasks?limit=3", "2024-11-06"), ("GET /tasks", "2024-11-06"), ("GET /files?kind=png", "2024-11-06")], server.Requests.Select(Sent));
    }

    [Fact]
    public void Only_parameters_that_need_something_must_be_given()
    {
        var methods = _calls.Generated.Load().GetType("Demo.Models.DemoClient", throwOnError: true)!.GetMethods(
            BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(method => method.Name.StartsWith("List", StringComparison.Ordinal) && !method.GetParameters()[0].IsOptional);

        Assert.Equal("ListFilesAsync", Assert.Single(methods).Name);
    }

    [Fact]
    public void A_parameter_that_operations_refer_to_has_one_type()
    {
        var types = _calls.Generated.Load().GetExportedTypes().Where(type => type.Name == "XVersion").Select(type => type.FullName);

        Assert.Equal(["Demo.Models.Demo+XVersion"], types);
    }

    private static (string Address, string? Version) Sent(string request)
    {
        var lines = request.Split("\r\n");
        return (string.Join(
            ' ',
            lines[0].Split(' ').Take(2)), Array.Find(lines, line => line.StartsWith("X-Version:", StringComparison.OrdinalIgnoreCase))?[10..].Trim());
    }

    private static string Operation(string path, string id, string parameters) =>
        $$$""" "{{{path}}}": {"get": {"operationId": "{{{id}}}", "parameters": [{{{parameters}}}], "responses": {"204": {"description": ""} } } }""";
}
