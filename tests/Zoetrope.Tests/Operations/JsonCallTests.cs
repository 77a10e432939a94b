using System.Net;
using Zoetrope.Operations;
using static Zoetrope.Tests.FakeServer;

namespace Zoetrope.Tests;

public sealed class JsonCallTests
{
    private const string Key = "id-1234567890:secret-abcdefgh";

    [Fact]
    public async Task A_call_sends_its_parameters_and_reads_its_answer()
    {
        await using var server = new FakeServer(Reply(200, """{"items":[{"id":"a","name":"one"}]}""", "X-Request-Id: r-1"));
        using var client = new DemoClient(new() { BaseUrl = new Uri(server.Url, "proxy/"), Key = Key });
        ReceivedHead? head = null;

        var page = await client.ListAssetsAsync(
            new() { Limit = 5, Cursor = "a/b c&é", Tags = ["x,y", "z"], TraceId = "t-1" },
            new() { Received = received => head = received });

        Assert.Equal("one", Assert.Single(page.Items!).Name);
        Assert.Equal("r-1", head!.Header("x-request-id"));
        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        var request = Assert.Single(server.Requests);
        Assert.StartsWith("GET /proxy/assets?limit=5&cursor=a%2Fb%20c%26%C3%A9&tags=x%2Cy,z HTTP/1.1\r\n", request);
        Assert.Contains("\r\nX-Trace-Id: t-1\r\n", request);
        Assert.Contains($"\r\nAuthorization: Key {Key}\r\n", request);
        Assert.Contains("\r\nAccept: application/json\r\n", request);
    }

    [Fact]
    public async Task What_is_wrong_with_parameters_and_path_is_told_at_once_and_nothing_is_sent()
    {
        await using var server = new FakeServer(Reply(200, "{}"));
        using var client = DemoClient.At(server.Url);

        var list = await Assert.ThrowsAsync<RequestValidationException>(() => client.ListAssetsAsync(new() { Limit = 0, Cursor = "" }));
        var get = await Assert.ThrowsAsync<RequestValidationException>(() => client.GetAssetAsync(".."));

        Assert.Equal(["limit", "cursor"], list.Result.Issues.Select(issue => issue.Path));
        Assert.Contains("asset_id: must be a part of a path, but is '..', which leads to another one", get.Message);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task An_error_is_typed_by_the_narrowest_range_that_holds_its_status()
    {
        await using var server = new FakeServer(
            Reply(409, """{"existing_id":"a-1"}"""), Reply(400, """{"message":"no"}"""), Reply(500, "<html><title>Oops</title></html>"));
        using var client = DemoClient.At(server.Url);

        var conflict = await Assert.ThrowsAsync<ServiceException<Demo.Conflict>>(() => client.CreateAssetAsync(new()));
        var problem = await Assert.ThrowsAsync<ServiceException<Demo.Problem>>(() => client.CreateAssetAsync(new()));
        var plain = await Assert.ThrowsAsync<ServiceException>(() => client.CreateAssetAsync(new()));

        Assert.Equal("a-1", conflict.Details.ExistingId);
        Assert.Equal("no", problem.Details.Message);
        Assert.Equal(HttpStatusCode.InternalServerError, plain.StatusCode);
    }
}
