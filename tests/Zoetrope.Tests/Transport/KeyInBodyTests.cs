using System.Diagnostics;
using System.Net;
using System.Text;
using Zoetrope.Errors;
using Zoetrope.Http;
using Zoetrope.Providers;
using static Zoetrope.TestKit.FakeServer;

namespace Zoetrope.Tests;

/// <summary>
/// The key is in no body that an exception or a status keeps, in whatever charset it came, wherever it was cut, and whatever is before it.
/// </summary>
public sealed class KeyInBodyTests
{
    private const string Key = "nEachkey-0123456789abcdef0123";

    // The 1 MB of a body takes about a second where each byte is looked at a few times, and minutes where each row is looked at from each of its bytes.
    private static readonly TimeSpan FarTooLong = TimeSpan.FromSeconds(30);

    public static TheoryData<string, bool> Charsets
    {
        get
        {
            var data = new TheoryData<string, bool>();
            foreach (var charset in (string[])["utf-16", "utf-16BE", "utf-32", "utf-32BE"])
            {
                data.Add(charset, true);
                data.Add(charset, false);
            }
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Charsets))]
    public async Task A_body_in_wide_characters_is_without_the_key_and_stays_what_it_was(string charset, bool isSaid)
    {
        var encoding = Encoding.GetEncoding(charset);
        var escaped = Key.Replace("-", "\\u002d", StringComparison.Ordinal);
        var body = encoding.GetBytes($$"""{"detail":"no {{Key}} é","again":"{{escaped}}"}""");
        await using var server = new FakeServer(Bytes(401, body, isSaid ? charset : null), Bytes(200, body, isSaid ? charset : null));
        using var transport = Transport(server);

        var error = await Assert.ThrowsAsync<ServiceException>(() => transport.SendAsync(TestTransport.Get(server.Url), default));
        var response = await transport.SendAsync(TestTransport.Get(server.Url), default);

        Assert.DoesNotContain(Key, error + error.Error.Message + error.Error.Body);
        Assert.DoesNotContain(Key, encoding.GetString(response.Body.Span));
        Assert.Equal("""{"detail":"no *** é","again":"***"}""", response.RequireJson().ToString());
    }

    [Theory]
    [InlineData("utf-16", "text/html")]
    [InlineData("utf-16BE", "text/html")]
    [InlineData("utf-32", "text/html; charset=utf-8")]
    [InlineData("utf-16", "text/html; charset=utf-16")]
    public async Task A_page_in_wide_characters_is_redacted_whatever_charset_it_declares(string charset, string contentType)
    {
        var encoding = Encoding.GetEncoding(charset);
        await using var server = new FakeServer(Bytes(200, encoding.GetBytes($"<p>no {Key}!</p>"), null, contentType));
        using var transport = Transport(server);

        var response = await transport.SendAsync(TestTransport.Get(server.Url), default);
        var exception = Assert.Throws<TransportException>(() => response.RequireJson());

        Assert.DoesNotContain(Key, exception.ToString() + exception.Raw);
        Assert.Equal("<p>no ***!</p>", encoding.GetString(exception.Body.Span));
    }

    [Theory]
    [InlineData("", 10)]
    [InlineData("", 27)]
    [InlineData("-", 14)]
    public async Task A_key_that_the_limit_cuts_through_is_not_in_the_body(string escaped, int kept)
    {
        var key = escaped.Length == 0 ? Key : Key.Replace(escaped, "\\u002d", StringComparison.Ordinal);
        var text = "<p>your key is " + key + new string('.', 100_000);
        var limit = "<p>your key is ".Length + kept;
        await using var server = new FakeServer(Reply(200, text), Reply(401, text));
        using var transport = Transport(server, limit);

        var result = await Assert.ThrowsAsync<TransportException>(() => transport.SendAsync(TestTransport.Get(server.Url), default));
        var error = await Assert.ThrowsAsync<ServiceException>(() => transport.SendAsync(TestTransport.Get(server.Url), default));

        Assert.Equal(TransportFailure.TooLarge, result.Failure);
        Assert.StartsWith("<p>your key is ***", Encoding.UTF8.GetString(result.Body.Span));
        Assert.DoesNotContain(Key[..8], Encoding.UTF8.GetString(result.Body.Span) + error + error.Error.Body);
    }

    [Fact]
    public async Task A_key_where_the_connection_breaks_is_not_in_the_body()
    {
        await using var server = new FakeServer(Raw($"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n<p>your key is {Key[..20]}"));
        using var transport = Transport(server);

        var exception = await Assert.ThrowsAsync<TransportException>(() => transport.SendAsync(TestTransport.Get(server.Url), default));

        Assert.Equal("<p>your key is ***", Encoding.UTF8.GetString(exception.Body.Span));
    }

    [Theory]
    [InlineData("CORP\\", "CORP***")]
    [InlineData("CORP\\\\", "CORP\\\\***")]
    [InlineData("a\\b\\\\\\", "a\\b\\\\***")]
    [InlineData("\\u", "***")]
    [InlineData("C:\\u0", "C:***")]
    [InlineData("%", "%***")]
    [InlineData("&#", "&#***")]
    [InlineData("é", "é***")]
    public async Task Text_before_the_key_does_not_hide_it(string before, string expected)
    {
        await using var server = new FakeServer(Reply(200, $"<p>{before}{Key} is unknown"));
        using var transport = Transport(server);

        var response = await transport.SendAsync(TestTransport.Get(server.Url), default);

        Assert.Equal($"<p>{expected} is unknown", Encoding.UTF8.GetString(response.Body.Span));
    }

    [Fact]
    public async Task JSON_stays_JSON_where_the_key_begins_within_an_escape()
    {
        await using var server = new FakeServer(Reply(200, $$"""{"a":"\{{Key}}","b":"\\{{Key}}"}"""));
        using var transport = Transport(server);

        var response = await transport.SendAsync(TestTransport.Get(server.Url), default);

        Assert.Equal("""{"a":"***","b":"\\***"}""", response.RequireJson().ToString());
    }

    [Theory]
    [InlineData("\\")]
    [InlineData("%")]
    [InlineData("&")]
    [InlineData("&#")]
    [InlineData("&#0")]
    [InlineData("0")]
    [InlineData("amp;")]
    [InlineData("%25")]
    [InlineData("25")]
    [InlineData("+")]
    [InlineData("=")]
    [InlineData("\\n")]
    [InlineData("\\u")]
    [InlineData("\\\\\\n")]
    [InlineData("n\\u200b")]
    [InlineData("nE\u200b")]
    [InlineData("\0")]
    public async Task A_row_of_anything_is_read_in_time_that_its_length_explains(string unit)
    {
        var start = unit is "\\" or "0" or "amp;" or "25" ? "&" : "n";
        var body = start + string.Concat(Enumerable.Repeat(unit, (1 << 20) / Encoding.UTF8.GetByteCount(unit)));
        await using var server = new FakeServer(Reply(200, body));
        using var transport = Transport(server);
        var watch = Stopwatch.StartNew();

        var response = await transport.SendAsync(TestTransport.Get(server.Url), default);

        Assert.Equal(body.Length, Encoding.UTF8.GetString(response.Body.Span).Length);
        Assert.True(watch.Elapsed < FarTooLong, $"It took {watch.Elapsed}.");
    }

    private static Zoetrope.Http.Transport Transport(FakeServer server, long limit = 64 << 20) => new(
        "test",
        new MediaClientOptions { BaseUrl = server.Url, MaxResponseBytes = limit, PollTimeout = TimeSpan.FromMinutes(5) },
        new CommonErrorReader(),
        new TrustedHosts(),
        new AuthHeader("Authorization", "Key " + Key));

    private static Func<Exchange, Task> Bytes(int status, byte[] body, string? charset, string contentType = "application/json") =>
        async exchange =>
        {
            var type = charset is null ? contentType : $"{contentType}; charset={charset}";
            await exchange.WriteAsync(
                Encoding.ASCII.GetBytes($"HTTP/1.1 {status} {(HttpStatusCode)status}\r\nContent-Type: {type}\r\nContent-Length: {body.Length}\r\n\r\n"));
            await exchange.WriteAsync(body);
        };
}
