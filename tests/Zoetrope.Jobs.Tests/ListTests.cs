using System.Globalization;
using Zoetrope.ElevenLabs;
using Zoetrope.Errors;
using Zoetrope.Jobs.Tests.Odd;
using Zoetrope.Jobs.Tests.Providers;
using Zoetrope.Luma;
using Zoetrope.Replicate;

namespace Zoetrope.Jobs.Tests;

/// <summary>Lists of jobs: pages by address, by cursor and by offset, in every declared provider that has them.</summary>
public sealed class ListTests : ProviderTest
{
    private static readonly DateTimeOffset _noon = new(2026, 11, 28, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Replicate_has_the_address_of_the_next_page_and_stops_at_the_first_job_that_is_too_old()
    {
        await using var server = new FakeServer(
            Json($$"""
                {"previous":null,"next":"https://api.replicate.com/v1/predictions?cursor=c1","results":[
                {{Prediction("p3", "processing", _noon.AddMinutes(2))}},{{Prediction("p2", "aborted", _noon.AddMinutes(1), "someone/else")}}]}
                """),
            Json($$"""
                {"next":"https://api.replicate.com/v1/predictions?cursor=c2","results":[
                {{Prediction("p1", "succeeded", _noon)}},{{Prediction("p0", "succeeded", _noon.AddSeconds(-1))}}]}
                """));
        using var client = Client(server);

        var jobs = await client.ListJobsAsync(new() { CreatedAfter = _noon }, Token).ToListAsync(Token);

        Assert.Equal(
            ["GET api.replicate.com/v1/predictions?created_after=2026-11-28T12%3A00%3A00Z", "GET api.replicate.com/v1/predictions?cursor=c1"], Lines(server));
        Assert.Equal("Bearer test-key", Header(server.Requests[1], "Authorization"));
        Assert.Equal(["p3", "p2", "p1"], jobs.Select(job => job.JobId));
        Assert.Equal([JobState.Running, JobState.Canceled, JobState.Completed], jobs.Select(job => job.Status.State));
        Assert.Equal("replicate:black-forest-labs/flux-2-pro:p3", jobs[0].Handle!.ToString());
        Assert.Equal(("someone/else", _noon.AddMinutes(1)), (jobs[1].EndpointId, jobs[1].CreatedAt));
    }

    [Fact]
    public async Task A_job_beside_an_item_that_is_not_one_is_found()
    {
        await using var server = new FakeServer(Json($$"""{"next":null,"results":[{"id":"","status":"x"},{{Prediction("p1", "starting", _noon)}}]}"""));
        using var client = Client(server);
        var found = new List<string>();

        var exception = await Assert.ThrowsAsync<TransportException>(async () =>
        {
            await foreach (var job in client.ListJobsAsync(cancellationToken: Token))
                found.Add(job.JobId);
        });

        Assert.Equal(["p1"], found);
        Assert.Contains("An item of the list has no job id", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_finds_the_job_of_a_submit_whose_response_was_lost()
    {
        await using var server = new FakeServer(
            FakeServer.Reset, Json($$"""{"next":null,"results":[{{Prediction("p1", "starting", _noon)}},{{Prediction("p0", "starting", _noon, "a/b")}}]}"""),
            Json("""{"id":"p1","status":"succeeded","output":"https://replicate.delivery/a.webp"}"""));
        using var client = Client(server);
        var request = new BlackForestLabsFlux2Pro.Request { Prompt = "a cat" };

        var lost = await Assert.ThrowsAsync<SubmitException>(() => client.BlackForestLabsFlux2Pro.SubmitAsync(request, cancellationToken: Token));
        var found = await client.ListJobsAsync(new() { EndpointId = "black-forest-labs/flux-2-pro" }, Token).ToListAsync(Token);
        var result = await client.BlackForestLabsFlux2Pro.Resume(Assert.Single(found).Handle!).WaitAsync(cancellationToken: Token);

        Assert.False(lost.WasNotAccepted);
        Assert.Equal("https://replicate.delivery/a.webp", result.Value.Image.Url);
        Assert.Single(server.Requests, line => line.StartsWith("POST", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("https://evil.example/v1/predictions?cursor=c1")]
    [InlineData("http://api.replicate.com/v1/predictions?cursor=c1")]
    public async Task A_next_page_elsewhere_does_not_get_the_key(string next)
    {
        await using var server = new FakeServer(Json($$"""{"next":"{{next}}","results":[{{Prediction("p1", "starting", _noon)}}]}"""));
        using var client = Client(server);
        var jobs = new List<ListedJob>();

        await Assert.ThrowsAsync<TransportException>(async () =>
        {
            await foreach (var job in client.ListJobsAsync(cancellationToken: Token))
                jobs.Add(job);
        });

        Assert.Equal((1, 1), (jobs.Count, server.Requests.Length));
    }

    [Fact]
    public async Task Pages_that_lead_back_to_one_before_end()
    {
        await using var server = new FakeServer(
            Json("""{"next":"https://api.replicate.com/v1/predictions?cursor=c1","results":[]}"""));
        using var client = Client(server);

        await Assert.ThrowsAsync<TransportException>(async () => await client.ListJobsAsync(cancellationToken: Token).ToListAsync(Token));

        Assert.Equal(2, server.Requests.Length);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"results":null}""")]
    [InlineData("""{"results":[{"status":"starting"}]}""")]
    [InlineData("""{"results":[{"id":"p1"}]}""")]
    [InlineData("""{"results":[7]}""")]
    [InlineData("<html>")]
    public async Task What_is_not_a_list_of_jobs_is_an_error(string body)
    {
        await using var server = new FakeServer(Json(body));
        using var client = Client(server);

        await Assert.ThrowsAsync<TransportException>(async () => await client.ListJobsAsync(cancellationToken: Token).ToListAsync(Token));
    }

    [Fact]
    public async Task An_error_of_the_provider_is_that_error()
    {
        await using var server = new FakeServer(FakeServer.Reply(401, """{"detail":"no"}"""));
        using var client = Client(server);

        await Assert.ThrowsAsync<ServiceException>(async () => await client.ListJobsAsync(cancellationToken: Token).ToListAsync(Token));
    }

    [Fact]
    public async Task Luma_has_pages_by_the_number_of_jobs_before_them_and_in_no_stated_order()
    {
        await using var server = new FakeServer(
            Json($$"""{"has_more":true,"generations":[{{Generation("g1", _noon.AddHours(-1))}},{{Generation("g2", _noon)}}]}"""),
            Json($$"""{"has_more":true,"generations":[{{Generation("g3", _noon.AddHours(1))}}]}"""), Json("""{"has_more":true,"generations":[]}"""));
        var options = Options<LumaClientOptions>(server);
        options.ApiKey = Key;
        using var client = new LumaClient(options);

        var jobs = await client.ListJobsAsync(new() { CreatedAfter = _noon }, Token).ToListAsync(Token);

        Assert.Equal(["g2", "g3"], jobs.Select(job => job.JobId));
        Assert.Equal(
            new[] { "?limit=100", "?limit=100&offset=2", "?limit=100&offset=3" }.Select(query => "GET api.lumalabs.ai/dream-machine/v1/generations" + query),
            Lines(server));
        Assert.Equal("luma:ray-2:g2", jobs[0].Handle!.ToString());
    }

    [Fact]
    public async Task A_list_whose_pages_repeat_the_same_jobs_ends()
    {
        await using var server = new FakeServer(Json($$"""{"has_more":true,"generations":[{{Generation("g1", _noon)}}]}"""));
        var options = Options<LumaClientOptions>(server);
        options.ApiKey = Key;
        using var client = new LumaClient(options);

        var exception = await Assert.ThrowsAsync<TransportException>(async () => await client.ListJobsAsync(cancellationToken: Token).ToListAsync(Token));

        Assert.Contains("lead back", exception.Message, StringComparison.Ordinal);
        Assert.InRange(server.Requests.Length, 2, 30);
    }

    [Fact]
    public async Task A_list_that_goes_on_nowhere_is_reported_after_its_jobs()
    {
        await using var server = new FakeServer(
            Json("""{"generations":[{"id":"v1","status":"generating"}],"next_cursor":null,"has_more":true}"""));
        var options = Options<ElevenLabsClientOptions>(server);
        options.ApiKey = Key;
        using var client = new ElevenLabsClient(options);
        var seen = new List<string>();

        var exception = await Assert.ThrowsAsync<TransportException>(async () =>
        {
            await foreach (var job in client.ListJobsAsync(cancellationToken: Token))
                seen.Add(job.JobId);
        });

        Assert.Equal(["v1"], seen);
        Assert.Contains("goes on", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ElevenLabs_has_two_lists_with_cursors_and_selects_a_model()
    {
        await using var server = new FakeServer(
            Json("""{"generations":[{"id":"v1","status":"failed","failure_reason":"moderated","error_message":"no"}],"next_cursor":"c 1","has_more":true}"""),
            Json("""{"generations":[{"id":"v2","status":"generating"}],"next_cursor":null,"has_more":false}"""),
            Json("""{"generations":[{"id":"i1","status":"pending"}],"next_cursor":"c2","has_more":false}"""));
        var options = Options<ElevenLabsClientOptions>(server);
        options.ApiKey = Key;
        using var client = new ElevenLabsClient(options);

        var jobs = await client.ListJobsAsync(new() { EndpointId = "gpt-image-1.5" }, Token).ToListAsync(Token);

        Assert.Equal(
            [
                "GET api.elevenlabs.io/v1/flows/video?page_size=100&model_id=gpt-image-1.5",
                "GET api.elevenlabs.io/v1/flows/video?page_size=100&model_id=gpt-image-1.5&cursor=c%201",
                "GET api.elevenlabs.io/v1/flows/image?page_size=100&model_id=gpt-image-1.5",
            ],
            Lines(server));
        Assert.Equal(["v1", "v2", "i1"], jobs.Select(job => job.JobId));
        Assert.Equal((JobState.Failed, FailureKind.Moderated), (jobs[0].Status.State, jobs[0].Status.Error!.Kind));
        Assert.Equal("elevenlabs:gpt-image-1.5:i1", jobs[2].Handle!.ToString());
    }

    [Fact]
    public async Task A_protocol_without_a_list_says_so()
    {
        using var client = new OddClient(new OddClientOptions { ApiKey = "any" });

        await Assert.ThrowsAsync<NotSupportedException>(async () => await client.Protocol.ListAsync(null, Token).ToListAsync(Token));
    }

    private ReplicateClient Client(FakeServer server)
    {
        var options = Options<ReplicateClientOptions>(server);
        options.ApiKey = Key;
        return new(options);
    }

    private static string Prediction(string id, string status, DateTimeOffset created, string model = "black-forest-labs/flux-2-pro") =>
        $$"""{"id":"{{id}}","model":"{{model}}","status":"{{status}}","created_at":"{{Text(created)}}","error":null,"output":null}""";

    private static string Generation(string id, DateTimeOffset created) =>
        $$"""{"id":"{{id}}","model":"ray-2","state":"dreaming","created_at":"{{Text(created)}}"}""";

    private static string Text(DateTimeOffset time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
