using Zoetrope.BlackForestLabs;
using Zoetrope.Errors;

namespace Zoetrope.Jobs.Tests.Providers;

/// <summary>Black Forest Labs: an operation for each model, a job at the region that took it, the cost at the submit, and nothing that cancels.</summary>
public sealed class BlackForestLabsTests : ProviderTest
{
    private const string Id = "9f1c0a3e-0d6f-4c58-9d2e-2f0c9d1f7a11";
    private const string Declared = "GET api.bfl.ai/v1/get_result?id=" + Id;

    private static readonly JobHandle _handle = new("bfl", "flux-2-pro", Id);

    private static Flux2Pro.Request Request => new() { Prompt = "a cat", Width = 1024, Height = 768, OutputFormat = "png" };

    [Fact]
    public async Task A_submit_goes_to_the_operation_of_the_model_and_states_its_cost()
    {
        await using var server = new FakeServer(Accepted("https://api.us1.bfl.ai/v1/get_result?id=" + Id));
        using var client = Client(server);

        var job = await client.Flux2Pro.SubmitAsync(Request, cancellationToken: Token);

        Assert.Equal(["POST api.bfl.ai/v1/flux-2-pro"], Lines(server));
        Assert.Equal((Key, null), (Header(server.Requests[0], "x-key"), Header(server.Requests[0], "Authorization")));
        AssertBody("""{"prompt":"a cat","width":1024,"height":768,"output_format":"png"}""", server.Requests[0]);
        Assert.Equal(new JobMetrics(BillableUnits: 3.5m) { Unit = "credits" }, job.LastStatus!.Metrics);
    }

    [Theory]
    [InlineData("https://api.us1.bfl.ai/v1/get_result?id=" + Id, "GET api.us1.bfl.ai/v1/get_result?id=" + Id)]
    [InlineData("https://api.eu4.bfl.ai/v1/get_result?id=" + Id, "GET api.eu4.bfl.ai/v1/get_result?id=" + Id)]
    [InlineData("https://bfl.ai.example.com/v1/get_result?id=" + Id, Declared)]
    [InlineData("https://notbfl.ai/v1/get_result?id=" + Id, Declared)]
    [InlineData("https://api.bfl.ai@example.com/v1/get_result?id=" + Id, Declared)]
    [InlineData("https://api.bfl.ai:8443/v1/get_result?id=" + Id, Declared)]
    [InlineData("http://api.us1.bfl.ai/v1/get_result?id=" + Id, Declared)]
    [InlineData("//api.us1.bfl.ai/v1/get_result?id=" + Id, Declared)]
    public async Task A_job_is_watched_at_its_region_and_the_key_goes_nowhere_else(string address, string polled)
    {
        await using var server = new FakeServer(
            Accepted(address), Status("Pending", progress: "0.25"),
            Status("Ready", """{"sample":"https://delivery.bfl.ai/a.png?sig=1","prompt":"a cat","seed":42,"duration":3.1}"""));
        using var client = Client(server);
        var updates = new List<JobStatus>();

        var result = await client.Flux2Pro.RunAsync(Request, wait: Watch(updates), cancellationToken: Token);

        Assert.Equal("https://delivery.bfl.ai/a.png?sig=1", result.Value.Image.Url);
        Assert.Equal([polled, polled], Lines(server).Skip(1));
        Assert.All(server.Requests, request => Assert.Equal(Key, Header(request, "x-key")));
        Assert.Contains(updates, status => status is { State: JobState.Queued, ProviderStatus: "Pending", Progress: 0.25 });
    }

    [Theory]
    [InlineData("..")]
    [InlineData(".")]
    public async Task An_id_that_no_path_can_have_does_not_hide_that_there_is_a_job(string id)
    {
        await using var server = new FakeServer(
            Json($$"""{"id":"{{id}}","polling_url":"https://api.us1.bfl.ai/v1/get_result?id={{id}}","cost":3.5}"""), Status("Pending"));
        using var client = Client(server);

        var job = await client.Flux2Pro.SubmitAsync(Request, cancellationToken: Token);

        Assert.Equal(id, job.Handle.JobId);
        Assert.Equal(job.Handle, JobHandle.Parse(job.Handle.ToString()));
    }

