using System.Text;
using Zoetrope.CodeGen;
using Zoetrope.CodeGen.Operations;
using Zoetrope.Errors;
using Zoetrope.Json;
using Zoetrope.Operations;
using static Zoetrope.TestKit.FakeServer;

namespace Zoetrope.Tests;

/// <summary>Items that come one after another: what of the last was received is kept where the response breaks off.</summary>
public sealed class ItemStreamTests
{
    private const string Key = "key-1234567890-abcdef";

    [Theory]
    [InlineData(ItemFormat.EventJson, "text/event-stream", "data: {\"a\":1}\n\ndata: {\"paid\":\"12345\"}\n", "{\"paid\":\"12345\"}")]
    [InlineData(ItemFormat.EventJson, "text/event-stream", "data: {\"a\":1}\n\ndata: {\"paid\":\"123", "{\"paid\":\"123")]
    [InlineData(ItemFormat.EventJson, "text/event-stream", "data: {\"a\":1}\n\n", "")]
    [InlineData(ItemFormat.EventText, "text/event-stream", "data: {\"a\":1}\n\ndata: paid\n", "paid")]
    [InlineData(ItemFormat.JsonLines, "application/x-ndjson", "{\"a\":1}\n{\"paid\":\"123", "{\"paid\":\"123")]
    [InlineData(ItemFormat.JsonSequence, "application/json-seq", "\u001e{\"a\":1}\n\u001e{\"paid\":\"123", "{\"paid\":\"123")]
    public async Task The_item_that_was_being_received_is_in_the_failure(ItemFormat format, string type, string sent, string part)
    {
        await using var server = new FakeServer(Raw($"{Head(type)}{sent.Length:x}\r\n{sent}\r\n"));
        using var client = new Items(new() { ApiKey = Key, BaseUrl = server.Url });
        var items = new List<RawJson>();

        var exception = await Assert.ThrowsAsync<TransportException>(async () =>
        {
            await foreach (var item in client.Enumerate(format))
                items.Add(item);
        });

        Assert.Single(items);
        Assert.Equal(TransportFailure.Broken, exception.Failure);
        Assert.StartsWith("Demo's response to Items broke off: ", exception.Message);
        Assert.Equal(part, Encoding.UTF8.GetString(exception.Body.Span));
        Assert.Null(exception.Raw);
        Assert.Equal("x-1", exception.RequestId);
    }

    [Theory]
    [InlineData(ItemFormat.EventJson, "text/event-stream", "data: {\"paid\":1}\n")]
    [InlineData(ItemFormat.JsonLines, "application/x-ndjson", "{\"paid\":1}")]
    public async Task A_response_that_is_too_slow_keeps_its_kind_and_the_part(ItemFormat format, string type, string sent)
    {
        await using var server = new FakeServer(async exchange =>
        {
            await exchange.WriteAsync($"{Head(type)}{sent.Length:x}\r\n{sent}\r\n");
            await exchange.HangAsync();
        });
        using var client = new Items(new() { ApiKey = Key, BaseUrl = server.Url, Timeout = TimeSpan.FromSeconds(1) });

        var exception = await Assert.ThrowsAsync<TransportException>(async () =>
        {
            await foreach (var _ in client.Enumerate(format))
                Assert.Fail("No item is complete.");
        });

        Assert.Equal(TransportFailure.TimedOut, exception.Failure);
        Assert.Equal("{\"paid\":1}", Encoding.UTF8.GetString(exception.Body.Span));
    }

    [Theory]
    [InlineData("5\r\nwords\r\n", null, TransportFailure.Broken, "words")]
    [InlineData("5\r\nwords\r\n0\r\n\r\n", 3L, TransportFailure.TooLarge, "wor")]
    public async Task What_was_read_of_a_text_is_in_the_failure(string sent, long? limit, TransportFailure kind, string part)
    {
        await using var server = new FakeServer(Raw(Head("text/plain") + sent));
        using var client = DemoClient.At(server.Url, options => options.MaxResponseBytes = limit ?? options.MaxResponseBytes);
        await using var response = await client.GetContentAsync("a");

        var exception = await Assert.ThrowsAsync<TransportException>(() => response.ReadTextAsync());

        Assert.Equal((kind, part), (exception.Failure, Encoding.UTF8.GetString(exception.Body.Span)));
        Assert.Null(exception.Raw);
    }

    [Theory]
    [InlineData(ItemFormat.EventJson, "text/event-stream", "data: {\"a\":1}\n\ndata: {\"paid\":1}\n")]
    [InlineData(ItemFormat.JsonLines, "application/x-ndjson", "{\"a\":1}\n{\"paid\":1}")]
    public async Task A_client_that_is_disposed_ends_its_items(ItemFormat format, string type, string sent)
    {
        await using var server = new FakeServer(async exchange =>
        {
            await exchange.WriteAsync($"{Head(type)}{sent.Length:x}\r\n{sent}\r\n");
            await exchange.HangAsync();
        });
        using var http = new HttpClient();
        var client = new Items(new() { ApiKey = Key, BaseUrl = server.Url, HttpClient = http, Timeout = TimeSpan.FromHours(1) });

        var exception = await Assert.ThrowsAsync<TransportException>(async () =>
        {
            await foreach (var _ in client.Enumerate(format))
                client.Dispose();
        });

        Assert.Contains("the client was disposed", exception.Message);
        Assert.Equal((TransportFailure.Broken, "{\"paid\":1}"), (exception.Failure, Encoding.UTF8.GetString(exception.Body.Span)));
    }

    private static string Head(string type) => $"HTTP/1.1 200 OK\r\nX-Request-Id: x-1\r\nContent-Type: {type}\r\nTransfer-Encoding: chunked\r\n\r\n";

    private sealed class Items(ApiClientOptions options) : ApiClient(new ApiDefinition("Demo") { Server = "https://demo.test" }, options)
    {
        public IAsyncEnumerable<RawJson> Enumerate(ItemFormat format) => CallItemsAsync<RawJson, ValueCodec<RawJson>>(
            new OperationCall(HttpMethod.Get, "Items").Literal("/items").Anonymous(), format, null, default);
    }
}
