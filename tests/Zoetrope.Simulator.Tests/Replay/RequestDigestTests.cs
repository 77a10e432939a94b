using System.Net;
using System.Text;
using Zoetrope.Simulator.Replay;

namespace Zoetrope.Simulator.Tests.Replay;

/// <summary>A request above the recording's limit is matched by its bytes, of which the fixture has a digest, and by nothing less.</summary>
public sealed class RequestDigestTests
{
    private const int Limit = 1000;

    private static readonly string _long = new('x', 3000);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Kinds => ["json", "text", "bytes", "form"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_body_above_the_limit_is_matched_by_its_bytes(string kind)
    {
        var fixture = await RecordAsync(kind, _long);
        Assert.True(fixture.ToJson().Length < 2000, fixture.ToJson());

        Assert.Equal(HttpStatusCode.OK, await PlayAsync(fixture, kind, _long));
        Assert.Equal(HttpStatusCode.BadRequest, await PlayAsync(fixture, kind, _long[..^1] + "y"));
        Assert.Equal(HttpStatusCode.BadRequest, await PlayAsync(fixture, kind, _long + "x"));
        Assert.Equal(HttpStatusCode.BadRequest, await PlayAsync(fixture, kind, "short"));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_body_below_the_limit_is_not_one_above_it(string kind)
    {
        var fixture = await RecordAsync(kind, "short");

        Assert.Equal(HttpStatusCode.OK, await PlayAsync(fixture, kind, "short"));
        Assert.Equal(HttpStatusCode.BadRequest, await PlayAsync(fixture, kind, _long));
    }

    [Fact]
    public async Task A_large_limit_holds_when_it_is_played_back()
    {
        // Larger than the default limit, and compared as JSON.
        var text = new string('x', 9 * 1024 * 1024);
        await using var upstream = new FakeServer(FakeServer.Reply(200, "{}"));
        using var recorder = new RecordingHandler(new RecordingOptions { MaxBodyBytes = 20 * 1024 * 1024 });
        using var http = new HttpClient(recorder);
        await http.PostAsync(upstream.Url, new StringContent($$"""{"a":"{{text}}","b":1}""", Encoding.UTF8, "application/json"), Token);
        using var replay = new ReplayHandler(ReplayFixture.Parse(recorder.ToFixture().ToJson()));
        using var player = new HttpClient(replay);

        using var response = await player.PostAsync(
            upstream.Url, new StringContent($$"""{ "b": 1.0, "a": "{{text}}" }""", Encoding.UTF8, "application/json"), Token);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData("{\"length\":3,\"sha256\":\"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\"}", "abc", true)]
    [InlineData("{\"length\":3,\"sha256\":\"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\"}", "abd", false)]
    [InlineData("{\"length\":3}", "abd", true)]
    [InlineData("{\"length\":3}", "abcd", false)]
    public async Task A_digest_that_is_written_by_hand_is_compared_by_all_that_it_has(string digest, string sent, bool isSame)
    {
        var fixture = ReplayFixture.Parse($$$"""
            {"zoetrope_fixture":1,"exchanges":[{"request":{"method":"PUT","url":"https://a.example/x","digest":{{{digest}}}},
             "response":{"status":200,"after_ms":0}}]}
            """);
        using var replay = new ReplayHandler(fixture);
        using var http = new HttpClient(replay);

        using var response = await http.PutAsync(new Uri("https://a.example/x"), new StringContent(sent), Token);

        Assert.Equal(isSame ? HttpStatusCode.OK : HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\r\n--")]
    [InlineData("\r\n--not-the-boundary\r\n")]
    [InlineData("--\r\n\r\n")]
    public async Task A_form_is_read_by_its_parts_wherever_its_bytes_are_divided(string content)
    {
        var fixture = await RecordAsync("form", content);

        Assert.Contains("\"file_name\": \"a.bin\"", fixture.ToJson(), StringComparison.Ordinal);
        Assert.Contains("\"text\": \"a note\"", fixture.ToJson(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await PlayAsync(fixture, "form", content));
        Assert.Equal(HttpStatusCode.OK, await PlayAsync(fixture, "form, byte by byte", content));
        Assert.Equal(HttpStatusCode.BadRequest, await PlayAsync(fixture, "form", content + "\r\n"));
    }

    [Fact]
    public async Task A_secret_number_is_compared_with_nothing()
    {
        await using var upstream = new FakeServer(FakeServer.Reply(200, "{}"));
        using var recorder = new RecordingHandler(new() { SecretNames = ["customer_id"] });
        using var http = new HttpClient(recorder);
        await http.PostAsync(upstream.Url, new StringContent("""{"customer_id":48213,"a":1}"""), Token);
        using var replay = new ReplayHandler(recorder.ToFixture(), new() { SecretNames = ["customer_id"] });
        using var player = new HttpClient(replay);

        Assert.Equal(HttpStatusCode.BadRequest, (await player.PostAsync(upstream.Url, new StringContent("""{"customer_id":7,"a":2}"""), Token)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await player.PostAsync(upstream.Url, new StringContent("""{"customer_id":7,"a":1}"""), Token)).StatusCode);
    }

    private static async Task<ReplayFixture> RecordAsync(string kind, string text)
    {
        await using var upstream = new FakeServer(FakeServer.Reply(200, "{}"));
        using var recorder = new RecordingHandler(new RecordingOptions { MaxBodyBytes = Limit });
        using var http = new HttpClient(recorder);
        using var response = await http.PostAsync(new Uri(upstream.Url, "/a"), Content(kind, text), Token);
        return ReplayFixture.Parse(recorder.ToFixture().ToJson());
    }

    private static async Task<HttpStatusCode> PlayAsync(ReplayFixture fixture, string kind, string text)
    {
        await using var server = await ReplayServer.StartAsync(fixture, cancellationToken: Token);
        using var http = new HttpClient();
        using var response = await http.PostAsync(new Uri(server.BaseUrl, "/a"), Content(kind, text), Token);
        return response.StatusCode;
    }

    private static HttpContent Content(string kind, string text)
    {
        switch (kind)
        {
            case "json":
                return new StringContent($$"""{"a":"{{text}}"}""", Encoding.UTF8, "application/json");
            case "text":
                return new StringContent(text);
            case "bytes":
                return new ByteArrayContent([0xff, 0, .. Encoding.UTF8.GetBytes(text)]);
            default:
                HttpContent file = kind == "form" ? new ByteArrayContent(Encoding.UTF8.GetBytes(text)) : new StreamContent(new ByteByByte(text), 1);
                return new MultipartFormDataContent { { new StringContent("a note"), "note" }, { file, "file", "a.bin" } };
        }
    }

    private sealed class ByteByByte(string text) : MemoryStream(Encoding.UTF8.GetBytes(text))
    {
        public override int Read(Span<byte> buffer) => base.Read(buffer[..1]);

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..1], cancellationToken);

        public override Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken) => CopyAsync(destination, cancellationToken);

        private async Task CopyAsync(Stream destination, CancellationToken cancellationToken)
        {
            var buffer = new byte[1];
            while (await ReadAsync(buffer, cancellationToken) > 0)
            {
                await destination.WriteAsync(buffer, cancellationToken);
                await destination.FlushAsync(cancellationToken);
            }
        }
    }
}
