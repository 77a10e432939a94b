using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Zoetrope.Simulator.Replay;

namespace Zoetrope.Simulator.Tests.Replay;

/// <summary>No key is in a fixture, wherever the service or the client puts it and in whatever encoding.</summary>
public sealed class RecordingSecretTests
{
    // Characters that percent encoding, JSON, HTML and base64 all write differently.
    private const string Key = "kid+42/=&?<x>:s3cr%et\"\\k~y~9";
    private const string Person = "Zoë O'Hara-Müller";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Authorization", "Key {0}")]
    [InlineData("Authorization", "Bearer {0}")]
    [InlineData("Authorization", "{0}")]
    [InlineData("X-API-Key", "{0}")]
    [InlineData("X-Tenant-Secret", "{0}")]
    [InlineData("x-key", "{0}")]
    [InlineData("X-Auth-Token", "{0}")]
    [InlineData("Ocp-Apim-Subscription-Key", "{0}")]
    [InlineData("falKey", "{0}")]
    public async Task A_key_is_in_no_part_of_a_fixture(string header, string value)
    {
        var echoes = Echoes(Key);
        await using var upstream = new FakeServer([.. echoes.Select(echo => echo.Reply)]);
        using var recorder = new RecordingHandler();
        using var http = new HttpClient(recorder);
        for (var i = 0; i < echoes.Count; i++)
        {
            // What it echoes is in requests too, as a client that follows it would send it.
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(upstream.Url, $"/echo/{i}?q={Uri.EscapeDataString(echoes[i].Text)}"));
            request.Headers.TryAddWithoutValidation(header, string.Format(System.Globalization.CultureInfo.InvariantCulture, value, Key));
            request.Content = new StringContent(echoes[i].Text, Encoding.UTF8, i % 2 == 0 ? "application/json" : "text/plain");
            using var response = await http.SendAsync(request, Token);
            Assert.NotEmpty(await response.Content.ReadAsByteArrayAsync(Token));
        }

        var json = recorder.ToFixture().ToJson();

