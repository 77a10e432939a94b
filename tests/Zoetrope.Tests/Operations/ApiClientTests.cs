using System.Net;
using Zoetrope.CodeGen;
using Zoetrope.CodeGen.Operations;
using Zoetrope.Errors;
using Zoetrope.Http;
using Zoetrope.Operations;
using static Zoetrope.TestKit.FakeServer;

namespace Zoetrope.Tests;

/// <summary>Keys, addresses, headers and what a client owns.</summary>
public sealed class ApiClientTests
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
    public async Task An_API_whose_document_names_no_server_needs_a_base_URL()
    {
        await using var server = new FakeServer(Reply(200, "{}"));
        var definition = DemoClient.Definition with { Server = null };
        using var without = new DemoClient(new() { ApiKey = Key }, definition);
        using var with = new DemoClient(new() { ApiKey = Key, BaseUrl = server.Url }, definition);

        var exception = await Assert.ThrowsAsync<TransportException>(() => without.GetAssetAsync("a"));
        await with.GetAssetAsync("a");

        Assert.Equal(TransportFailure.Refused, exception.Failure);
        Assert.Equal("The specification of Demo names no server: set ApiClientOptions.BaseUrl. Nothing was sent.", exception.Message);
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

        await using var answer = await client.GetContentAsync("a");

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

    [Fact]
    public async Task The_headers_of_a_call_go_before_those_of_its_operation_and_these_before_the_clients()
    {
        await using var server = new FakeServer(Reply(200, "{}"));
        using var client = new DemoClient(
            new() { BaseUrl = server.Url, ApiKey = Key, Headers = { ["X-Trace-Id"] = "client", ["X-All"] = "client", ["Accept"] = "application/x" } });
        var options = new CallOptions { Headers = { ["x-all"] = "call", ["User-Agent"] = "mine/1" } };

        await client.ListAssetsAsync(new() { XTraceId = "operation" }, options);
        await client.ListAssetsAsync();

        Assert.Contains("\r\nX-Trace-Id: operation\r\n", server.Requests[0]);
        Assert.Contains("\r\nx-all: call\r\n", server.Requests[0]);
        Assert.Contains("\r\nUser-Agent: mine/1\r\n", server.Requests[0]);
        Assert.Contains("\r\nAccept: application/x\r\n", server.Requests[0]);
        Assert.DoesNotContain(": client\r\n", server.Requests[0]);
        Assert.Contains("\r\nX-Trace-Id: client\r\n", server.Requests[1]);
        Assert.Contains("\r\nX-All: client\r\n", server.Requests[1]);
        Assert.Contains("\r\nUser-Agent: zoetrope-dotnet\r\n", server.Requests[1]);
    }

    [Theory]
    [InlineData("X-Trace-Id", "a\r\nX-Evil: 1", "The value of header 'X-Trace-Id' contains characters that are not valid in a header")]
    [InlineData("X-Trace-Id", "naïve", "The value of header 'X-Trace-Id' contains characters that are not valid in a header")]
    [InlineData("Authorization", "Bearer other", "The header 'Authorization' carries the key and cannot be set.")]
    [InlineData("Content-Length", "5", "The header 'Content-Length' cannot be set.")]
    [InlineData("Cookie", "a=b", "The header 'Cookie' cannot be set.")]
    [InlineData("Host", "evil.test", "The header 'Host' cannot be set.")]
    [InlineData("Transfer-Encoding", "chunked", "The header 'Transfer-Encoding' cannot be set.")]
    [InlineData("connection", "close", "The header 'connection' cannot be set.")]
    [InlineData("X Y", "a", "The name of a header contains characters that are not valid there.")]
    [InlineData("Expires", "0", "The header 'Expires' is not a valid header of a request without a body.")]
    public async Task A_header_that_cannot_be_sent_is_refused_with_its_name(string name, string value, string message)
    {
        await using var server = new FakeServer(Reply(200, "{}"));
        using var client = DemoClient.At(server.Url);

        var parameter = await Assert.ThrowsAsync<TransportException>(
            () => client.SendAsync(new OperationCall(HttpMethod.Get, "Test").Literal("/x").Header<string, StringCodec>(name, value)));
        var option = await Assert.ThrowsAsync<TransportException>(() => client.GetAssetAsync("a", new() { Headers = { [name] = value } }));

        Assert.Equal((TransportFailure.Refused, TransportFailure.Refused), (parameter.Failure, option.Failure));
        Assert.StartsWith(message, parameter.Message);
        Assert.StartsWith(message, option.Message);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task A_header_like_a_key_is_sent_where_it_is_not_the_clients()
    {
        await using var server = new FakeServer(Reply(200, "{}"));
        using var beside = DemoClient.At(server.Url, static options => options.Headers["X-API-Key"] = "of-all-calls");
        using var instead = new DemoClient(
            new() { BaseUrl = server.Url, Headers = { ["Authorization"] = "Bearer of-the-user" } }, DemoClient.Definition with { ApiKeyLocation = null });
        var call = new OperationCall(HttpMethod.Get, "Test").Literal("/x").Anonymous().Header<string, StringCodec>("Authorization", "Bearer of-the-call");

        await beside.GetAssetAsync("a");
        await instead.GetAssetAsync("a");
        await beside.SendAsync(call);

        Assert.Contains("\r\nX-API-Key: of-all-calls\r\n", server.Requests[0]);
        Assert.Contains($"\r\nAuthorization: Key {Key}\r\n", server.Requests[0]);
        Assert.Contains("\r\nAuthorization: Bearer of-the-user\r\n", server.Requests[1]);
        Assert.Contains("\r\nAuthorization: Bearer of-the-call\r\n", server.Requests[2]);
        Assert.DoesNotContain(Key, server.Requests[2]);
    }

    [Fact]
    public async Task A_header_about_the_body_goes_with_it()
    {
        await using var server = new FakeServer(Reply(200, "{}"));
        using var client = DemoClient.At(server.Url);
        var call = new OperationCall(HttpMethod.Post, "Test").Literal("/x").Text("abc").Header<string, StringCodec>("Content-MD5", "kAFQmDzST7DWlj99KOF/cg==");

        await client.SendAsync(call, new() { Headers = { ["Content-Language"] = "de" } });

        Assert.Contains("\r\nContent-MD5: kAFQmDzST7DWlj99KOF/cg==\r\n", Assert.Single(server.Requests));
        Assert.Contains("\r\nContent-Language: de\r\n", server.Requests[0]);
    }

    [Fact]
    public async Task An_HttpClient_of_the_users_is_not_disposed()
    {
        await using var server = new FakeServer(Reply(200, "{}"));
        using var http = new HttpClient();
        new DemoClient(new() { BaseUrl = server.Url, ApiKey = Key, HttpClient = http }).Dispose();
        using var client = new DemoClient(new() { BaseUrl = server.Url, ApiKey = Key, HttpClient = http });

        await client.GetAssetAsync("a");

        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_client_that_is_disposed_calls_no_more()
    {
        await using var server = new FakeServer(Reply(200, "{}"));
        var client = DemoClient.At(server.Url);
        client.Dispose();
        client.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => client.GetAssetAsync("a"));
    }

    [Fact]
    public async Task Many_calls_at_once_do_not_mix()
    {
        await using var server = new FakeServer(async exchange => await exchange.ReplyAsync(200, $$"""{"id":"{{exchange.Request.Split(' ')[1][^3..]}}"}"""));
        using var client = DemoClient.At(server.Url);

        var ids = await Task.WhenAll(Enumerable.Range(100, 60).Select(async id => (id, asset: await client.GetAssetAsync($"a-{id}"))));

        Assert.All(ids, static pair => Assert.Equal(pair.id.ToString(System.Globalization.CultureInfo.InvariantCulture), pair.asset.Id));
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
