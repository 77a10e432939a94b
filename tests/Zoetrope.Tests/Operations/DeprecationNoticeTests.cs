using System.Net;
using Zoetrope.Errors;
using static Zoetrope.TestKit.FakeServer;

namespace Zoetrope.Tests;

/// <summary>What responses say of endpoints that will be gone.</summary>
public sealed class DeprecationNoticeTests
{
    private const string Body = """{"id":"a"}""";

    private static readonly DateTimeOffset _since = new(2023, 6, 30, 23, 59, 59, TimeSpan.Zero);
    private static readonly DateTimeOffset _end = new(2024, 6, 30, 23, 59, 59, TimeSpan.Zero);

    [Fact]
    public async Task A_deprecated_call_is_a_notice_once_with_all_that_the_headers_say()
    {
        await using var server = new FakeServer(Reply(
            200, Body, "Deprecation: @1688169599", "Sunset: Sun, 30 Jun 2024 23:59:59 GMT",
            "Link: </v2/assets?page=1>; rel=\"self successor-version\", <https://docs.example/old>; rel=deprecation; title=\"a, \\\"b\\\"\"",
            "Link: <https://docs.example/end>; rel=\"sunset\""));
        var notices = new List<DeprecationNotice>();
        using var client = DemoClient.At(server.Url, options => options.OnDeprecation = notices.Add);

        Assert.Equal("a", (await client.GetAssetAsync("a")).Id);
        await client.GetAssetAsync("b");

        var notice = Assert.Single(notices);
        Assert.Equal(("GetAsset", HttpStatusCode.OK, false), (notice.Name, notice.StatusCode, notice.IsGone));
        Assert.Equal((_since, _end), (notice.DeprecatedAt, notice.Sunset));
        Assert.Equal(new Uri(server.Url, "v2/assets?page=1"), notice.Successor);
        Assert.Equal(new Uri("https://docs.example/old"), notice.Documentation);
        Assert.Equal(
            $"{notice.Provider}: GetAsset is deprecated as of 2023-06-30, and ends on 2024-06-30; use {notice.Successor} instead; see https://docs.example/old",
            notice.ToString());
    }

    [Theory]
    [InlineData("Deprecation: true", true, false)]
    [InlineData("Deprecation: @1688169599;note=1", true, true)]
    [InlineData("Deprecation: Fri, 30 Jun 2023 23:59:59 GMT", true, true)]
    [InlineData("Deprecation: @99999999999999999", true, false)]
    [InlineData("Deprecation: false", false, false)]
    [InlineData("Deprecation: ?0", false, false)]
    [InlineData("Deprecation: @soon", false, false)]
    [InlineData("Deprecation:", false, false)]
    [InlineData("Deprecation: ;", false, false)]
    [InlineData("Deprecation: ;note=1", false, false)]
    [InlineData("Deprecation: @", false, false)]
    [InlineData("Sunset: soon", false, false)]
    [InlineData("Link: <https://a.example/v2>; rel=\"successor-version\"", false, false)]
    [InlineData("X-Other: 1", false, false)]
    public async Task Only_a_deprecation_is_a_notice(string header, bool isNotice, bool hasDate)
    {
        await using var server = new FakeServer(Reply(200, Body, header));
        var notices = new List<DeprecationNotice>();
        using var client = DemoClient.At(server.Url, options => options.OnDeprecation = notices.Add);

        await client.GetAssetAsync("a");

        Assert.Equal(isNotice, notices.Count == 1);
        Assert.Equal(hasDate ? _since : null, notices.SingleOrDefault()?.DeprecatedAt);
    }

    [Theory]
    [InlineData("<https://a.example/1>; rel=next, <https://a.example/2>; REL=Successor-Version", "https://a.example/2")]
    [InlineData("<https://a.example/1>; anchor=\"#x\"; rel=successor-version, <https://a.example/2>; rel=successor-version", "https://a.example/2")]
    [InlineData("<https://a.example/1,2>; rel=\"successor-version\"; rel=other", "https://a.example/1,2")]
    [InlineData("<javascript:alert(1)>; rel=successor-version", null)]
    [InlineData("<https://a.example/1; rel=successor-version", null)]
    [InlineData("https://a.example/1; rel=successor-version", null)]
    [InlineData("<https://a.example/1>; rel=\"successor-version", "https://a.example/1")]
    [InlineData("<https://a.example/1>; rel=\"a\\", null)]
    [InlineData("<", null)]
    [InlineData("<>;rel", null)]
    [InlineData("<https://a.example/1>;;;=;rel=successor-version;", "https://a.example/1")]
    [InlineData("<https://a.example/1>", null)]
    public async Task The_successor_is_the_target_of_its_link(string link, string? successor)
    {
        await using var server = new FakeServer(Reply(200, Body, "Deprecation: true", "Link: " + link));
        var notices = new List<DeprecationNotice>();
        using var client = DemoClient.At(server.Url, options => options.OnDeprecation = notices.Add);

        await client.GetAssetAsync("a");

        Assert.Equal(successor, Assert.Single(notices).Successor?.AbsoluteUri);
    }

