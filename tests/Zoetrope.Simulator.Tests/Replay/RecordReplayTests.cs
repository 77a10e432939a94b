using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Zoetrope.Errors;
using Zoetrope.Fal;
using Zoetrope.Fal.Models;
using Zoetrope.Jobs;
using Zoetrope.Json;
using Zoetrope.Simulator.Replay;
using Zoetrope.Uploads;

namespace Zoetrope.Simulator.Tests.Replay;

/// <summary>A run against a service becomes a fixture, and the fixture is played back to the client: without the service, and the same each time.</summary>
public sealed class RecordReplayTests
{
    private const string Key = "kid-12345:s3cret-67890";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static KlingVideoO3ProImageToVideo.Request Request => new() { ImageUrl = Clients.Picture, Prompt = "She turns around, höchst elegant" };

    [Fact]
    public async Task A_run_with_its_states_its_result_and_its_file_is_played_back()
    {
        var (fixture, recorded) = await RecordAsync(PlayRunAsync);

        for (var time = 0; time < 2; time++)
        {
            var (replay, played) = await PlayAsync(fixture, PlayRunAsync);
            Assert.Empty(replay.Unmatched);
            Assert.Equal(0, replay.Left);
            Assert.Equal(recorded, played);
        }
    }

    [Fact]
    public async Task A_fixture_is_the_same_text_each_time_and_after_it_was_read()
    {
        var (fixture, _) = await RecordAsync(PlayRunAsync);
        var json = fixture.ToJson();

        Assert.Equal(json, fixture.ToJson());
        Assert.Equal(json, ReplayFixture.Parse(json).ToJson());
        Assert.DoesNotContain('\r', json);
        Assert.Contains("\"prompt\": \"She turns around, höchst elegant\"", json, StringComparison.Ordinal);
        Assert.Contains("\"Authorization\": \"Key REDACTED\"", json, StringComparison.Ordinal);
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "run.json");
        await File.WriteAllTextAsync(path, json, Token);
        Assert.Equal(fixture.Count, (await ReplayFixture.LoadAsync(path, Token)).Count);
    }

    [Fact]
    public async Task A_stream_is_played_back_event_by_event()
    {
        var (fixture, recorded) = await RecordAsync(PlayStreamAsync);
        Assert.Equal(3, recorded.Split('\n').Length);
        Assert.Contains("\"events\": [", fixture.ToJson(), StringComparison.Ordinal);

        var (replay, played) = await PlayAsync(fixture, PlayStreamAsync);

        Assert.Empty(replay.Unmatched);
        Assert.Equal(recorded, played);
    }

    [Fact]
    public async Task Events_come_at_their_times_by_the_clock_or_at_once()
    {
        var (recorded, _) = await RecordAsync(PlayStreamAsync);
        // The times of a run are another each time; these are a test's.
        var json = JsonNode.Parse(recorded.ToJson())!;
        var response = json["exchanges"]![0]!["response"]!;
        response["after_ms"] = 60_000;
        for (var i = 0; i < 3; i++)
            response["events"]![i]!["after_ms"] = 120_000 * (i + 1);
        var fixture = ReplayFixture.Parse(json.ToJsonString());

        var clock = new SimulatorClock { SkipsDelays = true };
        var start = clock.GetUtcNow();
        await PlayAsync(fixture, PlayStreamAsync, new() { OriginalTiming = true, TimeProvider = clock });
        Assert.Equal(TimeSpan.FromMinutes(6), clock.GetUtcNow() - start);

        start = clock.GetUtcNow();
        await PlayAsync(fixture, PlayStreamAsync, new() { TimeProvider = clock });
        Assert.Equal(TimeSpan.Zero, clock.GetUtcNow() - start);
    }

    [Theory]
    [InlineData(FalUploadRoute.Presigned, false)]
    [InlineData(FalUploadRoute.Presigned, true)]
    [InlineData(FalUploadRoute.Cdn, false)]
    [InlineData(FalUploadRoute.Cdn, true)]
    public async Task An_upload_is_played_back_without_its_bytes_and_its_signatures(FalUploadRoute route, bool isInParts)
    {
        const int MiB = 1024 * 1024;
        var content = RandomNumberGenerator.GetBytes(isInParts ? (11 * MiB) + 5 : 3000);
        var options = new FalUploadOptions { Route = route, PartsAbove = isInParts ? 10 * MiB : null, PartBytes = 5 * MiB, PartsAtOnce = 2 };
        var (fixture, recorded) = await RecordAsync(UploadAsync);

        var json = fixture.ToJson();
        Assert.True(json.Length < 20_000, json);
        Assert.Contains(route == FalUploadRoute.Cdn ? "Bearer REDACTED" : "signature=REDACTED", json, StringComparison.Ordinal);
        var (replay, played) = await PlayAsync(fixture, UploadAsync);
        Assert.Empty(replay.Unmatched);
        Assert.Equal(recorded, played);

        // Another file is no replay of this one.
        content[^1] ^= 1;
        var failure = await Assert.ThrowsAnyAsync<ZoetropeException>(() => PlayAsync(fixture, UploadAsync));
        Assert.Contains("with other content", failure.ToString(), StringComparison.Ordinal);

        async Task<string> UploadAsync(FalClient fal) => (await fal.Files.UploadAsync(UploadFile.FromBytes(content, "a.bin"), options, Token)).Url!;
    }

    [Fact]
    public async Task A_result_of_bytes_is_played_back()
    {
        var bytes = RandomNumberGenerator.GetBytes(5000);
        var (fixture, _) = await RecordAsync(RunAsync, simulator => simulator.AddFault(
            new() { Kind = FaultKind.JobResult, MediaType = "image/png", Body = Convert.ToBase64String(bytes) }));

        await PlayAsync(fixture, RunAsync);

        async Task<string> RunAsync(FalClient fal)
        {
            var job = await fal.SubmitAsync(Support.FalId, RawJson.Parse(Support.GoodInput().ToJsonString()), cancellationToken: Token);
            var output = await job.WaitAsync(Clients.Quickly, Token);
            Assert.Equal(bytes, output.Content!.Bytes.ToArray());
            return "";
        }
    }

    [Fact]
    public async Task Failures_are_played_back_too()
    {
        var (fixture, recorded) = await RecordAsync(RunAsync, simulator =>
        {
            simulator.AddFault(new() { Kind = FaultKind.Status, StatusCode = 503, Operation = SimulatorOperation.Status });
            simulator.AddFault(new() { Kind = FaultKind.Truncate, Operation = SimulatorOperation.Status });
            simulator.AddFault(new() { Kind = FaultKind.Reset, Operation = SimulatorOperation.Status });
            simulator.AddFault(new() { Kind = FaultKind.JobFailure });
        });
        Assert.Contains("content_policy_violation", recorded, StringComparison.Ordinal);
        Assert.Contains("\"failure\"", fixture.ToJson(), StringComparison.Ordinal);

        var (replay, played) = await PlayAsync(fixture, RunAsync);

        Assert.Empty(replay.Unmatched);
        Assert.Equal(recorded, played);

        static async Task<string> RunAsync(FalClient fal)
        {
            var failure = await Assert.ThrowsAsync<JobFailedException>(
                () => fal.KlingVideoO3ProImageToVideo.RunAsync(Request, wait: Clients.Quickly, cancellationToken: Token));
            return $"{failure.Handle} {failure.Error.Type}";
        }
    }

    [Fact]
    public async Task A_submit_that_was_recorded_once_is_not_played_twice()
    {
        var (fixture, _) = await RecordAsync(PlayRunAsync);
        using var replay = new ReplayHandler(fixture);
        using var fal = Client(replay);
        await fal.KlingVideoO3ProImageToVideo.SubmitAsync(Request, cancellationToken: Token);

        var refused = await Assert.ThrowsAnyAsync<ZoetropeException>(() => fal.KlingVideoO3ProImageToVideo.SubmitAsync(Request, cancellationToken: Token));

        Assert.Contains("was recorded once, and all of that was played back already", refused.Message, StringComparison.Ordinal);
        Assert.Contains("another job", Assert.Single(replay.Unmatched), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_response_to_a_request_that_was_not_recorded_names_the_nearest_one()
    {
        var (fixture, _) = await RecordAsync(PlayRunAsync);
        using var replay = new ReplayHandler(fixture);
        using var fal = Client(replay);
        var other = Request;
        other.Prompt = "She sits down";

        var refused = await Assert.ThrowsAnyAsync<ZoetropeException>(() => fal.KlingVideoO3ProImageToVideo.SubmitAsync(other, cancellationToken: Token));

        Assert.Contains("The nearest is number 1, POST http://", refused.Message, StringComparison.Ordinal);
        Assert.Contains("body at /prompt: recorded \"She turns around", refused.Message, StringComparison.Ordinal);
        Assert.Contains("sent \"She sits down\"", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", refused.ToString(), StringComparison.Ordinal);
    }

    /// <summary>A run from its submit to the file of its result; the text says all that a caller sees of it.</summary>
    private static async Task<string> PlayRunAsync(FalClient fal)
    {
        var seen = new List<string>();
        var progress = new Progress(status => seen.Add($"{status.State} {status.QueuePosition} {string.Join('|', status.Logs.Select(line => line.Message))}"));
        var result = await fal.KlingVideoO3ProImageToVideo.RunAsync(
            Request, wait: new() { PollInterval = TimeSpan.FromMilliseconds(15), IncludeLogs = true, Progress = progress }, cancellationToken: Token);
        using var folder = new TemporaryFolder();
        var path = await fal.SaveAsync(result.Value.Video, Path.Combine(folder.Path, "a.mp4"), cancellationToken: Token);
        var file = Convert.ToHexString(SHA256.HashData(await File.ReadAllBytesAsync(path, Token)));
        return $"{string.Join('\n', seen)}\n{result.Handle} {result.RequestId} {result.Metrics.BillableUnits} {result.Value.Video.Url} {file}";
    }

    private static async Task<string> PlayStreamAsync(FalClient fal)
    {
        var urls = new List<string>();
        await foreach (var part in fal.StreamAsync(KlingVideoO3ProImageToVideo.Endpoint, Request).WithCancellation(Token))
            urls.Add(part.Video.Url);
        return string.Join('\n', urls);
    }

    private static async Task<(ReplayFixture Fixture, string Seen)> RecordAsync(Func<FalClient, Task<string>> act, Action<MediaSimulator>? script = null)
    {
        await using var upstream = await Clients.StartBrieflyAsync();
        script?.Invoke(upstream);
        using var recorder = new RecordingHandler();
        using var http = new HttpClient(recorder);
        using var fal = new FalClient(new() { BaseUrl = upstream.BaseUrl, ApiKey = Key, HttpClient = http });
        var seen = await act(fal);
        // What is played must have been read from a file.
        var json = recorder.ToFixture().ToJson();
        Assert.DoesNotContain("s3cret", json, StringComparison.Ordinal);
        Assert.DoesNotContain("kid-12345", json, StringComparison.Ordinal);
        return (ReplayFixture.Parse(json), seen);
    }

    private static async Task<(ReplayHandler Replay, string Seen)> PlayAsync(
        ReplayFixture fixture, Func<FalClient, Task<string>> act, ReplayOptions? options = null)
    {
        using var replay = new ReplayHandler(fixture, options);
        using var fal = Client(replay);
        return (replay, await act(fal));
    }

    private static FalClient Client(ReplayHandler replay) =>
        new(new() { BaseUrl = new("http://127.0.0.1:1"), ApiKey = "any", HttpClient = new(replay, disposeHandler: false) });

    private sealed class Progress(Action<JobStatus> report) : IProgress<JobStatus>
    {
        public void Report(JobStatus value) => report(value);
    }
}
