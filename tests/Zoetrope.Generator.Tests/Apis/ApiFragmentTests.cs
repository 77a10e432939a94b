using Zoetrope.Generator.Tooling;
using Zoetrope.Operations;

namespace Zoetrope.Generator.Tests;

/// <summary>Several operations of one method and path, which documents tell apart by a fragment: each has its method, and all go to the one address.</summary>
public class ApiFragmentTests
{
    private const string Paths = """
        "/a": {"put": {"operationId": "one", "responses": {"204": {"description": ""}}}},
        "/a#b": {"put": {"operationId": "two", "responses": {"204": {"description": ""}}}, "get": {"responses": {"204": {"description": ""}}}},
        "/a#c/{no}": {"get": {"responses": {"204": {"description": ""}}}},
        "/items/{item_id}#id": {"get": {"parameters": [{"name": "item_id", "in": "path", "required": true, "schema": {"type": "string"}}], "responses": {"204": {"description": ""}}}},
        "/items/{item_id_or_name}#idOrName": {"get": {"responses": {"204": {"description": ""}}, "parameters": [
          {"name": "item_id_or_name", "in": "path", "required": true, "schema": {"type": "string"}}, {"name": "full", "in": "query", "schema": {"type": "boolean"}}]}}
        """;

    private const string Code = """
        using System.Threading.Tasks;
        using Demo.Models;
        internal static class Calls
        {
            public static async Task<string> All(DemoClient client)
            {
                await client.OneAsync();
                await client.TwoAsync();
                await client.GetABAsync();
                await client.GetACByNoAsync();
                await client.GetItemsByItemIdIdAsync("x/#y");
                await client.GetItemsByItemIdOrNameIdOrNameAsync("n", new() { Full = true });
                return "done";
            }
        }
        """;

    [Fact]
    public async Task Each_has_a_method_and_the_fragment_is_not_sent()
    {
        var generated = new Project([ApiDocuments.Of(Paths)], code: Code).Run();
        Assert.Empty(generated.Diagnostics);
        await using var server = new FakeServer(FakeServer.Raw("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"));
        using var client = (ApiClient)Activator.CreateInstance(
            generated.Load().GetType("Demo.Models.DemoClient", throwOnError: true)!, new ApiClientOptions { BaseUrl = server.Url, Attempts = 1 })!;

        Assert.Equal("done", await (Task<string>)client.GetType().Assembly.GetType("Calls")!.GetMethod("All")!.Invoke(null, [client])!);

        Assert.Equal(
            ["PUT /a", "PUT /a", "GET /a", "GET /a", "GET /items/x%2F%23y", "GET /items/n?full=true"],
            server.Requests.Select(request => string.Join(' ', request.Split(' ').Take(2))));
    }

    [Fact]
    public void Keys_of_the_lock_file_keep_the_fragment()
    {
        var document = ApiDocuments.Of(Paths);

        var names =
            NameAssignments.Of(new Dictionary<string, Zoetrope.Specs.Model.SpecDocument> { [document.Path] = Specs.SpecReader.Read(document.Text).Document! });

        Assert.Equal("One", Assert.Single(names, name => name.Key.EndsWith("#/PUT ~1a", StringComparison.Ordinal)).Name);
        Assert.Equal("Two", Assert.Single(names, name => name.Key.EndsWith("#/PUT ~1a#b", StringComparison.Ordinal)).Name);
    }

    [Theory]
    [InlineData("#a")]
    [InlineData("a#b")]
    [InlineData("/a{b#c}")]
    [InlineData("/a\\\\b#c")]
    public void What_is_not_a_path_before_its_fragment_is_reported(string path)
    {
        var generated = new Project([ApiDocuments.Of(ApiDocuments.Get("/x", "x") + $", \"{path}\": {{\"get\": {{\"responses\": {{}} }} }}")]).Run();

        Assert.Equal("ZT0019", Assert.Single(generated.Diagnostics).Id);
    }
}