    [Fact]
    public async Task A_callback_that_throws_loses_no_response()
    {
        await using var server = new FakeServer(Reply(200, Body, "Deprecation: true"));
        using var client = DemoClient.At(server.Url, static options => options.OnDeprecation = static _ => throw new InvalidOperationException());

        Assert.Equal("a", (await client.GetAssetAsync("a")).Id);
    }

    [Theory]
    [InlineData("""{"error":{"message":"Gone.","replacement":"assets-v2"}}""", "assets-v2")]
    [InlineData("""{"message":"Gone.","replaced_by":"/v2/assets"}""", "/v2/assets")]
    [InlineData("""{"message":"Gone.","replacement":null}""", null)]
    [InlineData("""{"replacement":"\ud800"}""", null)]
    [InlineData("""{"\ud800":1,"replacement":"assets-v2"}""", "assets-v2")]
    [InlineData("""{"deep":{"deeper":{"deepest":{"replacement":"x"}}}}""", null)]
    [InlineData("<html>Gone</html>", null)]
    public async Task A_410_has_the_replacement_that_it_names(string body, string? replacement)
    {
        await using var server = new FakeServer(Reply(410, body));
        using var client = DemoClient.At(server.Url);

        var exception = await Assert.ThrowsAnyAsync<ServiceException>(() => client.GetAssetAsync("a"));

        Assert.Equal(HttpStatusCode.Gone, exception.StatusCode);
        Assert.Equal(replacement, exception.Deprecation?.Replacement);
        Assert.Equal(replacement is not null, exception.Deprecation?.IsGone ?? false);
    }

    [Fact]
    public async Task A_410_with_a_successor_is_a_notice_too_and_other_errors_are_none()
    {
        await using var server = new FakeServer(Reply(410, "{}", "Link: </v2>; rel=\"successor-version\""), Reply(404, """{"replacement":"x"}"""));
        var notices = new List<DeprecationNotice>();
        using var client = DemoClient.At(server.Url, options => options.OnDeprecation = notices.Add);

        var gone = await Assert.ThrowsAnyAsync<ServiceException>(() => client.GetAssetAsync("a"));
        var missing = await Assert.ThrowsAnyAsync<ServiceException>(() => client.GetAssetAsync("b"));

        Assert.Equal(new Uri(server.Url, "v2"), gone.Deprecation!.Successor);
        Assert.Equal(gone.Deprecation.Successor, Assert.Single(notices).Successor);
        Assert.Null(missing.Deprecation);
    }

    [Fact]
    public async Task What_is_said_of_an_operation_is_a_notice_once_whatever_the_status_and_the_time()
    {
        await using var server = new FakeServer(
            Reply(200, Body, "Deprecation: true", "Sunset: Sun, 30 Jun 2024 10:00:00 GMT"),
            Reply(404, "{}", "Deprecation: true", "Sunset: Sun, 30 Jun 2024 10:00:01 GMT"),
            Reply(200, Body, "Deprecation: true", "Sunset: Mon, 01 Jul 2024 10:00:00 GMT"));
        var notices = new List<DeprecationNotice>();
        using var client = DemoClient.At(server.Url, options => options.OnDeprecation = notices.Add);

        await client.GetAssetAsync("a");
        await Assert.ThrowsAnyAsync<ServiceException>(() => client.GetAssetAsync("b"));
        await client.GetAssetAsync("c");

        Assert.Equal([30, 1], notices.Select(notice => notice.Sunset!.Value.Day));
    }

    [Fact]
    public async Task Raw_calls_of_other_paths_are_notices_of_their_own()
    {
        await using var server = new FakeServer(Reply(200, Body, "Deprecation: true"));
        var notices = new List<DeprecationNotice>();
        using var client = DemoClient.At(server.Url, options => options.OnDeprecation = notices.Add);

        foreach (var path in (string[])["/v1/one", "/v1/two", "/v1/one"])
            (await client.SendRawAsync(HttpMethod.Get, path)).Dispose();

        Assert.Equal(["/v1/one", "/v1/two"], notices.Select(notice => notice.Address!.AbsolutePath));
    }

    [Fact]
    public void The_sentence_of_a_notice_is_one_line_and_has_the_date_that_counts()
    {
        var notice = new DeprecationNotice
        {
            Provider = "demo", Name = "GetAsset", StatusCode = HttpStatusCode.Gone, DeprecatedAt = _since, Sunset = _end, Replacement = "x\n2026-01-01 ERROR\u001b[2J",
        };

        Assert.Equal("demo: GetAsset is gone as of 2024-06-30; use x 2026-01-01 ERROR [2J instead", notice.ToString());
    }
}
