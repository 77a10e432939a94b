using System.Net;
using Zoetrope.CodeGen.Operations;
using Zoetrope.Errors;
using Zoetrope.Http;
using Zoetrope.Operations;
using static Zoetrope.TestKit.FakeServer;

namespace Zoetrope.Tests;

/// <summary>Which servers of an API are called, and trusted with its key.</summary>
public sealed class ApiServerTests
{
    private const string Key = TestTransport.Key;

    [Fact]
    public async Task An_API_whose_document_names_no_server_needs_a_base_URL()
    {
        await using var server = new FakeServer(Reply(200, "{}"));
        var definition = DemoClient.Definition with { Server = null };
        using var without = new DemoClient(new() { ApiKey = Key }, definition);
        using var with = new DemoClient(new() { ApiKey = Key, BaseUrl = server.Url }, definition);

        var exception = await Assert.ThrowsAsync<TransportException>(() => without.GetAssetAsync("a"));
        await with.GetAssetAsync("a");

        Assert.Equal(TransportFailure.Refused, exception.Failure);
        Assert.Equal("The specification of Demo has no server: set ApiClientOptions.BaseUrl. Nothing was sent.", exception.Message);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData("http://api.demo.test/", "is the provider's own address over http")]
    [InlineData("ftp://example.com/", "must be an absolute http or https URL")]
    [InlineData("https://user:pass@example.com/", "must not have a password")]
    public void A_base_URL_that_would_show_the_key_is_refused(string url, string message) =>
        Assert.Contains(message, Assert.Throws<ArgumentException>(() => new DemoClient(new() { BaseUrl = new Uri(url) })).Message);

    [Fact]
    public async Task A_server_over_http_needs_the_users_word()
    {
        await using var server = new FakeServer(Reply(200, "{}"));
        var definition = DemoClient.Definition with { Server = server.Url.OriginalString };
        using var without = new DemoClient(new() { ApiKey = Key }, definition);
        using var with = new DemoClient(new() { ApiKey = Key, BaseUrl = server.Url }, definition);

        var exception = await Assert.ThrowsAsync<TransportException>(() => without.GetAssetAsync("a"));
        await with.GetAssetAsync("a");

        Assert.Equal(TransportFailure.Refused, exception.Failure);
        Assert.Contains("which would expose the key to the network: if that is intended, set ApiClientOptions.BaseUrl. Nothing was sent.", exception.Message);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData("https://evil.test")]
    [InlineData("https://api.demo.test.evil.test")]
    [InlineData("https://api.demo.test:8443")]
    [InlineData("https://files.demo.test@evil.test")]
    public async Task The_key_goes_to_no_server_that_is_not_trusted(string url)
    {
        using var http = new HttpClient(new NoNetwork());
        using var client = new DemoClient(new() { ApiKey = Key, HttpClient = http });

        var exception =
            await Assert.ThrowsAsync<TransportException>(() => client.SendAsync(new OperationCall(HttpMethod.Get, "Test").Server(url).Literal("/x")));

        Assert.Equal(TransportFailure.Refused, exception.Failure);
        Assert.Contains("is not trusted with the Demo key; nothing was sent", exception.Message);
    }

    [Theory]
    [InlineData("https://api.demo.test:8443/v2", true)]
    [InlineData("https://api.demo.test:8444/v2", false)]
    [InlineData("https://below.api.demo.test:8443/v2", false)]
    [InlineData("https://plain.demo.test:8080/v2", false)]
    public async Task A_server_at_another_port_is_trusted_exactly(string url, bool isTrusted)
    {
        using var handler = new NoNetwork();
        using var http = new HttpClient(handler);
        using var client = new DemoClient(
            new()
            {
                ApiKey = Key,
                HttpClient = http
            }, DemoClient.Definition with { Hosts = ["files.demo.test", "https://api.demo.test:8443/v2", "http://plain.demo.test:8080"] });
        var call = new OperationCall(HttpMethod.Get, "Test").Server(url).Literal("/x");

        if (isTrusted)
            await client.SendAsync(call);
        else
            Assert.Equal(TransportFailure.Refused, (await Assert.ThrowsAsync<TransportException>(() => client.SendAsync(call))).Failure);

        Assert.Equal(isTrusted ? [$"{url}/x"] : [], handler.Addresses);
    }

    [Theory]
    [InlineData(null, "https://api.demo.test/v1/x")]
    [InlineData("https://files.demo.test/base/", "https://files.demo.test/base/x")]
    [InlineData("https://eu.files.demo.test", "https://eu.files.demo.test/x")]
    public async Task An_operation_goes_to_its_own_server_or_else_to_the_documents(string? url, string expected)
    {
        using var handler = new NoNetwork();
        using var http = new HttpClient(handler);
        using var client = new DemoClient(new() { ApiKey = Key, HttpClient = http });
        var call = new OperationCall(HttpMethod.Get, "Test").Literal("/x");

        await client.SendAsync(url is null ? call : call.Server(url));

        Assert.Equal(expected, Assert.Single(handler.Addresses));
    }

    [Fact]
    public async Task The_base_URL_replaces_the_server_of_an_operation_too()
    {
        await using var server = new FakeServer(Reply(200, "x"));
        using var client = new DemoClient(new() { BaseUrl = new Uri(server.Url, "proxy"), ApiKey = Key });

        await using var response = await client.GetContentAsync("a");

        Assert.StartsWith("GET /proxy/assets/a/content HTTP/1.1\r\n", Assert.Single(server.Requests));
    }

    [Theory]
    [InlineData(302)]
    [InlineData(304)]
    [InlineData(307)]
    public async Task A_redirect_is_not_followed(int status)
    {
        await using var other = new FakeServer(Reply(200, "{}"));
        await using var server = new FakeServer(Reply(status, "", $"Location: {other.Url}"));
        using var client = DemoClient.At(server.Url);
        ResponseHeaders? head = null;

        var exception = await Assert.ThrowsAsync<TransportException>(() => client.GetAssetAsync("a", new() { OnResponse = received => head = received }));

        Assert.Equal(TransportFailure.Redirected, exception.Failure);
        Assert.Equal(other.Url.OriginalString, head!.Get("Location"));
        Assert.Empty(other.Requests);
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

    private sealed class NoNetwork : HttpMessageHandler
    {
        public List<string> Addresses { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Addresses.Add(request.RequestUri!.AbsoluteUri);
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("{}"), RequestMessage = request });
        }
    }
}
