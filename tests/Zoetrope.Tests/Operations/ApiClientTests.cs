using Zoetrope.CodeGen;
using Zoetrope.CodeGen.Operations;
using Zoetrope.Errors;
using Zoetrope.Operations;
using static Zoetrope.TestKit.FakeServer;

namespace Zoetrope.Tests;

/// <summary>Headers, and what a client owns.</summary>
public sealed class ApiClientTests
{
    private const string Key = TestTransport.Key;

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
        Assert.Contains("\r\nUser-Agent: zoetrope-dotnet/", server.Requests[1]);
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

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_client_that_is_disposed_calls_no_more(bool isUsers)
    {
        await using var server = new FakeServer(Reply(200, "{}"));
        using var http = isUsers ? new HttpClient() : null;
        var client = new DemoClient(new() { BaseUrl = server.Url, ApiKey = Key, HttpClient = http });
        client.Dispose();
        client.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => client.GetAssetAsync("a"));
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Many_calls_at_once_do_not_mix()
    {
        await using var server = new FakeServer(async exchange => await exchange.ReplyAsync(200, $$"""{"id":"{{exchange.Request.Split(' ')[1][^3..]}}"}"""));
        using var client = DemoClient.At(server.Url);

        var ids = await Task.WhenAll(Enumerable.Range(100, 60).Select(async id => (id, asset: await client.GetAssetAsync($"a-{id}"))));

        Assert.All(ids, static pair => Assert.Equal(pair.id.ToString(System.Globalization.CultureInfo.InvariantCulture), pair.asset.Id));
    }
}
