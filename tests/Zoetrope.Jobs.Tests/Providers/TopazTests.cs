using System.Net;
using Zoetrope.Json;
using Zoetrope.Topaz;

namespace Zoetrope.Jobs.Tests.Providers;

/// <summary>Topaz: a form with parts, the job's id in a header too, and a result whose address another operation gives.</summary>
public sealed class TopazTests : ProviderTest
{
    private const string Id = "d7b3b3b3-7b3b-4b3b-8b3b-3b3b3b3b3b3b";
    private const string Api = "api.topazlabs.com/image/v1";

    private static readonly Func<FakeServer.Exchange, Task> _submitted = FakeServer.Reply(
        200, $$"""{"process_id":"{{Id}}","source_id":"s-1","eta":1617220000}""", "X-Process-ID: " + Id, "X-ETA: 1617220000");

    private static Enhance.Request Request => new()
    {
        SourceUrl = "https://example.com/image.jpg",
        Model = Enhance.ModelType.HighFidelityV2,
        OutputWidth = 1920,
        CropToFill = true,
    };

    [Fact]
    public async Task A_submit_is_a_form_with_a_part_for_each_value()
    {
        await using var server = new FakeServer(_submitted);
        using var client = Client(server);
        var request = Request;
        request.ExtraProperties["face_enhancement"] = "true";

        var job = await client.Enhance.SubmitAsync(request, new() { WebhookUrl = new Uri("https://example.com/hook") }, Token);

        Assert.Equal($"POST {Api}/enhance/async", Assert.Single(Lines(server)));
        Assert.Equal("test-key", Header(server.Requests[0], "X-API-Key"));
        Assert.Equal(
            [
                ("webhook_url", "https://example.com/hook"), ("source_url", "https://example.com/image.jpg"), ("model", "High Fidelity V2"),
                ("output_width", "1920"), ("crop_to_fill", "true"), ("face_enhancement", "true"),
            ],
            Parts(server.Requests[0]));
        Assert.Equal($"topaz:enhance:{Id}", job.Handle.ToString());
    }

    [Fact]
    public async Task The_length_of_a_form_is_known_and_it_is_sent_once()
    {
        await using var server = new FakeServer(FakeServer.Reply(503, ""));
        using var client = Client(server);

        var exception = await Assert.ThrowsAsync<SubmitException>(() => client.Enhance.SubmitAsync(Request, cancellationToken: Token));

        Assert.False(exception.WasNotAccepted);
        var sent = Assert.Single(server.Requests);
        Assert.NotNull(Header(sent, "Content-Length"));
        Assert.Null(Header(sent, "Transfer-Encoding"));
    }

    [Fact]
    public async Task The_header_is_enough_to_know_the_job()
    {
        await using var server = new FakeServer(FakeServer.Reply(200, "{}", "X-Process-ID: " + Id));
        using var client = Client(server);

        Assert.Equal(Id, (await client.Sharpen.SubmitAsync(new() { SourceId = "s-1" }, cancellationToken: Token)).Handle.JobId);
    }

    [Fact]
    public async Task A_job_runs_to_the_address_that_another_operation_gives()
    {
        await using var server = new FakeServer(
            _submitted, Status("Pending", 0), Status("Processing", 40), Status("Completed", 100),
            Json("""{"download_url":"https://storage.example/a.jpg?sig=1","head_url":"https://storage.example/h","expiry":1617223600}"""));
        using var client = Client(server);
        var updates = new List<JobStatus>();

        var result = await client.Enhance.RunAsync(Request, wait: Watch(updates), cancellationToken: Token);

        Assert.Equal(
            [$"POST {Api}/enhance/async", .. Enumerable.Repeat($"GET {Api}/status/{Id}", 3), $"GET {Api}/download/{Id}"], Lines(server));
        Assert.Equal("https://storage.example/a.jpg?sig=1", result.Value.Image.Url);
        Assert.Equal(new JobMetrics(BillableUnits: 2) { Unit = "credits", IsCeiling = true }, result.Metrics);
        Assert.Contains(updates, status => status is { State: JobState.Queued, ProviderStatus: "Pending" });
        Assert.Contains(updates, status => status is { State: JobState.Running, Progress: 0.4 });
    }

