using Zoetrope.CodeGen.Operations;
using Zoetrope.Errors;
using Zoetrope.Uploads;
using static Zoetrope.TestKit.FakeServer;

namespace Zoetrope.Tests;

/// <summary>Uploads that are sent again below the client, by a handler of the user's or by HTTP/2: whole, or not at all.</summary>
public sealed class ResentUploadTests
{
    private const string Content = "0123456789-THE-END";

    public static TheoryData<string, bool> Bodies
    {
        get
        {
            var data = new TheoryData<string, bool>();
            foreach (var kind in (string[])["bytes", "file", "seekable", "offset"])
            {
                data.Add(kind, true);
                data.Add(kind, false);
            }
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task What_can_be_read_again_is_sent_again_whole(string kind, bool isPart)
    {
        using var folder = new TemporaryFolder();
        await using var server = new FakeServer(Reply(503, "{}"), Reply(200, "{}"));
        using var http = new HttpClient(new RetryingHandler());
        using var client = DemoClient.At(server.Url, options => options.HttpClient = http);

        await client.SendAsync(Call(File(kind, folder), isPart));

        Assert.Equal(2, server.Requests.Length);
        Assert.All(server.Requests, request => Assert.Contains($"\r\n\r\n{Content}", request));
        Assert.Equal(Framed(server.Requests[0]), Framed(server.Requests[1]));
    }

    [Theory]
    [InlineData(Http2Response.Refused)]
    [InlineData(Http2Response.GoneBefore)]
    public async Task What_HTTP2_repeats_is_sent_again_whole(Http2Response first)
    {
        await using var server = new Http2Server(number => number == 1 ? first : Http2Response.Ok);
        using var http = Http2Clients.Create();
        using var client = DemoClient.At(server.Url, options => options.HttpClient = http);

        await client.SendAsync(Call(UploadFile.FromBytes(new byte[100_000], "a.bin"), isPart: false));

        Assert.Equal([100_000, 100_000], server.Bodies);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task What_cannot_be_read_again_is_not_sent_again(bool overHttp2, bool isPart)
    {
        await using var server = new FakeServer(Reply(503, "{}"), Reply(200, "{}"));
        await using var other = new Http2Server(number => number == 1 ? Http2Response.Refused : Http2Response.Ok);
        using var http = overHttp2 ? Http2Clients.Create() : new HttpClient(new RetryingHandler());
        using var client = DemoClient.At(overHttp2 ? other.Url : server.Url, options => options.HttpClient = http);

        var exception = await Assert.ThrowsAsync<TransportException>(
            () => client.SendAsync(Call(UploadFile.FromStream(new OneShotStream(System.Text.Encoding.ASCII.GetBytes(Content)), "a.bin"), isPart)));

        Assert.Equal(TransportFailure.Repeated, exception.Failure);
        Assert.Contains("which is not possible: its body is a stream that cannot be read twice.", exception.Message);
        Assert.Single(overHttp2 ? other.Bodies.Select(static size => size.ToString()) : server.Requests);
        Assert.Equal(0, server.StrayBytes);
    }

    [Theory]
    [InlineData("gone", "Could not find file")]
    [InlineData("longer", "the size of its body has changed")]
    public async Task A_file_that_is_not_the_same_any_more_is_not_sent_again(string change, string reason)
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "a.bin");
        await System.IO.File.WriteAllTextAsync(path, Content);
        await using var server = new FakeServer(
            async exchange =>
            {
                if (change == "gone")
                    System.IO.File.Delete(path);
                else
                    await System.IO.File.AppendAllTextAsync(path, "more");
                await exchange.ReplyAsync(503, "{}");
            },
            Reply(200, "{}"));
        using var http = new HttpClient(new RetryingHandler());
        using var client = DemoClient.At(server.Url, options => options.HttpClient = http);

        var exception = await Assert.ThrowsAsync<TransportException>(() => client.SendAsync(Call(UploadFile.FromFile(path), isPart: false)));

        Assert.Equal(TransportFailure.Repeated, exception.Failure);
        Assert.Contains(reason, exception.Message);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Two_sendings_at_once_do_not_share_the_stream()
    {
        var arrived = new TaskCompletionSource();
        await using var server = new FakeServer(
            async exchange =>
            {
                arrived.TrySetResult();
                await exchange.HangAsync();
            },
            Reply(200, "{}"));
        using var http = new HttpClient(new HedgingHandler(arrived.Task));
        using var client = DemoClient.At(server.Url, options => options.HttpClient = http);
        using var stream = new MemoryStream(System.Text.Encoding.ASCII.GetBytes("xx" + Content)) { Position = 2 };

        await client.PutContentAsync("a", UploadFile.FromStream(stream, "a.bin"));

        Assert.Equal(2, server.Requests.Length);
        Assert.All(server.Requests, static request => Assert.EndsWith($"\r\n\r\n{Content}", request));
    }

    [Fact]
    public async Task An_upload_that_costs_money_can_be_kept_from_being_sent_again()
    {
        await using var server = new FakeServer(Reply(503, "{}"), Reply(200, "{}"));
        using var http = new HttpClient(new RetryingHandler());
        using var client = DemoClient.At(server.Url, options => options.HttpClient = http);
        var call = Call(UploadFile.FromBytes([1, 2, 3], "a.bin"), isPart: true);

        var exception = await Assert.ThrowsAsync<TransportException>(() => client.SendAsync(call, new() { MayRepeat = false }));

        Assert.Equal(TransportFailure.Repeated, exception.Failure);
        Assert.Single(server.Requests);
    }

    private static OperationCall Call(UploadFile file, bool isPart)
    {
        var call = new OperationCall(HttpMethod.Post, "Test").Literal("/x");
        return isPart ? call.File("file", file) : call.Content(file);
    }

    private static string Framed(string request) => request[request.IndexOf("Content-Length", StringComparison.Ordinal)..];

    private static UploadFile File(string kind, TemporaryFolder folder)
    {
        var bytes = System.Text.Encoding.ASCII.GetBytes(Content);
        if (kind == "bytes")
            return UploadFile.FromBytes(bytes, "a.bin");
        if (kind == "seekable")
            return UploadFile.FromStream(new MemoryStream(bytes), "a.bin");
        if (kind == "offset")
            return UploadFile.FromStream(new MemoryStream([1, 2, .. bytes]) { Position = 2 }, "a.bin");
        var path = Path.Combine(folder.Path, "a.bin");
        System.IO.File.WriteAllBytes(path, bytes);
        return UploadFile.FromFile(path);
    }
}
