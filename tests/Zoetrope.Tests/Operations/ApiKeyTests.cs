using Zoetrope.CodeGen.Operations;
using Zoetrope.Errors;
using Zoetrope.Http;
using Zoetrope.Operations;
using static Zoetrope.TestKit.FakeServer;

namespace Zoetrope.Tests;

/// <summary>Where the key of an API is sent, and that it is never shown.</summary>
public sealed class ApiKeyTests
{
    private const string Key = TestTransport.Key;

    [Theory]
    [InlineData("bearer", "Authorization: Bearer " + Key)]
    [InlineData("prefix", "Authorization: Key " + Key)]
    [InlineData("header", "x-demo-key: " + Key)]
    [InlineData("basic", "Authorization: Basic aWQtMTIzNDU2Nzg5MDpzZWNyZXQtYWJjZGVmZ2g=")]
    [InlineData("cookie", "Cookie: session=id-1234567890%3Asecret-abcdefgh")]
    public async Task The_key_is_sent_in_the_specified_location(string location, string expected)
    {
        await using var server = new FakeServer(Reply(200, "{}"));
        using var client = new DemoClient(new() { BaseUrl = server.Url, ApiKey = Key, ApiKeyLocation = Location(location) });

        await client.GetAssetAsync("a");

        Assert.Contains($"\r\n{expected}\r\n", Assert.Single(server.Requests));
    }

    [Fact]
    public async Task A_key_in_the_query_follows_the_parameters()
    {
        await using var server = new FakeServer(Reply(200, "{}"));
        using var client = new DemoClient(new() { BaseUrl = server.Url, ApiKey = Key, ApiKeyLocation = ApiKeyLocation.Query("key") });

        await client.ListAssetsAsync(new() { Limit = 5 });

        Assert.StartsWith("GET /assets?limit=5&key=id-1234567890%3Asecret-abcdefgh HTTP/1.1\r\n", Assert.Single(server.Requests));
    }

    [Theory]
    [InlineData("bearer")]
    [InlineData("basic")]
    [InlineData("query")]
    [InlineData("cookie")]
    public async Task Echoes_of_the_key_are_redacted(string location)
    {
        var echo = new Func<Exchange, Task>(async exchange => await exchange.ReplyAsync(
            400,
            $$"""{"message":"bad key {{Key}} or id-1234567890%3Asecret-abcdefgh or aWQtMTIzNDU2Nzg5MDpzZWNyZXQtYWJjZGVmZ2g= or secret-abcdefgh"}"""));
        await using var server = new FakeServer(echo);
        using var client = new DemoClient(new() { BaseUrl = server.Url, ApiKey = Key, ApiKeyLocation = Location(location) });

        var exception = await Assert.ThrowsAsync<ServiceException<Demo.Problem>>(() => client.ListAssetsAsync());

        foreach (var text in new[] { exception.ToString(), exception.Details.Message!, exception.Error.Body.ToString()! })
        {
            Assert.Contains("bad key", text);
            Assert.DoesNotContain("secret-abcdefgh", text);
            if (location == "basic")
                Assert.DoesNotContain("aWQtMTIzNDU2Nzg5MDpzZWNyZXQtYWJjZGVmZ2g", text);
        }
    }

    [Fact]
    public void A_key_with_a_line_break_is_refused()
    {
        var exception = Assert.Throws<ArgumentException>(() => new DemoClient(new() { ApiKey = "abcdefgh\r\nX: 1" }));

        Assert.DoesNotContain("abcdefgh", exception.Message);
    }

    [Fact]
    public async Task Without_a_key_only_operations_that_need_none_are_called()
    {
        await using var server = new FakeServer(Reply(200, "okay", "Content-Type: text/plain"));
        using var client = new DemoClient(new() { BaseUrl = server.Url }, DemoClient.Definition with { ApiKeyVariable = "ZOETROPE_DEMO_KEY" });

        var exception = await Assert.ThrowsAsync<MissingKeyException>(() => client.GetAssetAsync("a"));
        var health = await client.GetHealthAsync();

        Assert.Equal(
            "There is no key for Demo: set the environment variable ZOETROPE_DEMO_KEY, or ApiClientOptions.ApiKey. Nothing was sent.",
            exception.Message);
        Assert.Equal("okay", health);
        Assert.DoesNotContain("Authorization", Assert.Single(server.Requests));
    }

    [Theory]
    [InlineData("bearer")]
    [InlineData("query")]
    [InlineData("cookie")]
    public async Task A_key_that_is_optional_is_sent_when_there_is_one(string location)
    {
        await using var server = new FakeServer(Reply(200, "{}"));
        using var with = new DemoClient(new() { BaseUrl = server.Url, ApiKey = Key, ApiKeyLocation = Location(location) });
        using var without = new DemoClient(new() { BaseUrl = server.Url, ApiKeyLocation = Location(location) });

        await with.SendAsync(new OperationCall(HttpMethod.Get, "Test").Literal("/x").KeyOptional());
        await without.SendAsync(new OperationCall(HttpMethod.Get, "Test").Literal("/x").KeyOptional());

        Assert.Contains("secret-abcdefgh", server.Requests[0]);
        Assert.DoesNotContain("Authorization", server.Requests[1]);
        Assert.DoesNotContain("Cookie", server.Requests[1]);
        Assert.StartsWith("GET /x HTTP/1.1\r\n", server.Requests[1]);
    }

    [Fact]
    public async Task A_key_is_not_sent_where_none_is_needed()
    {
        await using var server = new FakeServer(Reply(200, "okay"));
        foreach (var location in new[] { "bearer", "query", "cookie" })
        {
            using var client = new DemoClient(new() { BaseUrl = server.Url, ApiKey = Key, ApiKeyLocation = Location(location) });
            await client.GetHealthAsync();
        }

        Assert.All(server.Requests, static request => Assert.DoesNotContain("secret", request));
        Assert.Equal(3, server.Requests.Length);
    }

    [Fact]
    public async Task The_key_is_taken_from_the_environment()
    {
        var variable = $"ZOETROPE_TEST_{Guid.NewGuid():N}";
        Environment.SetEnvironmentVariable(variable, " from-environment ");
        try
        {
            await using var server = new FakeServer(Reply(200, "{}"));
            var options = new ApiClientOptions { BaseUrl = server.Url, ApiKeyLocation = Location("prefix") };
            using var client = new DemoClient(options, DemoClient.Definition with { ApiKeyVariable = variable });

            await client.GetAssetAsync("a");

            Assert.Contains("\r\nAuthorization: Key from-environment\r\n", Assert.Single(server.Requests));
        }
        finally
        {
            Environment.SetEnvironmentVariable(variable, null);
        }
    }

    [Fact]
    public void The_location_of_a_key_never_shows_it_and_has_a_name()
    {
        Assert.Throws<ArgumentException>(() => ApiKeyLocation.Header(""));
        Assert.DoesNotContain(Key, ApiKeyLocation.Header("X-Key", "Key ").ToString());
    }

    private static ApiKeyLocation Location(string name) => name switch
    {
        "bearer" => ApiKeyLocation.Bearer,
        "prefix" => ApiKeyLocation.Header("Authorization", "Key "),
        "header" => ApiKeyLocation.Header("x-demo-key"),
        "basic" => ApiKeyLocation.Basic,
        "query" => ApiKeyLocation.Query("key"),
        _ => ApiKeyLocation.Cookie("session"),
    };
}
