using System.Net;
using System.Text;
using System.Text.Json;
using Zoetrope.Errors;
using Zoetrope.Http;
using Zoetrope.Jobs;
using Zoetrope.Providers;
using static Zoetrope.TestKit.FakeServer;

namespace Zoetrope.Tests;

/// <summary>The key is in no exception, however a service spells it and wherever it puts it.</summary>
public sealed class KeySpellingTests
{
    // Characters that are written in different ways, in a key of a usual length.
    private const string Key = "AbCd+eF/gh=I12_345-xYz.890:ABCDEFGH";
    private const string Secret = "ABCDEFGH";

    public static TheoryData<string> Spellings => [.. Spelled().Select(static pair => pair.Name)];

    public static TheoryData<string, string> Locations
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var location in (string[])[
                "error body", "JSON error", "HTML error", "result that is not JSON", "broken result", "another form", "reason phrase", "status line",
                "content type", "request id", "redirect", "chunk"])
            {
                foreach (var (name, _) in Spelled())
                    data.Add(location, name);
            }
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Locations))]
    public async Task The_key_is_in_no_exception(string location, string spelling)
    {
        var echo = Spelled().Single(pair => pair.Name == spelling).Text;
        await using var server = new FakeServer(Echo(location, echo));
        using var transport = Transport(server, new AuthHeader("Authorization", "Key " + Key));
        using var client = new DemoClient(new() { BaseUrl = server.Url, ApiKey = Key });

        var submit = await Assert.ThrowsAsync<SubmitException>(() => transport.SubmitAsync(TestTransport.Post(server.Url), "some/model", static response =>
        {
            var id = response.RequireJson().Deserialize<AnyObject>().ExtraProperties["id"].AsString();
            throw new InvalidOperationException($"no id: {id}");
        }, default));
        var poll = await Record.ExceptionAsync(async () => (await transport.SendAsync(TestTransport.Get(server.Url), default)).RequireJson());
        var call = await Record.ExceptionAsync(() => client.ListAssetsAsync());

        AssertClean(submit, echo);
        if (poll is not null)
            AssertClean(poll, echo);
        if (call is not null)
            AssertClean(call, echo);
    }

    [Theory]
    [MemberData(nameof(Spellings))]
    public async Task A_body_that_echoes_the_key_stays_JSON(string spelling)
    {
        var echo = Spelled().Single(pair => pair.Name == spelling).Text.Replace("\"", "", StringComparison.Ordinal);
        await using var server = new FakeServer(Reply(200, $$"""{"a":"\\{{echo}}","\nid":"before {{echo}}\u0041 after","é":"\"{{echo}}"}"""));
        using var transport = Transport(server, new AuthHeader("Authorization", "Key " + Key));

        var response = await transport.SendAsync(TestTransport.Get(server.Url), default);

        var members = response.RequireJson().Deserialize<AnyObject>().ExtraProperties;
        // Of Base64 the ends are shared with what is around.
        Assert.Matches(@"^before \S*\*\*\*\S*A after$", members["\nid"].AsString());
        Assert.Matches(@"^""\S*\*\*\*\S*$", members["é"].AsString());
        Assert.DoesNotContain(Core(echo), response.RequireJson().ToString());
        Assert.DoesNotContain(Secret, response.RequireJson().ToString());
    }

    [Fact]
    public async Task What_only_looks_like_the_key_is_left_in_results()
    {
        const string Result = """{"text":"AbCd+eF and ABCD, Key, EFGH, \\nAbCd","data":"data:image/png;base64,QWJDZCs="}""";
        await using var server = new FakeServer(Reply(200, Result));
        using var transport = Transport(server, new AuthHeader("Authorization", "Key " + Key));

        Assert.Equal(Result, (await transport.SendAsync(TestTransport.Get(server.Url), default)).RequireJson().ToString());
    }

    [Theory]
    [InlineData("k3y!", "your key k3y! is wrong", "your key *** is wrong")]
    [InlineData("abcdefg", "abcdefg: unknown key", "***: unknown key")]
    [InlineData("test", "the latest test-run tested", "the latest test-run tested")]
    [InlineData("key", "the key is wrong", "the key is wrong")]
    [InlineData("0123456789abcdef", "Incorrect key: 01234567********", "Incorrect key: ***********")]
    [InlineData("0123456789abcdef", "Incorrect key: 0123****cdef", "Incorrect key: 0123****cdef")]
    [InlineData("0123456789abcdef0123456789abcdef", "ends with 0123456789ab", "ends with ***")]
    [InlineData("0123456789abcdef0123456789abcdef", "begins with 01234567 as it should", "begins with 01234567 as it should")]
    public async Task Short_keys_and_prefixes_of_keys_are_removed_where_they_are_recognizable(string key, string message, string expected)
    {
        await using var server = new FakeServer(Reply(401, $$"""{"message":"{{message}}"}"""));
        using var transport = Transport(server, new AuthHeader("X-API-Key", key));

        var exception = await Assert.ThrowsAsync<ServiceException>(() => transport.SendAsync(TestTransport.Get(server.Url), default));

        Assert.Equal(expected, exception.Error.Message);
        Assert.Contains(expected, exception.Message);
        // Of a body that is JSON the end is known, so that nothing was cut off there.
        if (!message.StartsWith("ends", StringComparison.Ordinal))
            Assert.Contains(expected, exception.Error.Body.ToString());
    }

    [Theory]
    [InlineData("amp&er&k3y-0123456789")]
    [InlineData("per%cent%2B-0123456789abc")]
    [InlineData("back\\slash\\u0041-0123456789")]
    [InlineData("mix&%\\<%2B-0123456789abc")]
    public async Task Keys_of_the_characters_that_spellings_begin_with_are_found(string key)
    {
        var json = JsonEncodedText.Encode(key).ToString();
        string[] spellings =
        [
            key, json, JsonEncodedText.Encode(json).ToString(), WebUtility.HtmlEncode(
                key), WebUtility.HtmlEncode(WebUtility.HtmlEncode(key)), Uri.EscapeDataString(key),
        ];
        foreach (var spelling in spellings)
        {
            await using var server = new FakeServer(Reply(401, $"<title>the key {spelling} is wrong</title>"));
            using var transport = Transport(server, new AuthHeader("X-API-Key", key));

            var exception = await Assert.ThrowsAsync<ServiceException>(() => transport.SendAsync(TestTransport.Get(server.Url), default));

            Assert.Equal("the key *** is wrong", exception.Error.Message);
        }
    }

    private static Zoetrope.Http.Transport Transport(FakeServer server, AuthHeader auth) =>
        new("test", new MediaClientOptions { BaseUrl = server.Url }, new CommonErrorReader(), new TrustedHosts(), auth);

    private static string Core(string echo) => echo.Length > 20 ? echo[4..^5] : echo;

    private static void AssertClean(Exception exception, string echo)
    {
        for (var current = exception; current is not null; current = current.InnerException)
        {
            Check(current.Message);
            if (current is ServiceException service)
                Check(service.Error + service.Error.Message + service.Error.Type + service.Error.RequestId + service.Error.Body);
            if (current is TransportException transport)
                Check(Encoding.UTF8.GetString(transport.Body.Span) + transport.Raw + transport.RequestId + transport.Location);
        }
        Check(exception.ToString());

        void Check(string text)
        {
            Assert.DoesNotContain(Secret, text);
            Assert.DoesNotContain(Key, text);
            Assert.DoesNotContain(echo, text);
        }
    }

    private static (string Name, string Text)[] Spelled() =>
    [
        ("as it is", Key),
        ("with its scheme", "Key " + Key),
        ("its secret part", Secret),
        ("in lower case", Key.ToLowerInvariant()),
        ("ASP.NET", Key.Replace("+", "\\u002B")),
        ("PHP", Key.Replace("/", "\\/")),
        ("every character as an escape", string.Concat(Key.Select(static unit => $"\\u{(int)unit:x4}"))),
        ("JSON in JSON", Key.Replace("+", "\\\\u002B").Replace("/", "\\\\/")),
        ("percent", Uri.EscapeDataString(Key)),
        ("percent in lower case", Key.Replace("+", "%2b").Replace("/", "%2f").Replace(":", "%3a")),
        ("percent twice", Uri.EscapeDataString(Uri.EscapeDataString(Key))),
        ("a form with its scheme", "Key+" + Uri.EscapeDataString(Key)),
        ("hexadecimal entities", Key.Replace("/", "&#x2F;").Replace("+", "&#x2b;")),
        ("decimal entities", string.Concat(Key.Select(static unit => $"&#{(int)unit};"))),
        ("named entities", Key.Replace("/", "&sol;").Replace("+", "&plus;").Replace("=", "&equals;").Replace(":", "&colon;").Replace("_", "&lowbar;")),
        ("entities twice", Key.Replace("/", "&amp;#x2F;")),
        ("Base64", Convert.ToBase64String(Encoding.UTF8.GetBytes(Key))),
        ("Base64 of the header", Convert.ToBase64String(Encoding.UTF8.GetBytes("Authorization: Key " + Key + "\r\n"))),
        ("Base64 a byte later", Convert.ToBase64String(Encoding.UTF8.GetBytes("x" + Key + "y"))),
        ("Base64 for addresses", Convert.ToBase64String(Encoding.UTF8.GetBytes("???" + Key + "???")).Replace('+', '-').Replace('/', '_')),
        ("hexadecimal digits", Convert.ToHexString(Encoding.UTF8.GetBytes(Key))),
        ("hexadecimal digits in lower case", Convert.ToHexStringLower(Encoding.UTF8.GetBytes(Key))),
        ("hexadecimal digits with colons", BitConverter.ToString(Encoding.UTF8.GetBytes(Key)).Replace('-', ':')),
        ("hexadecimal digits with spaces", BitConverter.ToString(Encoding.UTF8.GetBytes(Key)).Replace('-', ' ')),
        ("zero width spaces", string.Join("\\u200b", Key.ToCharArray())),
        ("soft hyphens", string.Join("&shy;", Key.ToCharArray())),
        ("wrapped Base64", Convert.ToBase64String(Encoding.UTF8.GetBytes(Key)).Insert(30, "\\r\\n").Insert(10, "\\n")),
        ("entities without semicolons", string.Concat(Key.Select(static unit => $"&#x{(int)unit:x}"))),
        ("entities with zeros", string.Concat(Key.Select(static unit => $"&#00000{(int)unit};"))),
        ("escapes in braces", string.Concat(Key.Select(static unit => $"\\\\u{{{(int)unit:x}}}"))),
    ];

    private static Func<Exchange, Task> Echo(string location, string echo) => location switch
    {
        "error body" => Reply(401, $"bad key {echo}!"),
        "JSON error" => Reply(400, $$$"""{"message":"bad key {{{echo}}}!","type":"{{{echo}}}","errors":{"key":"no {{{echo}}}"}}"""),
        "HTML error" => Reply(502, $"<html><title>bad key {echo}</title></html>"),
        "result that is not JSON" => Reply(200, $"<html>{echo}</html>"),
        "broken result" => Raw($"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n{{\"id\":\"{echo}\""),
        "another form" => Reply(200, $$"""{"id":"{{echo}}"}"""),
        "reason phrase" => Raw($"HTTP/1.1 400 {echo}\r\nContent-Length: 0\r\n\r\n"),
        "status line" => Raw($"HTTX/1.1 200 {echo}\r\n\r\n"),
        "content type" => Raw($"HTTP/1.1 200 OK\r\nContent-Type: {echo}\r\nContent-Length: 1\r\n\r\n<"),
        "request id" => Reply(500, "", $"X-Request-Id: {echo}"),
        "redirect" => Reply(302, echo, $"Location: /x?key={echo}"),
        _ => Raw($"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{echo}\r\n"),
    };
}