    [Fact]
    public async Task An_address_in_a_handle_from_elsewhere_is_not_believed()
    {
        await using var server = new FakeServer(Status("Pending"));
        using var client = Client(server);

        await client.Resume(new JobHandle("bfl", "flux-2-pro", Id, "https://example.com/steal")).GetStatusAsync(cancellationToken: Token);

        Assert.Equal([Declared], Lines(server));
    }

    [Theory]
    [InlineData("Request Moderated", FailureKind.Moderated)]
    [InlineData("Content Moderated", FailureKind.Moderated)]
    [InlineData("Error", FailureKind.Provider)]
    [InlineData("Task not found", FailureKind.Expired)]
    public async Task A_word_tells_the_kind_of_a_failure(string word, FailureKind kind)
    {
        await using var server = new FakeServer(Accepted("https://api.us1.bfl.ai/v1/get_result?id=" + Id), Status(word));
        using var client = Client(server);

        var exception = await Assert.ThrowsAsync<JobFailedException>(() => client.Flux2Pro.RunAsync(Request, cancellationToken: Token));

        Assert.Equal((kind, word), (exception.Error.Kind, exception.LastStatus!.ProviderStatus));
    }

    [Fact]
    public async Task The_details_of_a_moderation_are_in_the_message()
    {
        await using var server = new FakeServer(
            Accepted("https://api.us1.bfl.ai/v1/get_result?id=" + Id), Status("Request Moderated", details: """{"Moderation Reasons":["Copyright"]}"""));
        using var client = Client(server);

        var exception = await Assert.ThrowsAsync<JobFailedException>(() => client.Flux2Pro.RunAsync(Request, cancellationToken: Token));

        Assert.Contains("Copyright", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_job_with_a_webhook_has_no_address_and_is_watched_by_its_id()
    {
        await using var server = new FakeServer(
            FakeServer.Reply(200, $$$"""{"id":"{{{Id}}}","status":"queued","webhook_url":"https://example.com/hook","cost":3.5}"""),
            Status("Ready", """{"sample":"https://delivery.bfl.ai/a.png"}"""));
        using var client = Client(server);

        var job = await client.Flux2Pro.SubmitAsync(
            Request, new() { WebhookUrl = new Uri("https://example.com/hook"), WebhookSecret = "shared" }, Token);
        await job.WaitAsync(cancellationToken: Token);

        AssertBody(
            """
            {"prompt":"a cat","width":1024,"height":768,"output_format":"png","webhook_url":"https://example.com/hook","webhook_secret":"shared"}
            """,
            server.Requests[0]);
        Assert.Equal(Declared, Lines(server).Last());
    }

    [Fact]
    public async Task A_status_of_another_job_is_not_believed()
    {
        await using var server = new FakeServer(Json("""{"id":"another","status":"Ready","result":{"sample":"https://delivery.bfl.ai/b.png"}}"""));
        using var client = Client(server);

        await Assert.ThrowsAnyAsync<ZoetropeException>(() => client.Flux2Pro.Resume(_handle).GetStatusAsync(cancellationToken: Token));
    }

    [Fact]
    public async Task Nothing_cancels_a_job_and_nothing_is_sent_for_it()
    {
        await using var server = new FakeServer(Status("Pending"));
        using var client = Client(server);

        Assert.Equal(CancelOutcome.NotSupported, await client.Flux2Pro.Resume(_handle).CancelAsync(Token));

        Assert.Empty(server.Requests);
    }

    private static Func<FakeServer.Exchange, Task> Accepted(string address) =>
        Json($$$"""{"id":"{{{Id}}}","polling_url":"{{{address}}}","cost":3.5,"input_mp":0.0,"output_mp":0.79}""");

    private static Func<FakeServer.Exchange, Task> Status(string word, string result = "null", string progress = "null", string details = "null") =>
        Json($$$"""{"id":"{{{Id}}}","status":"{{{word}}}","result":{{{result}}},"progress":{{{progress}}},"details":{{{details}}},"preview":null}""");

    private BlackForestLabsClient Client(FakeServer server)
    {
        var options = Options<BlackForestLabsClientOptions>(server);
        options.ApiKey = Key;
        return new BlackForestLabsClient(options);
    }
}
