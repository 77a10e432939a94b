using System.Net;
using Zoetrope.CodeGen;
using Zoetrope.CodeGen.Operations;
using Zoetrope.Errors;
using Zoetrope.Json;
using Zoetrope.Operations;
using Zoetrope.Validation;
using static Zoetrope.TestKit.FakeServer;

namespace Zoetrope.Tests;

public sealed class JsonCallTests
{
    private const string Key = "id-1234567890:secret-abcdefgh";

    [Fact]
    public async Task A_call_sends_its_parameters_and_reads_its_response()
    {
        await using var server = new FakeServer(Reply(200, """{"items":[{"id":"a","name":"one"}]}""", "X-Request-Id: r-1"));
        using var client = DemoClient.At(new Uri(server.Url, "proxy/"));
        ResponseHeaders? head = null;

        var page = await client.ListAssetsAsync(
            new() { Limit = 5, Cursor = "a/b c&é", Tags = ["x,y", "z"], XTraceId = "t-1" },
            new() { OnResponse = received => head = received });

        Assert.Equal("one", Assert.Single(page.Items!).Name);
        Assert.Equal("r-1", head!.Get("x-request-id"));
        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        var request = Assert.Single(server.Requests);
        Assert.StartsWith("GET /proxy/assets?limit=5&cursor=a%2Fb%20c%26%C3%A9&tags=x%2Cy,z HTTP/1.1\r\n", request);
        Assert.Contains("\r\nX-Trace-Id: t-1\r\n", request);
        Assert.Contains($"\r\nAuthorization: Key {Key}\r\n", request);
        Assert.Contains("\r\nAccept: application/json\r\n", request);
    }

    [Fact]
    public async Task All_issues_of_parameters_and_path_are_reported_together_and_nothing_is_sent()
    {
        await using var server = new FakeServer(Reply(200, "{}"));
        using var client = DemoClient.At(server.Url);

        var list = await Assert.ThrowsAsync<RequestValidationException>(() => client.ListAssetsAsync(new() { Limit = 0, Cursor = "" }));
        var get = await Assert.ThrowsAsync<RequestValidationException>(() => client.GetAssetAsync(".."));

        Assert.Equal(["limit", "cursor"], list.Result.Issues.Select(issue => issue.Path));
        Assert.Contains("asset_id: must be a path segment, but is '..', which leads to another path", get.Message);
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

    [Fact]
    public async Task A_list_or_map_with_something_of_another_type_is_the_rest_of_it()
    {
        await using var server = new FakeServer(
            Reply(200, """[{"id":"a"},null,"b",{"id":"c"}]"""), Reply(200, """{"x":"1","y":null}"""), Reply(200, "[null]"), Reply(200, """["a"]"""));
        using var client = DemoClient.At(server.Url);

        var rows = await client.SendAsync<IReadOnlyList<Demo.Asset>, ListCodec<Demo.Asset, ObjectCodec<Demo.Asset>>>(Call());
        var texts = await client.SendAsync<IReadOnlyDictionary<string, string>, MapCodec<string, StringCodec>>(Call());
        var none = await client.SendAsync<IReadOnlyList<string>, ListCodec<string, StringCodec>>(Call());
        var other = await Assert.ThrowsAsync<TransportException>(
            () => client.SendAsync<IReadOnlyList<Demo.Asset>, ListCodec<Demo.Asset, ObjectCodec<Demo.Asset>>>(Call()));

        Assert.Equal(["a", "c"], rows.Select(row => row.Id));
        Assert.Equal([(1, "null"), (2, "\"b\"")], ((IPartialJson)rows).Unread.Select(item => (item.Index, item.Value.ToString())));
        Assert.Equal("1", Assert.Single(texts).Value);
        Assert.Equal("""{"x":"1","y":null}""", ((IPartialJson)texts).Raw.ToString());
        Assert.Empty(none);
        Assert.Contains("""It was: ["a"]""", other.Message);
    }

    private static OperationCall Call() => new OperationCall(HttpMethod.Get, "Any").Literal("/any").Anonymous();
}