    [Fact]
    public async Task A_failed_job_has_failed()
    {
        await using var server = new FakeServer(_submitted, Status("Failed", 10));
        using var client = Client(server);

        var exception = await Assert.ThrowsAsync<JobFailedException>(() => client.Enhance.RunAsync(Request, cancellationToken: Token));

        Assert.Equal("Failed", exception.LastStatus!.ProviderStatus);
    }

    [Fact]
    public async Task Cancel_has_an_operation_that_is_not_the_one_that_deletes_a_status()
    {
        await using var server = new FakeServer(FakeServer.Reply(204, ""), Status("Cancelled", 10));
        using var client = Client(server);
        var job = client.Resume(JobHandle.Parse($"topaz:enhance:{Id}"));

        Assert.Equal(CancelOutcome.Requested, await job.CancelAsync(Token));
        await Assert.ThrowsAsync<JobCanceledException>(() => job.WaitAsync(cancellationToken: Token));

        Assert.Equal([$"DELETE {Api}/cancel/{Id}", $"GET {Api}/status/{Id}"], Lines(server).Distinct());
    }

    [Fact]
    public async Task A_job_that_has_completed_cannot_be_canceled()
    {
        await using var server = new FakeServer(
            FakeServer.Reply(409, """{"code":409,"message":"The job is not in a cancellable state."}"""), Status("Completed", 100));
        using var client = Client(server);

        Assert.Equal(CancelOutcome.AlreadyCompleted, await client.Resume(JobHandle.Parse($"topaz:enhance:{Id}")).CancelAsync(Token));
    }

    [Fact]
    public async Task Credits_that_are_missing_are_a_refusal()
    {
        await using var server = new FakeServer(FakeServer.Reply(402, """{"code":402,"message":"Insufficient funds."}"""));
        using var client = Client(server);

        var exception = await Assert.ThrowsAsync<SubmitException>(() => client.Enhance.SubmitAsync(Request, cancellationToken: Token));

        Assert.True(exception.WasNotAccepted);
        Assert.Equal((HttpStatusCode.PaymentRequired, "Insufficient funds."), (exception.Service!.StatusCode, exception.Service.Error.Message));
    }

    [Fact]
    public async Task Null_is_left_out_of_a_form_and_an_object_in_it_is_JSON()
    {
        await using var server = new FakeServer(_submitted);
        using var client = Client(server);

        await client.SubmitAsync(
            "denoise", RawJson.Parse("""{"source_id":"s \"1\"","none":null,"list":[1,"b"],"deep":{"a":[true]},"na\"me":"é"}"""), cancellationToken: Token);

        Assert.Equal(
            [("source_id", "s \"1\""), ("list", "1"), ("list", "b"), ("deep", """{"a":[true]}"""), ("na%22me", "é")], Parts(server.Requests[0]));
    }

    /// <summary>The names and values of the parts of a form, read by the rules of RFC 7578.</summary>
    private static List<(string Name, string Value)> Parts(string request)
    {
        const string Form = "multipart/form-data; boundary=";
        var type = Header(request, "Content-Type")!;
        Assert.StartsWith(Form, type, StringComparison.Ordinal);
        var body = request[(request.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];
        var pieces = ("\r\n" + body).Split("\r\n--" + type[Form.Length..].Trim('"'));
        Assert.Equal(("", "--\r\n"), (pieces[0], pieces[^1]));
        return [.. pieces[1..^1].Select(piece =>
        {
            var end = piece.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            const string Name = "\r\nContent-Disposition: form-data; name=\"";
            Assert.StartsWith(Name, piece, StringComparison.Ordinal);
            return (piece[Name.Length..piece.IndexOf('"', Name.Length)], piece[(end + 4)..]);
        })];
    }

    private static Func<FakeServer.Exchange, Task> Status(string word, int progress) => Json(
        $$"""{"process_id":"{{Id}}","filename":"image.png","status":"{{word}}","progress":{{progress}},"eta":1617220000,"credits":2}""");

    private TopazClient Client(FakeServer server)
    {
        var options = Options<TopazClientOptions>(server);
        options.ApiKey = Key;
        return new(options);
    }
}
