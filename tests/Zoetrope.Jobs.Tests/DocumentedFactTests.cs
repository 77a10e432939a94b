using Zoetrope.BlackForestLabs;
using Zoetrope.Jobs.Tests.Providers;
using Zoetrope.Json;
using Zoetrope.Leonardo;
using Zoetrope.Replicate;
using Zoetrope.Runway;
using Zoetrope.Topaz;

namespace Zoetrope.Jobs.Tests;

/// <summary>Facts of declarations that reach the user: how long jobs and files are kept, and costs that only the submit states.</summary>
public sealed class DocumentedFactTests : ProviderTest
{
    private static readonly DateTimeOffset _start = new FakeTime().GetUtcNow();

    [Fact]
    public async Task A_job_that_is_not_found_may_be_older_than_the_provider_keeps_jobs()
    {
        await using var server = new FakeServer(FakeServer.Reply(404, "{}"));
        var (topazOptions, replicateOptions) = (Options<TopazClientOptions>(server), Options<ReplicateClientOptions>(server));
        topazOptions.ApiKey = replicateOptions.ApiKey = Key;
        using var topaz = new TopazClient(topazOptions);
        using var replicate = new ReplicateClient(replicateOptions);

        var aged = await Assert.ThrowsAsync<JobWatchException>(
            () => topaz.Enhance.Resume(new("topaz", "enhance", "p1")).GetStatusAsync(cancellationToken: Token));
        var other = await Assert.ThrowsAsync<JobWatchException>(
            () => replicate.Resume(new("replicate", "a/b", "p1")).GetStatusAsync(cancellationToken: Token));

        Assert.Contains("topaz keeps a job for 7 days; an older one is not found any more.", aged.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("keeps a job", other.Message, StringComparison.Ordinal);
        Assert.Equal((TimeSpan.FromDays(7), null), (TopazClient.Description.Retention, ReplicateClient.Description.Retention));
        Assert.Equal(TimeSpan.FromDays(7), topaz.Protocol.Retention);
    }

    [Fact]
    public async Task An_error_that_is_not_about_the_job_says_nothing_of_its_age()
    {
        await using var server = new FakeServer(FakeServer.Reply(401, "{}"));
        var options = Options<TopazClientOptions>(server);
        options.ApiKey = Key;
        using var topaz = new TopazClient(options);

        var exception = await Assert.ThrowsAsync<JobWatchException>(
            () => topaz.Enhance.Resume(new("topaz", "enhance", "p1")).GetStatusAsync(cancellationToken: Token));

        Assert.DoesNotContain("keeps a job", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_expire_when_the_response_says_so()
    {
        await using var server = new FakeServer(
            Json("""{"process_id":"p1","status":"Completed"}"""),
            Json("""{"download_url":"https://topaz.example/a.png","head_url":"https://topaz.example/a","expiry":1767326645}"""));
        var options = Options<TopazClientOptions>(server);
        options.ApiKey = Key;
        using var client = new TopazClient(options);

        var result = await client.Enhance.Resume(new("topaz", "enhance", "p1")).WaitAsync(cancellationToken: Token);

        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1767326645), result.FilesExpireAt);
    }

    [Fact]
    public async Task Files_expire_after_the_documented_time()
    {
        await using var server = new FakeServer(Json("""{"id":"p1","status":"SUCCEEDED","output":["https://runway.example/a.mp4"]}"""));
        var options = Options<RunwayClientOptions>(server);
        options.ApiKey = Key;
        using var client = new RunwayClient(options);

        var result = await client.Resume(new("runway", "image_to_video/gen4_turbo", "p1")).WaitAsync(cancellationToken: Token);

        Assert.InRange(result.FilesExpireAt!.Value, _start.AddHours(24), _start.AddHours(25));
        Assert.Equal((TimeSpan.FromHours(24), false), (RunwayClient.Description.FileLifetime, RunwayClient.Description.FilesNeedKey));
        Assert.Equal(TimeSpan.FromHours(1), ReplicateClient.Description.FileLifetime);
    }

    [Fact]
    public async Task A_cost_that_only_the_submit_states_is_that_of_the_result()
    {
        await using var server = new FakeServer(
            Json("""{"sdGenerationJob":{"generationId":"g1","cost":{"amount":"0.0147","unit":"DOLLARS"}}}"""),
            Json("""{"generations_by_pk":{"id":"g1","status":"COMPLETE","generated_images":[{"url":"https://leonardo.example/a.png"}]}}"""),
            Json("""{"id":"b1","cost":3.5}"""), Json("""{"id":"b1","status":"Ready","result":{"sample":"https://bfl.example/a.png"}}"""));
        var (leonardoOptions, bflOptions) = (Options<LeonardoClientOptions>(server), Options<BlackForestLabsClientOptions>(server));
        leonardoOptions.ApiKey = bflOptions.ApiKey = Key;
        using var leonardo = new LeonardoClient(leonardoOptions);
        using var bfl = new BlackForestLabsClient(bflOptions);

        var job = await leonardo.TextToImage.SubmitAsync(new() { Prompt = "a cat" }, cancellationToken: Token);
        var dollars = (await job.WaitAsync(cancellationToken: Token)).Metrics;
        var credits = (await bfl.Flux2Pro.RunAsync(new() { Prompt = "a cat" }, cancellationToken: Token)).Metrics;

        Assert.Equal(new JobMetrics(Cost: 0.0147m), dollars);
        Assert.Equal(new JobMetrics(BillableUnits: 3.5m) { Unit = "credits" }, credits);
    }

    [Fact]
    public async Task A_cost_at_the_end_counts_and_not_the_most_that_it_could_have_been()
    {
        await using var server = new FakeServer(
            Json("""{"id":"p1","estimatedCost":{"credits":50}}"""),
            Json("""{"id":"p1","status":"SUCCEEDED","output":["https://a.example/a.mp4"],"cost":{"credits":25}}"""),
            Json("""{"id":"p2","estimatedCost":{"credits":50}}"""), Json("""{"id":"p2","status":"SUCCEEDED","output":["https://a.example/a.mp4"]}"""));
        var options = Options<RunwayClientOptions>(server);
        options.ApiKey = Key;
        using var client = new RunwayClient(options);
        var input = RawJson.Parse("""{"promptText":"a cat","ratio":"1280:720"}""");

        var known = await (await client.SubmitAsync("text_to_video/gen4.5", input, cancellationToken: Token)).WaitAsync(cancellationToken: Token);
        var unknown = await (await client.SubmitAsync("text_to_video/gen4.5", input, cancellationToken: Token)).WaitAsync(cancellationToken: Token);

        Assert.Equal((25m, false), (known.Metrics.BillableUnits, known.Metrics.IsCeiling));
        Assert.Equal((50m, true), (unknown.Metrics.BillableUnits, unknown.Metrics.IsCeiling));
    }
}