        Assert.Equal(echoes.Count, ReplayFixture.Parse(json).Count);
        foreach (var half in new[] { Key, Key.Split(':')[0], Key.Split(':')[1] })
            IsNowhere(half, json);
    }

    public static TheoryData<string> HeadersOfProviders => [.. Directory.EnumerateFiles(Repository.PathOf("specs"), "*.jobs.json", SearchOption.AllDirectories)
        .Select(file => System.Text.Json.Nodes.JsonNode.Parse(File.ReadAllText(file))!["auth"]?["header"]?.GetValue<string>()).OfType<string>().Distinct()];

    [Theory]
    [MemberData(nameof(HeadersOfProviders))]
    public async Task The_key_of_every_declared_provider_is_in_no_fixture(string header)
    {
        await using var upstream = new FakeServer(FakeServer.Reply(200, "{}"));
        using var recorder = new RecordingHandler();
        using var http = new HttpClient(recorder);
        using var request = new HttpRequestMessage(HttpMethod.Get, upstream.Url);
        request.Headers.TryAddWithoutValidation(header, "plain-key-1234");
        await http.SendAsync(request, Token);

        Assert.DoesNotContain("plain-key-1234", recorder.ToFixture().ToJson(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Words_that_only_have_the_name_of_a_secret_stay_elsewhere()
    {
        await using var upstream = new FakeServer(
            FakeServer.Reply(200, """{"images":["a"],"meta":[{"key":"images"},{"token":" beautiful"}],"customer_id":48213}"""));
        using var recorder = new RecordingHandler(new() { SecretNames = ["customer_id"] });
        using var http = new HttpClient(recorder);
        await http.GetStringAsync(new Uri(upstream.Url, "/images?page_token=images#access_token=frag-1234abcd"), Token);

        var json = recorder.ToFixture().ToJson();

        Assert.Contains("\"images\": [", json, StringComparison.Ordinal);
        Assert.Contains("/images?page_token=images", json, StringComparison.Ordinal);
        Assert.DoesNotContain("48213", json, StringComparison.Ordinal);
        Assert.DoesNotContain("frag-1234abcd", json, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public async Task A_body_that_cannot_be_decompressed_is_recorded_as_it_came(string coding)
    {
        await using var upstream = new FakeServer(FakeServer.Reply(200, "not compressed", $"Content-Encoding: {coding}"), FakeServer.Reply(200, "{}"));
        using var recorder = new RecordingHandler();
        using var http = new HttpClient(recorder);
        await http.GetByteArrayAsync(upstream.Url, Token);
        await http.GetByteArrayAsync(upstream.Url, Token);

        var fixture = recorder.ToFixture();

        Assert.Equal(2, fixture.Count);
        Assert.Contains($"\"Content-Encoding\": \"{coding}\"", fixture.ToJson(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tokens_signatures_and_passwords_of_bodies_and_addresses_are_taken_out()
    {
        const string Body = """
            {"token":"tok-11112222","token_type":"Bearer","max_tokens":5,
             "upload_url":"https://store.example/a?X-Amz-Signature=sig-33334444&X-Amz-Date=20260801&part=1",
             "nested":[{"api_key":"key-55556666","webhook_secret":"hook-77778888"}],"text":"see https://user:pass-99990000@host.example/x","expires_in":60}
            """;
        await using var upstream = new FakeServer(
            FakeServer.Reply(200, Body, "x-fal-cdn-token: cdn-aaaabbbb", "Set-Cookie: id=cook-ccccdddd"),
            FakeServer.Reply(200, "\"jwt-eeeeffff.a.b\"", "Content-Type: application/json"),
            FakeServer.Reply(200, "tok-11112222 and jwt-eeeeffff.a.b again"));
        using var recorder = new RecordingHandler();
        using var http = new HttpClient(recorder);
        var webhook = Uri.EscapeDataString("https://me.example/hook?token=mine-gggghhhh&a=1");
        await http.GetStringAsync(new Uri(upstream.Url, $"/a?fal_webhook={webhook}&fal_jwt_token=jwt-iiiijjjj"), Token);
        await http.GetStringAsync(new Uri(upstream.Url, "/tokens/"), Token);
        await http.GetStringAsync(new Uri(upstream.Url, "/b?next=tok-11112222"), Token);

        var json = recorder.ToFixture().ToJson();

        foreach (var secret in new[]
        {
            "tok-11112222", "sig-33334444", "key-55556666", "hook-77778888", "pass-99990000", "cdn-aaaabbbb", "cook-ccccdddd", "jwt-eeeeffff", "mine-gggghhhh",
            "jwt-iiiijjjj",
        })
            IsNowhere(secret, json);
        var first = JsonNode.Parse(json)!["exchanges"]![0]!;
        Assert.Equal(("Bearer", 5, 60), ((string)first["response"]!["json"]!["token_type"]!, (int)first["response"]!["json"]!["max_tokens"]!,
            (int)first["response"]!["json"]!["expires_in"]!));
        Assert.Equal("https://store.example/a?X-Amz-Signature=REDACTED&X-Amz-Date=20260801&part=1", (string)first["response"]!["json"]!["upload_url"]!);
        Assert.Contains("%26a%3D1", (string)first["request"]!["url"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_user_names_is_taken_out_by_value_and_by_name()
    {
        var echoes = Echoes(Person);
        await using var upstream = new FakeServer([.. echoes.Select(echo => echo.Reply), FakeServer.Reply(200, """{"e_mail":"x@y.example","age":7}""")]);
        using var recorder = new RecordingHandler(new RecordingOptions { Secrets = [Person], SecretNames = ["E-Mail", "age"] });
        using var http = new HttpClient(recorder);
        foreach (var (text, _) in echoes)
        {
            using var content = new StringContent(text, Encoding.UTF8, "application/json");
            using var response = await http.PostAsync(new Uri(upstream.Url, "/a?name=" + Uri.EscapeDataString(Person)), content, Token);
            await response.Content.ReadAsByteArrayAsync(Token);
        }
        await http.GetStringAsync(new Uri(upstream.Url, "/last?email=x@y.example"), Token);

        var json = recorder.ToFixture().ToJson();

        IsNowhere(Person, json);
        IsNowhere("x@y.example", json);
        // A number stays one, which is read as before.
        Assert.Equal(0, (int)JsonNode.Parse(json)!["exchanges"]![echoes.Count]!["response"]!["json"]!["age"]!);
    }

    [Fact]
    public async Task Forms_lose_their_secret_fields_and_are_played_back_with_others()
    {
        await using var upstream = new FakeServer(FakeServer.Reply(200, "{}"), FakeServer.Reply(200, "{}"));
        using var recorder = new RecordingHandler();
        using var http = new HttpClient(recorder);
        using (var response = await http.PostAsync(new Uri(upstream.Url, "/form"), Form("policy-1111"), Token))
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        using (var response = await http.PostAsync(new Uri(upstream.Url, "/plain"), Plain("pass-2222"), Token))
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var json = recorder.ToFixture().ToJson();
        IsNowhere("policy-1111", json);
        IsNowhere("pass-2222", json);

        using var replay = new ReplayHandler(ReplayFixture.Parse(json));
        using var player = new HttpClient(replay);
        Assert.Equal(HttpStatusCode.OK, (await player.PostAsync(new Uri("http://elsewhere.example/form"), Form("another"), Token)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await player.PostAsync(new Uri("http://elsewhere.example/plain"), Plain("another"), Token)).StatusCode);
        var other = await player.PostAsync(new Uri("http://elsewhere.example/form"), Form("a", "other content"), Token);
        Assert.Equal(HttpStatusCode.BadRequest, other.StatusCode);
        Assert.Contains("part 'file', body", Assert.Single(replay.Unmatched), StringComparison.Ordinal);

        static MultipartFormDataContent Form(string policy, string content = "content")
        {
            var file = new ByteArrayContent(Encoding.UTF8.GetBytes(content));
            file.Headers.ContentType = new MediaTypeHeaderValue("text/plain");
            return new MultipartFormDataContent { { new StringContent(policy), "policy" }, { new StringContent("a"), "other" }, { file, "file", "a.txt" } };
        }

        static FormUrlEncodedContent Plain(string password) =>
            new(new Dictionary<string, string> { ["password"] = password, ["grant type"] = "a b&c" });
    }

    /// <summary>Texts that have a secret in them, and responses that have such a text.</summary>
    private static List<(string Text, Func<FakeServer.Exchange, Task> Reply)> Echoes(string secret)
    {
        var bytes = Encoding.UTF8.GetBytes(secret);
        var allPercent = string.Concat(bytes.Select(value => $"%{value:x2}"));
        var allEscaped = string.Concat(secret.Select(c => $"\\u{(int)c:x4}"));
        string[] texts =
        [
            secret, Uri.EscapeDataString(secret), Uri.EscapeDataString(Uri.EscapeDataString(secret)), WebUtility.UrlEncode(secret), allPercent,
            WebUtility.HtmlEncode(secret), JavaScriptEncoder.Default.Encode(secret), allEscaped, Convert.ToHexString(bytes),
            .. Enumerable.Range(0, 3).Select(before => Convert.ToBase64String([.. new byte[before], .. bytes, .. "tail"u8])),
            Convert.ToBase64String(bytes).Replace('+', '-').Replace('/', '_').TrimEnd('='),
            Convert.ToBase64String(Encoding.UTF8.GetBytes("user:" + secret)),
            Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.EscapeDataString(secret))),
            Convert.ToBase64String(Encoding.UTF8.GetBytes(Convert.ToBase64String(bytes))),
            Convert.ToBase64String(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new { secret }))),
            JsonSerializer.Serialize(new { message = $"the key {secret} is not valid" }),
            JsonSerializer.Serialize(new { inner = JsonSerializer.Serialize(new { message = secret }) }),
            "{\"message\":\"" + allEscaped + "\"}",
            $"{{\"url\":\"https://user:{Uri.EscapeDataString(secret)}@host.example/a?next={Uri.EscapeDataString("https://b.example/?k=" + secret)}\"}}",
            $"data:text/plain;base64,{Convert.ToBase64String(bytes)}",
        ];
        var echoes = texts
            .Select(text => (text, FakeServer.Reply(400, text, "Content-Type: " + (text[0] == '{' ? "application/json" : "text/html"))))
            .ToList();
        var events = $"event: a\ndata: {{\"error\":\"{JavaScriptEncoder.Default.Encode(secret)}\"}}\n\ndata: {Uri.EscapeDataString(secret)}\n\n";
        echoes.Add(("events", FakeServer.Reply(200, events, "Content-Type: text/event-stream")));
        echoes.Add(("a header", FakeServer.Reply(200, "{}", "X-Note: the key is " + Uri.EscapeDataString(secret))));
        echoes.Add(("bytes", Binary([0, 1, 0xff, .. bytes, 0], "Content-Type: application/octet-stream")));
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionMode.Compress))
            gzip.Write(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new { message = secret })));
        echoes.Add(("gzip", Binary(packed.ToArray(), "Content-Type: application/json", "Content-Encoding: gzip")));
        return echoes;
    }

    private static Func<FakeServer.Exchange, Task> Binary(byte[] body, params string[] headers) => async exchange =>
    {
        var head = string.Concat(headers.Select(header => header + "\r\n"));
        await exchange.WriteAsync($"HTTP/1.1 200 OK\r\n{head}Content-Length: {body.Length}\r\nConnection: close\r\n\r\n");
        await exchange.WriteAsync(body);
        exchange.Close();
    };

    /// <summary>Looks for a secret in a fixture as it is, in all its strings, and in what these are encodings of.</summary>
    private static void IsNowhere(string secret, string json)
    {
        var haystacks = new HashSet<string>(StringComparer.Ordinal) { json };
        Collect(JsonNode.Parse(json), haystacks);
        for (var round = 0; round < 3; round++)
        {
            foreach (var text in haystacks.ToList())
            {
                haystacks.Add(Uri.UnescapeDataString(text));
                haystacks.Add(WebUtility.UrlDecode(text));
                haystacks.Add(WebUtility.HtmlDecode(text));
                foreach (System.Text.RegularExpressions.Match run in System.Text.RegularExpressions.Regex.Matches(text, "[A-Za-z0-9+/_-]{8,}"))
                {
                    var plain = run.Value.Replace('-', '+').Replace('_', '/');
                    var buffer = new byte[plain.Length];
                    if (Convert.TryFromBase64String(plain.PadRight((plain.Length + 3) / 4 * 4, '='), buffer, out var length))
                        haystacks.Add(Encoding.UTF8.GetString(buffer, 0, length));
                    if (plain.Length % 2 == 0 && plain.All(char.IsAsciiHexDigit))
                        haystacks.Add(Encoding.UTF8.GetString(Convert.FromHexString(plain)));
                }
                haystacks.Add(System.Text.RegularExpressions.Regex.Replace(text, @"\\u([0-9a-fA-F]{4})",
                    match => ((char)Convert.ToInt32(match.Groups[1].Value, 16)).ToString()).Replace("\\\"", "\"").Replace("\\\\", "\\"));
            }
        }
        Assert.All(haystacks, text => Assert.DoesNotContain(secret, text, StringComparison.Ordinal));
    }

    private static void Collect(JsonNode? json, HashSet<string> texts)
    {
        switch (json)
        {
            case JsonObject members:
                foreach (var (name, value) in members)
                {
                    texts.Add(name);
                    Collect(value, texts);
                }
                break;
            case JsonArray items:
                foreach (var item in items)
                    Collect(item, texts);
                break;
            case JsonValue value when value.GetValueKind() == JsonValueKind.String:
                texts.Add(value.GetValue<string>());
                break;
        }
    }
}
