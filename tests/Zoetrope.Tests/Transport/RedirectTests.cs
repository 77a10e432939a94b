using Microsoft.Extensions.DependencyInjection;
using Zoetrope.CodeGen;
using Zoetrope.CodeGen.Operations;
using Zoetrope.Errors;
using Zoetrope.Http;
using Zoetrope.Jobs;
using Zoetrope.Operations;
using static Zoetrope.TestKit.FakeServer;

namespace Zoetrope.Tests;

/// <summary>The user's own client may follow redirects: neither the key nor the prompt goes along.</summary>
public sealed class RedirectTests
{
    private const string Secret = "secret-abcdefgh";
    private const string Prompt = "a cat";

    public static TheoryData<string, int, string> Redirects
    {
        get
        {
            var data = new TheoryData<string, int, string>();
            foreach (var client in (string[])["plain", "sockets", "handler", "factory", "delegating"])
            {
                foreach (var status in (int[])[300, 301, 302, 303, 307, 308])
                {
                    foreach (var location in (string[])["authorization", "basic", "header", "query", "cookie", "set by hand"])
                        data.Add(client, status, location);
                }
            }
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Redirects))]
    public async Task Neither_the_key_nor_the_prompt_reaches_another_host(string client, int status, string location)
    {
        await using var elsewhere = new FakeServer(Reply(200, """{"request_id":"stolen"}"""));
        var target = $"http://localhost:{elsewhere.Url.Port}/stolen";
        await using var server = new FakeServer(exchange => exchange.ReplyAsync(status, "", $"Location: {target}{QueryOf(exchange.Request)}"));
        using var services = new ServiceCollection().AddHttpClient("test").Services.BuildServiceProvider();
        using var http = Client(client, services);
        using var api = new DemoClient(new() { BaseUrl = server.Url, ApiKey = TestTransport.Key, HttpClient = http, ApiKeyLocation = Location(location) });

        foreach (var method in (HttpMethod[])[HttpMethod.Get, HttpMethod.Post, HttpMethod.Put, HttpMethod.Delete])
        {
            var call = new OperationCall(method, "Test").Literal("/x");
            if (location == "set by hand")
                call.Header<string, StringCodec>("X-Other-Token", Secret);
            if (method != HttpMethod.Get)
                call.Text(Prompt);

            var exception = await Assert.ThrowsAsync<TransportException>(() => api.SendAsync(call));

            Assert.True(exception.Failure is TransportFailure.Refused or TransportFailure.Redirected or TransportFailure.Repeated, exception.ToString());
        }
        Assert.All(elsewhere.Requests, static request => Assert.DoesNotContain(Secret, Uri.UnescapeDataString(request)));
        Assert.All(elsewhere.Requests, static request => Assert.DoesNotContain("aWQtMTIzNDU2Nzg5MDpzZWNyZXQ", request));
        Assert.All(elsewhere.Requests, static request => Assert.DoesNotContain(Prompt, request));
        Assert.Equal(0, elsewhere.StrayBytes);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_submit_that_is_redirected_is_made_once(int status)
    {
        await using var elsewhere = new FakeServer(Reply(200, "{}"));
        await using var server = new FakeServer(Reply(status, "", $"Location: {elsewhere.Url}"));
        using var http = new HttpClient();
        using var transport = TestTransport.Create(server.Url, null, options => options.HttpClient = http);

        var exception = await Assert.ThrowsAsync<SubmitException>(() => transport.SubmitAsync(TestTransport.Post(server.Url), "some/model", default));

        Assert.False(exception.WasNotAccepted);
        Assert.Equal(TransportFailure.Redirected, Assert.IsType<TransportException>(exception.InnerException).Failure);
        Assert.Single(server.Requests);
        Assert.DoesNotContain(elsewhere.Requests, static request => request.StartsWith("POST", StringComparison.Ordinal));
        Assert.All(elsewhere.Requests, static request => Assert.DoesNotContain("Authorization", request));
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    public async Task A_submit_that_is_redirected_to_its_own_address_may_have_been_accepted(int status)
    {
        // .NET follows with a GET, and what that one gets is no word about the submit.
        await using var server = new FakeServer(exchange => exchange.Request.StartsWith("POST", StringComparison.Ordinal)
            ? exchange.ReplyAsync(status, "", $"Location: {exchange.Request.Split(' ')[1]}")
            : exchange.ReplyAsync(404, "{}"));
        using var http = new HttpClient();
        using var transport = TestTransport.Create(server.Url, null, options => options.HttpClient = http);

        var exception = await Assert.ThrowsAsync<SubmitException>(() => transport.SubmitAsync(TestTransport.Post(server.Url), "some/model", default));

        Assert.False(exception.WasNotAccepted);
        Assert.Equal(TransportFailure.Redirected, Assert.IsType<TransportException>(exception.InnerException).Failure);
        Assert.Single(server.Requests, static request => request.StartsWith("POST", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("header", "the key in the header 'x-demo-key'")]
    [InlineData("query", "the key in the address")]
    [InlineData("cookie", "the cookies")]
    [InlineData("set by hand", "the header 'X-Other-Token'")]
    public async Task A_key_that_would_go_along_is_not_sent_at_all(string location, string secret)
    {
        await using var server = new FakeServer(Reply(200, "{}"));
        using var follows = new HttpClient();
        using var stays = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        using var refused = new DemoClient(
            new() { BaseUrl = server.Url, ApiKey = TestTransport.Key, HttpClient = follows, ApiKeyLocation = Location(location) });
        using var sent = new DemoClient(new() { BaseUrl = server.Url, ApiKey = TestTransport.Key, HttpClient = stays, ApiKeyLocation = Location(location) });
        var options = new CallOptions();
        if (location == "set by hand")
            options.Headers["X-Other-Token"] = Secret;

        var exception = await Assert.ThrowsAsync<TransportException>(() => refused.GetAssetAsync("a", options));
        await sent.GetAssetAsync("a", options);

        Assert.Equal(TransportFailure.Refused, exception.Failure);
        Assert.StartsWith($"The HttpClient follows redirects, and would send {secret} to another host", exception.Message);
        Assert.EndsWith("Nothing was sent.", exception.Message);
        Assert.DoesNotContain(Secret, exception.ToString());
        Assert.Contains(Secret, Uri.UnescapeDataString(Assert.Single(server.Requests)));
    }

    [Fact]
    public async Task Headers_without_secrets_are_sent_over_a_client_that_follows_redirects()
    {
        await using var server = new FakeServer(Reply(200, "{}"));
        using var http = new HttpClient();
        using var client = DemoClient.At(server.Url, options => options.HttpClient = http);

        await client.GetAssetAsync("a", new() { Headers = { ["X-Trace-Id"] = "t", ["Idempotency-Key"] = "i", ["Accept-Language"] = "de" } });

        Assert.Contains("\r\nIdempotency-Key: i\r\n", Assert.Single(server.Requests));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_handler_that_changes_the_address_is_not_a_redirect(bool followsRedirects)
    {
        await using var server = new FakeServer(Reply(200, "{\"id\":\"a\"}"));
        using var http = new HttpClient(new GatewayHandler(server.Url, new SocketsHttpHandler { AllowAutoRedirect = followsRedirects }));
        var gateway = new Uri("http://gateway.invalid/");
        using var transport = TestTransport.Create(gateway, null, options => options.HttpClient = http);
        using var client = DemoClient.At(gateway, options => options.HttpClient = http);
        using var elsewhere =
            new DemoClient(new() { BaseUrl = gateway, ApiKey = TestTransport.Key, HttpClient = http, ApiKeyLocation = ApiKeyLocation.Header("x-demo-key") });

        var submit = await transport.SubmitAsync(TestTransport.Post(gateway), "some/model", default);
        var poll = await transport.SendAsync(TestTransport.Get(gateway), default);
        var asset = await client.GetAssetAsync("a");
        if (!followsRedirects)
            await elsewhere.GetAssetAsync("a");

        Assert.Equal((200, 200, "a"), ((int)submit.StatusCode, (int)poll.StatusCode, asset.Id));
        Assert.All(server.Requests, static request => Assert.Contains("?signature=1 HTTP/1.1", request));
    }

    [Fact]
    public async Task A_redirect_after_a_changed_address_is_detected()
    {
        await using var elsewhere = new FakeServer(Reply(200, "{}"));
        await using var server = new FakeServer(Reply(302, "", $"Location: {elsewhere.Url}"));
        using var http = new HttpClient(new GatewayHandler(server.Url, new SocketsHttpHandler()));
        var gateway = new Uri("http://gateway.invalid/");
        using var transport = TestTransport.Create(gateway, null, options => options.HttpClient = http);

        var poll = await Assert.ThrowsAsync<TransportException>(() => transport.SendAsync(TestTransport.Get(gateway), default));

        Assert.Equal(TransportFailure.Redirected, poll.Failure);
    }

    private static string QueryOf(string request)
    {
        var target = request.Split(' ')[1];
        var query = target.IndexOf('?', StringComparison.Ordinal);
        return query < 0 ? "" : target[query..];
    }

    private static HttpClient Client(string kind, ServiceProvider services) => kind switch
    {
        "plain" => new HttpClient(),
        "sockets" => new HttpClient(new SocketsHttpHandler()),
        "handler" => new HttpClient(new HttpClientHandler()),
        "factory" => services.GetRequiredService<IHttpClientFactory>().CreateClient("test"),
        _ => new HttpClient(new RetryingHandler()),
    };

    private static ApiKeyLocation? Location(string name) => name switch
    {
        "basic" => ApiKeyLocation.Basic,
        "header" => ApiKeyLocation.Header("x-demo-key"),
        "query" => ApiKeyLocation.Query("key"),
        "cookie" => ApiKeyLocation.Cookie("session"),
        _ => null,
    };

    /// <summary>Sends to another server, and signs the address.</summary>
    private sealed class GatewayHandler(Uri server, HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.RequestUri = new Uri(server, request.RequestUri!.AbsolutePath + "?signature=1");
            return base.SendAsync(request, cancellationToken);
        }
    }
}
