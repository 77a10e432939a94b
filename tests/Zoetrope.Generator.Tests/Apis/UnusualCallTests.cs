using System.Reflection;
using Zoetrope.Errors;
using Zoetrope.Operations;
using Zoetrope.Validation;

namespace Zoetrope.Generator.Tests;

/// <summary>Calls whose documents say something unusual about keys, bodies and responses, against a real socket.</summary>
public class UnusualCallTests
{
    private const string Text = """{"schema": {"type": "object", "required": ["text"], "properties": {"text": {"type": "string"} } } }""";

    private const string Members =
        """ "id": {"type": "integer", "readOnly": true}, "name": {"type": "string"}, "secret": {"type": "string", "writeOnly": true} """;

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
            public static async Task<string> Change(DemoClient demo)
            {
                var user = await demo.ChangeAsync(new() { Name = "Ann", Secret = "s" });
                var made = await demo.MakeAsync(new() { Name = "Bob" });
                return user.Id + " " + made.Id + " " + (made.Secret ?? "none");
            }
            public static async Task<string> Nulls(DemoClient demo)
            {
                await demo.PutObjectAsync(null);
                await demo.PutNumberAsync(null);
                await demo.PutListAsync(null);
                await demo.PutObjectAsync(new() { A = 1 });
                await demo.PutNumberAsync(5);
                await demo.PutListAsync(["ab"]);
                return "done";
            }
            public static async Task<string> BadNumber(DemoClient demo)
            {
                await demo.PutNumberAsync(0);
                return "sent";
            }
            public static async Task<string> BadList(DemoClient demo)
            {
                await demo.PutListAsync(["a"]);
                return "sent";
            }
            public static Task<string> Construct(DemoClient demo)
            {
                using var byDefault = new DemoClient();
                using var byKey = new DemoClient("secret");
                using var byOptions = new DemoClient(new() { ApiKey = "secret" });
                try
                {
                    return Task.FromResult(new DemoClient(" ").ToString()!);
                }
                catch (System.ArgumentException exception)
                {
                    return Task.FromResult(exception.ParamName!);
                }
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
        "/user": {
          "put": {"operationId": "change", "requestBody": {"required": true, "content": {"application/json": {"schema": {"$ref": "#/components/schemas/User"} } } },
            "responses": {"200": {"description": "", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/User"} } } } } },
          "post": {"operationId": "make",
            "requestBody": {"required": true, "content": {"application/json": {"schema": {"type": "object", "required": ["id", "name"], "properties": { {{Members}} } } } } },
            "responses": {"200": {"description": "", "content": {"application/json": {"schema": {"type": "object", "required": ["id", "secret"], "properties": { {{Members}} } } } } } } } },
        "/object": { {{Put("putObject", "{\"type\": [\"object\", \"null\"], \"properties\": {\"a\": {\"type\": \"integer\"}}}")}} },
        "/number": { {{Put("putNumber", "{\"type\": [\"integer\", \"null\"], \"minimum\": 1}")}} },
        "/list": { {{Put("putList", "{\"type\": [\"array\", \"null\"], \"items\": {\"type\": \"string\", \"minLength\": 2}}")}} },
        "/keyed": {"get": {"operationId": "keyed", "security": [{"k": []}], "responses": {"204": {"description": ""} } } }
        """,
        $$""" "User": {"type": "object", "required": ["id", "name", "secret"], "properties": { {{Members}} } } """,
        more: "\"security\": [{\"k\": []}],").Replace(
            "\"components\": {",
            "\"components\": {\"securitySchemes\": {\"k\": {\"type\": \"http\", \"scheme\": \"bearer\"}}, ");

    private static readonly Lazy<Assembly> _assembly = new(() => new Project([_document], code: Code).Run().Load());

    [Fact]
    public async Task A_response_for_all_statuses_is_what_success_gives_and_no_error()
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
    public async Task A_client_is_made_with_nothing_with_a_key_or_with_options()
    {
        await using var server = new FakeServer();

        Assert.Equal("apiKey", await CallAsync(server, "Construct"));
    }

    [Fact]
    public async Task A_form_of_which_nothing_is_set_is_a_form()
    {
        await using var server = new FakeServer(FakeServer.Reply(204, ""));

        Assert.Equal("done", await CallAsync(server, "Send"));

        Assert.Contains("\r\nContent-Type: multipart/form-data; boundary=", Assert.Single(server.Requests));
    }

    [Fact]
    public async Task What_only_responses_have_is_not_asked_for_in_requests()
    {
        await using var server = new FakeServer(FakeServer.Reply(200, """{"id":7,"name":"Ann"}"""), FakeServer.Reply(200, """{"id":8,"name":"Bob"}"""));

        Assert.Equal("7 8 none", await CallAsync(server, "Change"));

        Assert.EndsWith("""{"name":"Ann","secret":"s"}""", server.Requests[0]);
        Assert.EndsWith("""{"name":"Bob"}""", server.Requests[1]);
    }

    [Fact]
    public async Task A_body_that_must_be_there_and_may_be_null_is_sent_as_null()
    {
        await using var server = new FakeServer([.. Enumerable.Repeat(FakeServer.Reply(204, ""), 6)]);

        Assert.Equal("done", await CallAsync(server, "Nulls"));

        Assert.Equal(["null", "null", "null", "{\"a\":1}", "5", "[\"ab\"]"], server.Requests.Select(request => request.Split("\r\n\r\n")[1]));
        Assert.All(server.Requests, request => Assert.Contains("\r\nContent-Type: application/json\r\n", request));
    }

    [Theory]
    [InlineData("BadNumber", "")]
    [InlineData("BadList", "[0]")]
    public async Task One_that_is_not_null_is_checked(string call, string path)
    {
        await using var server = new FakeServer();

        var exception = await Assert.ThrowsAsync<RequestValidationException>(() => CallAsync(server, call));

        Assert.Equal(path, Assert.Single(exception.Result.Issues).Path);
        Assert.Empty(server.Requests);
    }

    private static string Put(string id, string schema) => $$"""
        "put": {"operationId": "{{id}}", "requestBody": {"required": true, "content": {"application/json": {"schema": {{schema}} } } }, "responses": {"204": {"description": ""} } }
        """;

    /// <summary>Runs one of the calls in the user's code.</summary>
    private static async Task<string> CallAsync(FakeServer server, string call, string? key = "secret")
    {
        var options = new ApiClientOptions { BaseUrl = server.Url, ApiKey = key, Attempts = 1 };
        using var client = (ApiClient)Activator.CreateInstance(_assembly.Value.GetType("Demo.Models.DemoClient", throwOnError: true)!, options)!;
        return await (Task<string>)_assembly.Value.GetType("Calls")!.GetMethod(call)!.Invoke(null, [client])!;
    }
}
