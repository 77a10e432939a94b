using System.Net;
using System.Text;
using Zoetrope.Fal;
using Zoetrope.Fal.Models;
using Zoetrope.Runway;
using Zoetrope.Simulator.Replay;

namespace Zoetrope.Simulator.Tests.Replay;

/// <summary>A fixture is played back over HTTP, to clients that only take a base URL, and at the addresses that were recorded.</summary>
public sealed class ReplayServerTests
{
    // As the real service would have been recorded: hosts for each purpose, and the file of the result on one of its own.
    private const string OfService = """
        {"zoetrope_fixture":1,"exchanges":[
          {"request":{"method":"POST","url":"https://queue.fal.run/fal-ai/kling-video/o3/pro/image-to-video",
             "json":{"prompt":"She turns around","image_url":"https://example.com/a.png"}},
           "response":{"status":200,"after_ms":9,"headers":{"Content-Type":"application/json","x-fal-request-id":"job-1"},
             "json":{"request_id":"job-1","status":"IN_QUEUE","queue_position":0,
               "status_url":"https://queue.fal.run/fal-ai/kling-video/requests/job-1/status",
               "response_url":"https://queue.fal.run/fal-ai/kling-video/requests/job-1"}}},
          {"request":{"method":"GET","url":"https://queue.fal.run/fal-ai/kling-video/requests/job-1/status?logs=0"},
           "response":{"status":202,"after_ms":9,"headers":{"Content-Type":"application/json"},"json":{"request_id":"job-1","status":"IN_PROGRESS"}}},
          {"request":{"method":"GET","url":"https://queue.fal.run/fal-ai/kling-video/requests/job-1/status?logs=0"},
           "response":{"status":200,"after_ms":9,"headers":{"Content-Type":"application/json"},"json":{"request_id":"job-1","status":"COMPLETED"}}},
          {"request":{"method":"GET","url":"https://queue.fal.run/fal-ai/kling-video/requests/job-1"},
           "response":{"status":200,"after_ms":9,"headers":{"Content-Type":"application/json"},
             "json":{"video":{"url":"https://v3.fal.media/files/x/clip.mp4","content_type":"video/mp4"}}}},
          {"request":{"method":"POST","url":"https://fal.run/fal-ai/kling-video/o3/pro/image-to-video",
             "json":{"prompt":"She turns around","image_url":"https://example.com/a.png"}},
           "response":{"status":200,"after_ms":9,"headers":{"Content-Type":"application/json"},
             "json":{"video":{"url":"https://v3.fal.media/files/x/direct.mp4","content_type":"video/mp4"}}}},
          {"request":{"method":"GET","url":"https://v3.fal.media/files/x/clip.mp4"},
           "response":{"status":200,"after_ms":9,"headers":{"Content-Type":"video/mp4"},"base64":"AAECAw=="}}]}
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static KlingVideoO3ProImageToVideo.Request Request => new() { ImageUrl = Clients.Picture, Prompt = "She turns around" };

    [Fact]
    public async Task A_run_against_the_service_is_played_back_at_a_base_URL()
    {
        await using var replay = await ReplayServer.StartAsync(ReplayFixture.Parse(OfService), cancellationToken: Token);
        using var folder = new TemporaryFolder();
        using var fal = new FalClient(new() { BaseUrl = replay.BaseUrl, ApiKey = "any" });

        var result = await fal.KlingVideoO3ProImageToVideo.RunAsync(
            Request, wait: new() { PollInterval = TimeSpan.FromMilliseconds(5) }, cancellationToken: Token);
        var direct = await fal.RunDirectAsync(KlingVideoO3ProImageToVideo.Endpoint, Request, cancellationToken: Token);
        var path = await fal.SaveAsync(result.Value.Video, Path.Combine(folder.Path, "a.mp4"), cancellationToken: Token);

        Assert.Empty(replay.Unmatched);
        Assert.Equal(0, replay.Left);
        Assert.Equal($"{replay.BaseUrl}_origin/https/v3.fal.media/files/x/clip.mp4", result.Value.Video.Url);
        Assert.EndsWith("/direct.mp4", direct.Value.Video.Url, StringComparison.Ordinal);
        Assert.Equal([0, 1, 2, 3], await File.ReadAllBytesAsync(path, Token));
    }

    [Fact]
    public async Task The_handler_plays_the_same_fixture_at_the_services_own_hosts()
    {
        using var replay = new ReplayHandler(ReplayFixture.Parse(OfService));
        using var fal = new FalClient(new() { ApiKey = "any", HttpClient = new(replay, disposeHandler: false) });

        var result = await fal.KlingVideoO3ProImageToVideo.RunAsync(
            Request, wait: new() { PollInterval = TimeSpan.FromMilliseconds(5) }, cancellationToken: Token);
        var direct = await fal.RunDirectAsync(KlingVideoO3ProImageToVideo.Endpoint, Request, cancellationToken: Token);

        Assert.Equal(
            ("https://v3.fal.media/files/x/clip.mp4", "https://v3.fal.media/files/x/direct.mp4"), (result.Value.Video.Url, direct.Value.Video.Url));
        Assert.Equal(1, replay.Left);
    }

    [Fact]
    public async Task A_declared_provider_is_played_back_below_its_name_or_without_it()
    {
        await using var simulator = await Clients.StartBrieflyAsync();
        using var recorder = new RecordingHandler();
        using (var runway = new RunwayClient(
            new() { BaseUrl = new(simulator.BaseUrl, "runway"), ApiKey = "run-0123456789", HttpClient = new(recorder, disposeHandler: false) }))
            await RunAsync(runway);
        var fixture = recorder.ToFixture();
        Assert.DoesNotContain("run-0123456789", fixture.ToJson(), StringComparison.Ordinal);

        await using var replay = await ReplayServer.StartAsync(fixture, cancellationToken: Token);
        using (var runway = new RunwayClient(new() { BaseUrl = new(replay.BaseUrl, "runway"), ApiKey = "any" }))
            await RunAsync(runway);

        Assert.Empty(replay.Unmatched);

        static async Task RunAsync(RunwayClient runway) => Assert.NotEmpty((await runway.ImageToVideoGen4Turbo.RunAsync(
            new() { PromptImage = Clients.Picture, Ratio = "1280:720", Duration = 5 }, wait: Clients.Quickly, cancellationToken: Token)).Media);
    }

    [Fact]
    public async Task What_was_not_recorded_is_a_400_in_words()
    {
        await using var replay = await ReplayServer.StartAsync(ReplayFixture.Parse(OfService), cancellationToken: Token);
        using var http = new HttpClient();

        using var response = await http.GetAsync(new Uri(replay.BaseUrl, "/fal-ai/kling-video/requests/job-2/status?logs=0&key=hidden-key"), Token);

        Assert.Equal((HttpStatusCode.BadRequest, "unmatched"), (response.StatusCode, response.Headers.GetValues("x-zoetrope-replay").Single()));
        var problem = Assert.Single(replay.Unmatched);
        Assert.Equal(
            "No recorded request matches GET https://queue.fal.run/fal-ai/kling-video/requests/job-2/status?logs=0&key=REDACTED. The nearest is number 2, "
            + "GET https://queue.fal.run/fal-ai/kling-video/requests/job-1/status?logs=0: the path: recorded /fal-ai/kling-video/requests/job-1/status, sent "
            + "/fal-ai/kling-video/requests/job-2/status; parameter 'key' was not recorded.", problem);
        Assert.Contains("The nearest is number 2", await response.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"a":1,"b":[1.0,"x"],"c":null}""", """{"c":null,"b":[1,"x"],"a":1}""", true)]
    [InlineData("""{"a":1}""", """{"a":"1"}""", false)]
    [InlineData("""{"a":1}""", """{"a":1,"b":2}""", false)]
    [InlineData("""{"a":[1,2]}""", """{"a":[2,1]}""", false)]
    [InlineData("""{"a":"REDACTED"}""", """{"a":"anything"}""", true)]
    [InlineData("""{"a":"REDACTED"}""", """{"a":7}""", true)]
    [InlineData("""{"a":"dear REDACTED, hello"}""", """{"a":"dear Zoë, hello"}""", true)]
    [InlineData("""{"a":"dear REDACTED, hello"}""", """{"a":"dear Zoë, bye"}""", false)]
    [InlineData("17454220438242315174", "17454220438242315175", false)]
    public async Task Bodies_are_compared_by_their_meaning(string recorded, string sent, bool isSame)
    {
        const string Fixture = """
            {"zoetrope_fixture":1,"exchanges":[{"request":{"method":"POST","url":"https://a.example/x?b=2&a=1","json":BODY},
             "response":{"status":204,"after_ms":0,"headers":{}}}]}
            """;
        using var replay = new ReplayHandler(ReplayFixture.Parse(Fixture.Replace("BODY", recorded)));
        using var http = new HttpClient(replay);
        using var content = new StringContent(sent, Encoding.UTF8, "application/json");

        using var response = await http.PostAsync(new Uri("https://b.example/x?a=1&b=2"), content, Token);

        Assert.Equal(isSame ? HttpStatusCode.NoContent : HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task A_response_that_was_too_large_to_be_recorded_says_so()
    {
        await using var upstream = new FakeServer(FakeServer.Reply(200, new string('x', 2000)));
        using var recorder = new RecordingHandler(new RecordingOptions { MaxBodyBytes = 1000 });
        using var http = new HttpClient(recorder);
        Assert.Equal(2000, (await http.GetStringAsync(new Uri(upstream.Url, "/large"), Token)).Length);
        using var replay = new ReplayHandler(recorder.ToFixture());
        using var player = new HttpClient(replay);

        using var response = await player.GetAsync(new Uri(upstream.Url, "/large"), Token);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("had 2000 bytes, which were too many to be recorded: raise MaxBodyBytes.", Assert.Single(replay.Unmatched), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "The fixture is not JSON")]
    [InlineData("[]", "The fixture must be a JSON object.")]
    [InlineData("{}", "\"zoetrope_fixture\": 1")]
    [InlineData("""{"zoetrope_fixture":2,"exchanges":[]}""", "\"zoetrope_fixture\": 1")]
    [InlineData("""{"zoetrope_fixture":1}""", "'exchanges' must be a JSON array.")]
    [InlineData("""{"zoetrope_fixture":1,"exchanges":[{}]}""", "'request' of exchange 1 must be a JSON object.")]
    [InlineData("""{"zoetrope_fixture":1,"exchanges":[{"request":{"method":"GET","url":"/a"}}]}""", "'url' of exchange 1 is not an absolute address: '/a'.")]
    [InlineData("""{"zoetrope_fixture":1,"exchanges":[{"request":{"method":"GET","url":"https://a.example/"}}]}""", "exchange 1 has neither a 'response'")]
    [InlineData("""{"zoetrope_fixture":1,"exchanges":[{"request":{"method":"GET","url":"https://a.example/"},"response":{"status":2,"after_ms":0}}]}""",
        "'status' of exchange 1 is not an HTTP status: 2.")]
    [InlineData("""{"zoetrope_fixture":1,"exchanges":[{"request":{"method":"GET","url":"https://a.b"},"response":{"status":200,"after_ms":0,"base64":"?"}}]}""",
        "'base64' of exchange 1 is not base64.")]
    [InlineData("""{"zoetrope_fixture":1,"exchanges":[{"request":{"method":"GET","url":"https://a.b"},"failure":{"kind":"x","message":"","after_ms":0}}]}""",
        "'kind' of exchange 1 must be one of")]
    public async Task A_file_that_is_no_fixture_is_refused_in_words(string json, string problem)
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "a.json");
        await File.WriteAllTextAsync(path, json, Token);

        var exception = await Assert.ThrowsAsync<FormatException>(() => ReplayFixture.LoadAsync(path, Token));

        Assert.StartsWith(path + ": ", exception.Message, StringComparison.Ordinal);
        Assert.Contains(problem, exception.Message, StringComparison.Ordinal);
    }
}
