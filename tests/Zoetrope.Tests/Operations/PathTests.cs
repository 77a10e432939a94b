using Zoetrope.CodeGen;
using Zoetrope.CodeGen.Operations;
using Zoetrope.Json;
using Zoetrope.Operations;
using Zoetrope.Validation;
using static Zoetrope.TestKit.FakeServer;

namespace Zoetrope.Tests;

public sealed class PathTests
{
    [Theory]
    [InlineData("", ParameterStyle.Simple, "empty")]
    [InlineData(".", ParameterStyle.Simple, "'.', which leads to another path")]
    [InlineData("..", ParameterStyle.Simple, "'..', which leads to another path")]
    [InlineData("", ParameterStyle.Label, "empty")]
    [InlineData(".", ParameterStyle.Label, "'..', which leads to another path")]
    [InlineData("", ParameterStyle.Matrix, "empty")]
    public async Task A_value_that_would_lead_to_another_path_is_refused(string value, ParameterStyle style, string actual)
    {
        var issue = await RefusedAsync(call => call.Literal("/assets/").Path<string, StringCodec>("asset_id", value, style).Literal("/content"));

        Assert.Equal(("asset_id", ValidationRule.PathSegment, actual), (issue.Path, issue.Rule, issue.Actual));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("""[""]""")]
    public async Task A_value_that_is_written_as_nothing_is_refused(string value)
    {
        var issue = await RefusedAsync(call => call.Literal("/assets/").Path<RawJson, ValueCodec<RawJson>>("ids", RawJson.Parse(value)));

        Assert.Equal(("ids", "empty"), (issue.Path, issue.Actual));
    }

    [Theory]
    [InlineData("/a/", "?expand=all")]
    [InlineData("/a/", "#top")]
    [InlineData("/a/", "\\b")]
    [InlineData("/a\\", "")]
    [InlineData("/a\\", "?expand=all")]
    public async Task A_segment_ends_with_the_path_and_at_a_backslash_too(string before, string after)
    {
        var issue = await RefusedAsync(call => call.Literal(before).Path<string, StringCodec>("id", "..").Literal(after));

        Assert.Equal(("id", "'..', which leads to another path"), (issue.Path, issue.Actual));
    }

    [Fact]
    public async Task Two_values_that_make_dots_together_are_refused()
    {
        await using var server = new FakeServer(Reply(200, "{}"));
        using var client = DemoClient.At(server.Url);
        var call = new OperationCall(HttpMethod.Get, "Test")
            .Literal("/a/")
            .Path<string, StringCodec>("first", ".")
            .Path<string, StringCodec>("second", ".")
            .Literal("/b");

        var exception = await Assert.ThrowsAsync<RequestValidationException>(() => client.SendAsync(call));

        Assert.Equal(["first", "second"], exception.Result.Issues.Select(issue => issue.Path));
    }

    [Theory]
    [InlineData("../x", "/a/..%2Fx/b")]
    [InlineData("..\\x", "/a/..%5Cx/b")]
    [InlineData("%2e%2e", "/a/%252e%252e/b")]
    [InlineData("..;", "/a/..%3B/b")]
    [InlineData("?x#y", "/a/%3Fx%23y/b")]
    [InlineData("\r\nX: 1", "/a/%0D%0AX%3A%201/b")]
    [InlineData("\0", "/a/%00/b")]
    public async Task A_value_stays_in_its_segment(string value, string expected)
    {
        await using var server = new FakeServer(Reply(200, "{}"));
        using var client = DemoClient.At(server.Url);

        await client.SendAsync(new OperationCall(HttpMethod.Get, "Test").Literal("/a/").Path<string, StringCodec>("id", value).Literal("/b"));

        Assert.StartsWith($"GET {expected} HTTP/1.1\r\n", Assert.Single(server.Requests));
    }

    [Fact]
    public async Task Dots_beside_other_text_do_not_leave_the_path()
    {
        await using var server = new FakeServer(Reply(200, "{}"));
        using var client = DemoClient.At(server.Url);

        await client.SendAsync(new OperationCall(HttpMethod.Get, "Test").Literal("/a/").Path<string, StringCodec>("name", "..").Literal(".json"));

        Assert.StartsWith("GET /a/...json HTTP/1.1\r\n", Assert.Single(server.Requests));
    }

    [Fact]
    public async Task Validation_that_is_switched_off_does_not_let_a_value_leave_its_segment()
    {
        await using var server = new FakeServer(Reply(200, "{}"));
        using var client = DemoClient.At(server.Url);
        var options = new CallOptions { Validate = false };

        await Assert.ThrowsAsync<RequestValidationException>(() => client.GetAssetAsync("..", options));
        await client.GetAssetAsync(new string('x', 100), options);

        Assert.StartsWith("GET /assets/xxx", Assert.Single(server.Requests));
    }

    private static async Task<ValidationIssue> RefusedAsync(Action<OperationCall> build)
    {
        await using var server = new FakeServer(Reply(200, "{}"));
        using var client = DemoClient.At(server.Url);
        var call = new OperationCall(HttpMethod.Get, "Test");
        build(call);

        var exception = await Assert.ThrowsAsync<RequestValidationException>(() => client.SendAsync(call));

        Assert.Empty(server.Requests);
        return Assert.Single(exception.Result.Issues);
    }
}
