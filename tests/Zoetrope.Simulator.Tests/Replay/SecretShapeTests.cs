using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Zoetrope.Simulator.Replay;

namespace Zoetrope.Simulator.Tests.Replay;

/// <summary>A secret that is seen for the first time in a text of any format is found by what stands around it, and is taken out wherever else it is.</summary>
public sealed class SecretShapeTests
{
    private const string Signature = "9f8e7d6cSIGNED";
    private const string Url = "https://store.example/a.mp4?part=1&X-Amz-Signature=" + Signature + "&keep=this";
    private const string Azure = "https://store.example/a.mp4?sv=2024&se=2026&sig=" + Signature;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Texts
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var url in new[] { Url, Azure, "/relative/a.mp4?token=" + Signature, "//store.example/a?a=1&sig=" + Signature })
            {
                data.Add("text/plain", $"see {url} for it");
                data.Add("text/plain", $"see ({url}).");
                data.Add("text/html", $"<html><a href=\"{WebUtility.HtmlEncode(url)}\">it</a></html>");
                data.Add("text/html", $"<html><a href='{url.Replace("&", "&#38;")}'>it</a></html>");
                data.Add("text/html", $"<html><a href='{url.Replace("&", "&#x26;").Replace("=", "&#x3D;")}'>it</a></html>");
                data.Add("text/html", $"<html><script>var a = {{url: \"{JavaScriptEncoder.Default.Encode(url)}\"}}</script></html>");
                data.Add("text/html", $"<html><a href=\"/next?to={Uri.EscapeDataString(url)}\">it</a></html>");
                data.Add("text/html", $"<html><div data-a=\"{WebUtility.HtmlEncode(JsonSerializer.Serialize(new { url }))}\"></div></html>");
                data.Add("application/xml", $"<Result><Location>{WebUtility.HtmlEncode(url)}</Location></Result>");
                data.Add("application/xml", $"<Result><Location><![CDATA[{url}]]></Location></Result>");
                data.Add("application/x-ndjson", $"{JsonSerializer.Serialize(new { url })}\n{{\"a\":1}}\n");
                data.Add("application/x-ndjson", $"{{\"a\":1}}\n{{\"url\":\"{url}\"}}");
                data.Add("text/csv", $"id,url\n1,{url}\n");
                data.Add("text/markdown", $"![it]({url})");
                data.Add("application/json", $"{{\"url\":\"{url}\",\"more\":");
                data.Add("text/event-stream", $"data:{url}\n\n");
                data.Add("application/octet-stream", $"\0\u0001{url}\0");
            }
            foreach (var json in new[] { $$"""{"session_token":"{{Signature}}","a":1}""", $$$"""{"nested":{"api_key": "{{{Signature}}}"}}""" })
            {
                data.Add("application/x-ndjson", $"{{\"a\":1}}\n{json}\n");
                data.Add("application/x-ndjson", $"{json}\r\n{json}\r\n");
                data.Add("application/x-ndjson", json + json);
                data.Add("application/json-seq", $"\u001e{json}\n\u001e{{}}\n");
                data.Add("text/plain", $"a log line\n{json}\nanother");
                data.Add("application/json", json[..^1]);
                data.Add("application/json", json[..json.IndexOf("SIGNED\"", StringComparison.Ordinal)] + "SIGNED");
                data.Add("text/html", $"<html><script>var state = {json};</script></html>");
                data.Add("text/event-stream", $"data:{json}\n\n");
                data.Add("text/event-stream", $"data: {json.Replace(",", ",\ndata: ").Replace("{", "{\ndata: ")}\n\n");
            }
            data.Add("application/xml", $"<Credentials><SessionToken>{Signature}</SessionToken><a>1</a></Credentials>");
            data.Add("application/xml", $"<s:Credentials xmlns:s=\"x\"><s:SecretAccessKey a=\"1\">{Signature}</s:SecretAccessKey></s:Credentials>");
            data.Add("application/xml", $"<Credentials secret=\"{Signature}\"/>");
            data.Add("text/html", $"<form><input type=\"hidden\" name=\"csrf_token\" value=\"{Signature}\"></form>");
            data.Add("text/html", $"<form><input value='{Signature}' name='csrf_token'></form>");
            data.Add("text/html", $"<head><meta name=\"csrf-token\" content=\"{Signature}\" /></head>");
            data.Add("text/plain", $"Authorization: Bearer {Signature}");
            data.Add("text/plain", $"FAL_KEY={Signature}\nOTHER=1");
            data.Add("text/yaml", $"api_key: {Signature}\n");
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task A_secret_of_a_text_is_nowhere_in_the_fixture(string mediaType, string text)
    {
        await using var upstream = new FakeServer(
            exchange => exchange.ReplyAsync(200, text, $"Content-Type: {mediaType}"), FakeServer.Reply(200, $"it was {Signature}", "Content-Type: text/plain"));
        using var recorder = new RecordingHandler();
        using var http = new HttpClient(recorder);
        await http.GetByteArrayAsync(new Uri(upstream.Url, "/a"), Token);
        await http.GetByteArrayAsync(new Uri(upstream.Url, $"/b/{Signature}"), Token);

        var json = recorder.ToFixture().ToJson();

        Assert.DoesNotContain(Signature, Decoded(json), StringComparison.Ordinal);
        // What stands beside it stays.
        if (text.Contains("keep", StringComparison.Ordinal))
            Assert.Contains("this", Decoded(json), StringComparison.Ordinal);
        if (text.Contains("OTHER", StringComparison.Ordinal))
            Assert.Contains("OTHER=1", json, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text/html", "<html><p>The token: beautiful, the key = images</p><a href=\"/a?page=2&amp;size=10\">next</a></html>")]
    [InlineData("application/xml", "<Part><Key>uploads/a1b2c3d4.png</Key><ETag>&quot;abc123def456&quot;</ETag><Size>7</Size></Part>")]
    [InlineData("application/x-ndjson", "{\"a\": 1}\n\n{\"token\":\" sun\",\"max_tokens\":12345678}\n[1,2]\nnot JSON {\n")]
    [InlineData("text/plain", "[note] {see} monkey=banana1234 turkey: 1234abcd\n")]
    public async Task What_is_no_secret_stays_as_it_came(string mediaType, string text)
    {
        await using var upstream = new FakeServer(FakeServer.Reply(200, text, $"Content-Type: {mediaType}"));
        using var recorder = new RecordingHandler();
        using var http = new HttpClient(recorder);
        await http.GetByteArrayAsync(new Uri(upstream.Url, "/a"), Token);
        using var replay = new ReplayHandler(ReplayFixture.Parse(recorder.ToFixture().ToJson()));
        using var player = new HttpClient(replay);

        Assert.Equal(text.Replace("\" sun\"", "\"REDACTED\""), await player.GetStringAsync(new Uri(upstream.Url, "/a"), Token));
    }

    [Fact]
    public async Task A_sequence_of_JSON_values_is_matched_by_their_meaning_with_other_secrets()
    {
        await using var upstream = new FakeServer(FakeServer.Reply(200, "{}"));
        using var recorder = new RecordingHandler();
        using var http = new HttpClient(recorder);
        await http.PostAsync(upstream.Url, Lines($"{{ \"api_key\": \"{Signature}\", \"a\": 1 }}\n{{\"b\":2}}\n"), Token);
        using var replay = new ReplayHandler(recorder.ToFixture());
        using var player = new HttpClient(replay);

        var other = await player.PostAsync(upstream.Url, Lines("{\"api_key\":\"other\",\"a\":1}\n{\"b\":3}\n"), Token);
        Assert.Equal(HttpStatusCode.BadRequest, other.StatusCode);
        var same = await player.PostAsync(upstream.Url, Lines("{\"api_key\":\"other\",\"a\":1}\n{\"b\":2}\n"), Token);
        Assert.Equal(HttpStatusCode.OK, same.StatusCode);

        static StringContent Lines(string text) => new(text, Encoding.UTF8, "application/x-ndjson");
    }

    [Theory]
    [InlineData("application/xml")]
    [InlineData("application/x-ndjson")]
    public async Task A_list_of_thousands_of_signed_addresses_is_searched(string mediaType)
    {
        var urls = Enumerable.Range(0, 3000).Select(i => $"https://store.example/{i}.png?sig={i:x8}SIGNED&a={i}").ToList();
        var text = mediaType == "application/xml"
            ? $"<List>{string.Concat(urls.Select(url => $"<Url>{WebUtility.HtmlEncode(url)}</Url>"))}</List>"
            : string.Concat(urls.Select(url => JsonSerializer.Serialize(new { url }) + "\n"));
        await using var upstream = new FakeServer(FakeServer.Reply(200, text, $"Content-Type: {mediaType}"));
        using var recorder = new RecordingHandler();
        using var http = new HttpClient(recorder);
        await http.GetStringAsync(upstream.Url, Token);

        var json = recorder.ToFixture().ToJson();

        Assert.DoesNotContain("SIGNED", json, StringComparison.Ordinal);
        Assert.Equal(3000, System.Text.RegularExpressions.Regex.Count(json, "sig=REDACTED"));
    }

    [Fact]
    public async Task A_body_that_was_not_searched_is_not_in_the_fixture()
    {
        using var packed = new MemoryStream();
        await using (var gzip = new System.IO.Compression.GZipStream(packed, System.IO.Compression.CompressionMode.Compress, leaveOpen: true))
            await gzip.WriteAsync(Encoding.UTF8.GetBytes($"{{\"api_key\":\"{Signature}\",\"a\":\"{new string('x', 5000)}\"}}"), Token);
        await using var upstream = new FakeServer(async exchange =>
        {
            await exchange.WriteAsync($"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {packed.Length}\r\n\r\n");
            await exchange.WriteAsync(packed.ToArray());
        });
        using var recorder = new RecordingHandler(new RecordingOptions { MaxBodyBytes = 1000 });
        using var http = new HttpClient(recorder);
        await http.GetByteArrayAsync(upstream.Url, Token);

        var json = recorder.ToFixture().ToJson();

        Assert.Contains("\"digest\"", json, StringComparison.Ordinal);
        Assert.DoesNotContain("base64", json, StringComparison.Ordinal);
    }

    /// <summary>A fixture, and what its parts are encodings of.</summary>
    private static string Decoded(string json)
    {
        var all = new StringBuilder(json);
        foreach (System.Text.RegularExpressions.Match run in System.Text.RegularExpressions.Regex.Matches(json, "\"base64\": \"([^\"]*)\""))
            all.Append(Encoding.Latin1.GetString(Convert.FromBase64String(run.Groups[1].Value)));
        return WebUtility.HtmlDecode(Uri.UnescapeDataString(all.ToString()));
    }
}
