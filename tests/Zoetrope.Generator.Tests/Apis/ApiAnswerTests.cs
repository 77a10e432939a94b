using System.Reflection;
using Zoetrope.Operations;
using Zoetrope.Tests;

namespace Zoetrope.Generator.Tests;

/// <summary>Calls whose documents say something unusual about keys, bodies and answers, against a real socket.</summary>
public class ApiAnswerTests
{
    private const string Text = """{"schema": {"type": "object", "required": ["text"], "properties": {"text": {"type": "string"} } } }""";

    private const string Code = """
        using System.Threading.Tasks;
        using Demo.Models;
        internal static class Calls
        {
            public static async Task<string> Only(DemoClient demo) => (await demo.OnlyAsync()).Text;
            public static async Task<string> Look(DemoClient demo)
            {
                await demo.LookAsync();
                return "done";
            }
            public static async Task<string> Send(DemoClient demo)
            {
                await demo.SendAsync(new());
                return "done";
            }
            public static async Task<string> Keyed(DemoClient demo)
            {
                await demo.KeyedAsync();
                return "done";
            }
        }
        """;

    private static readonly Spec _document = ApiDocuments.Of(
        $$"""
        "/only": {"get": {"operationId": "only", "responses": {"default": {"description": "", "content": {"application/json": {{Text}} } } } } },
        "/look": {"head": {"operationId": "look", "responses": {"200": {"description": "", "content": {"application/json": {{Text}} } } } } },
        "/send": {"post": {"operationId": "send", "security": [{}, {"k": []}], "responses": {"204": {"description": ""} },
          "requestBody": {"required": true, "content": {"multipart/form-data": {"schema": {"type": "object", "properties": {"note": {"type": "string"} } } } } } } },
        "/keyed": {"get": {"operationId": "keyed", "security": [{"k": []}], "responses": {"204": {"description": ""} } } }
        """,
        more: "\"security\": [{\"k\": []}],").Replace("\"components\": {", "\"components\": {\"securitySchemes\": {\"k\": {\"type\": \"http\", \"scheme\": \"bearer\"}}, ");

    private static readonly Lazy<Assembly> _assembly = new(() => new Project([_document], code: Code).Run().Load());

    [Fact]
    public async Task An_answer_for_all_statuses_is_what_success_gives_and_no_error()
    {
        await using var server = new FakeServer(FakeServer.Reply(200, """{"text":"hi"}"""), FakeServer.Reply(500, """{"text":"down"}"""));

        Assert.Equal("hi", await CallAsync(server, "Only"));
        var exception = await Assert.ThrowsAnyAsync<ServiceException>(() => CallAsync(server, "Only"));

        Assert.Equal(typeof(ServiceException), exception.GetType());
    }

    [Fact]
    public async Task HEAD_gives_nothing_though_its_document_describes_JSON()
    {
        await using var server = new FakeServer(FakeServer.Reply(200, ""));

        Assert.Equal("done", await CallAsync(server, "Look"));

        Assert.StartsWith("HEAD /look HTTP/1.1\r\n", Assert.Single(server.Requests));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("secret")]
    public async Task A_key_that_may_be_left_out_is_sent_where_there_is_one(string? key)
    {
        await using var server = new FakeServer(FakeServer.Reply(204, ""));

        Assert.Equal("done", await CallAsync(server, "Send", key));

        Assert.Equal(key is not null, Assert.Single(server.Requests).Contains("\r\nAuthorization: Bearer secret\r\n"));
    }

    [Fact]
    public async Task A_key_that_is_needed_is_asked_for_before_anything_is_sent()
    {
        await using var server = new FakeServer(FakeServer.Reply(204, ""));

        await Assert.ThrowsAsync<MissingKeyException>(() => CallAsync(server, "Keyed", key: null));

        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task A_form_of_which_nothing_is_set_is_a_form()
    {
        await using var server = new FakeServer(FakeServer.Reply(204, ""));

        Assert.Equal("done", await CallAsync(server, "Send"));

        Assert.Contains("\r\nContent-Type: multipart/form-data; boundary=", Assert.Single(server.Requests));
    }

    /// <summary>Runs one of the calls in the user's code.</summary>
    private static async Task<string> CallAsync(FakeServer server, string call, string? key = "secret")
    {
        var options = new ApiClientOptions { BaseUrl = server.Url, Key = key, Attempts = 1 };
        using var client = (ApiClient)Activator.CreateInstance(_assembly.Value.GetType("Demo.Models.DemoClient", throwOnError: true)!, options)!;
        return await (Task<string>)_assembly.Value.GetType("Calls")!.GetMethod(call)!.Invoke(null, [client])!;
    }
}
