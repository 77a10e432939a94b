using Zoetrope.Errors;
using Zoetrope.Leonardo;

namespace Zoetrope.Jobs.Tests.Providers;

/// <summary>Leonardo: receipts that differ by operation, a cost at the submit in one of two units, and no cancel, because its DELETE deletes.</summary>
public sealed class LeonardoTests : ProviderTest
{
    private const string Id = "a1b2c3d4-e5f6-4890-abcd-ef1234567890";
    private const string Api = "cloud.leonardo.ai/api/rest/v1";

    [Fact]
    public async Task A_video_runs_to_its_file_and_its_cost_in_dollars()
    {
        const string Video = """{"id":"i-1","url":"https://cdn.leonardo.ai/a.jpg","nsfw":false,"motionMP4URL":"https://cdn.leonardo.ai/a.mp4","likeCount":0}""";
        await using var server = new FakeServer(
            Submitted("motionVideoGenerationJob", "\"0.0147\"", "DOLLARS"), Generation("PENDING"), Generation("COMPLETE", Video));
        using var client = Client(server);

        var job = await client.TextToVideoVEO3.SubmitAsync(
            new() { Prompt = "A lighthouse", Duration = 6, Resolution = "RESOLUTION_720" }, cancellationToken: Token);
        var submitted = job.LastStatus!.Metrics;
        var result = await job.WaitAsync(cancellationToken: Token);

        Assert.Equal(
            [$"POST {Api}/generations-text-to-video", $"GET {Api}/generations/{Id}", $"GET {Api}/generations/{Id}"], Lines(server));
        Assert.All(server.Requests, request => Assert.Equal("Bearer test-key", Header(request, "Authorization")));
        AssertBody("""{"model":"VEO3","prompt":"A lighthouse","duration":6,"resolution":"RESOLUTION_720"}""", server.Requests[0]);
        Assert.Equal(new JobMetrics(Cost: 0.0147m), submitted);
        Assert.Equal("https://cdn.leonardo.ai/a.mp4", Assert.Single(result.Value.GeneratedImages!).MotionMP4Url);
    }

    [Fact]
    public async Task Images_have_a_receipt_of_their_own_and_a_cost_in_credits()
    {
        const string Images = """{"id":"i-1","url":"https://cdn.leonardo.ai/1.jpg"},{"id":"i-2","url":"https://cdn.leonardo.ai/2.jpg"}""";
        await using var server = new FakeServer(Submitted("sdGenerationJob", "\"11\"", "CREDITS"), Generation("COMPLETE", Images));
        using var client = Client(server);

        var job = await client.TextToImage.SubmitAsync(new() { Prompt = "A cat", NumImages = 2, Width = 512, Height = 512 }, cancellationToken: Token);
        var submitted = job.LastStatus!.Metrics;
        var result = await job.WaitAsync(cancellationToken: Token);

        Assert.Equal($"POST {Api}/generations", Lines(server).First());
        AssertBody("""{"prompt":"A cat","num_images":2,"width":512,"height":512}""", server.Requests[0]);
        Assert.Equal(new JobMetrics(BillableUnits: 11) { Unit = "CREDITS" }, submitted);
        Assert.Equal(["https://cdn.leonardo.ai/1.jpg", "https://cdn.leonardo.ai/2.jpg"], result.Value.GeneratedImages!.Select(image => image.Url));
    }

    [Fact]
    public async Task A_video_from_an_image_names_its_image_and_its_model()
    {
        await using var server = new FakeServer(Submitted("motionVideoGenerationJob", "null", "DOLLARS"));
        using var client = Client(server);

        var job = await client.ImageToVideoKLING2_5.SubmitAsync(
            new() { Prompt = "It turns", ImageId = "i-1", ImageType = "GENERATED", Duration = 5 }, cancellationToken: Token);

        Assert.Equal($"POST {Api}/generations-image-to-video", Assert.Single(Lines(server)));
        AssertBody("""{"model":"KLING2_5","prompt":"It turns","imageId":"i-1","imageType":"GENERATED","duration":5}""", server.Requests[0]);
        Assert.Equal($"leonardo:image-to-video/KLING2_5:{Id}", job.Handle.ToString());
        Assert.Equal(JobMetrics.None, job.LastStatus!.Metrics);
    }

    [Fact]
    public async Task A_failed_job_has_failed()
    {
        await using var server = new FakeServer(Submitted("sdGenerationJob", "\"11\"", "CREDITS"), Generation("FAILED"));
        using var client = Client(server);

        var exception = await Assert.ThrowsAsync<JobFailedException>(() => client.TextToImage.RunAsync(new() { Prompt = "A cat" }, cancellationToken: Token));

        Assert.Equal(("FAILED", FailureKind.Unknown), (exception.LastStatus!.ProviderStatus, exception.Error.Kind));
    }

    [Fact]
    public async Task Nothing_is_deleted_to_cancel()
    {
        await using var server = new FakeServer(Generation("PENDING"));
        using var client = Client(server);

        Assert.Equal(CancelOutcome.NotSupported, await client.Resume(JobHandle.Parse($"leonardo:text-to-image:{Id}")).CancelAsync(Token));

        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task A_job_that_is_not_there_is_not_one_that_runs()
    {
        await using var server = new FakeServer(Json("""{"generations_by_pk":null}"""));
        using var client = Client(server);

        var job = client.Resume(JobHandle.Parse($"leonardo:text-to-image:{Id}"));
        var exception = await Assert.ThrowsAsync<JobWatchException>(() => job.GetStatusAsync(cancellationToken: Token));

        Assert.IsType<TransportException>(exception.InnerException);
    }

    private static Func<FakeServer.Exchange, Task> Submitted(string member, string amount, string unit) => Json(
        $$$$"""{"{{{{member}}}}":{"generationId":"{{{{Id}}}}","apiCreditCost":null,"cost":{"amount":{{{{amount}}}},"unit":"{{{{unit}}}}"}}}""");

    private static Func<FakeServer.Exchange, Task> Generation(string word, string images = "") => Json(
        $$$"""{"generations_by_pk":{"generated_images":[{{{images}}}],"id":"{{{Id}}}","status":"{{{word}}}","modelId":null}}""");

    private LeonardoClient Client(FakeServer server)
    {
        var options = Options<LeonardoClientOptions>(server);
        options.ApiKey = Key;
        return new(options);
    }
}
