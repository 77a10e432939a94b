using System.Net;
using Zoetrope.Errors;
using Zoetrope.Jobs.Tests.Odd;
using Zoetrope.Json;
using Zoetrope.Simulator;

namespace Zoetrope.Jobs.Tests;

/// <summary>The odd provider, played by the simulator from its declaration: what the generated client and the interpreter make of it must agree.</summary>
public sealed class OddSimulatorTests
{
    private static Picture.Request Request => new() { Prompt = "a cat" };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_job_runs_through_its_states_to_the_file_of_the_third_operation()
    {
        await using var simulator = await StartAsync();
        using var client = Client(simulator);
        var updates = new List<JobStatus>();

        var result = await client.Picture.RunAsync(Request, wait: new() { OnUpdate = updates.Add }, cancellationToken: Token);

        Assert.StartsWith("data:image/png;base64,iVBOR", result.Value.Image!.Url, StringComparison.Ordinal);
        Assert.Contains(updates, status => status is { ProviderStatus: "202", Progress: > 0 and < 1 });
        Assert.Equal(
            [SimulatorOperation.Submit, SimulatorOperation.Status, SimulatorOperation.Result],
            simulator.Requests.Select(request => request.Operation).Distinct());
        Assert.Equal(2, simulator.CountsOf("odd").Results);
        Assert.All(simulator.Requests, request => Assert.Equal(("odd", "[hidden]"), (request.Provider, request.Headers["X-Odd"])));
    }

    [Fact]
    public async Task The_cost_is_at_the_submit_in_the_unit_that_the_response_states()
    {
        await using var simulator = await StartAsync();
        using var client = Client(simulator);

        var job = await client.OwnerName.SubmitAsync(new() { Prompt = "a cat" }, cancellationToken: Token);

        Assert.Equal(new JobMetrics(Cost: 0.1m) { IsCeiling = true }, job.LastStatus!.Metrics);
        Assert.Equal("/odd/make/own", simulator.Requests[0].Path);
    }

    [Theory]
    [InlineData("picture", """{"prompt":"123456789012345678901"}""", HttpStatusCode.BadRequest)]
    [InlineData("picture", """{"size":0,"prompt":"a"}""", HttpStatusCode.BadRequest)]
    [InlineData("picture", "{}", HttpStatusCode.BadRequest)]
    public async Task Bad_input_that_is_sent_nevertheless_is_not_accepted(string model, string input, HttpStatusCode status)
    {
        await using var simulator = await StartAsync();
        using var client = Client(simulator);

        var exception = await Assert.ThrowsAsync<SubmitException>(() => client.SubmitAsync(model, RawJson.Parse(input), cancellationToken: Token));

        Assert.Equal((true, status), (exception.WasNotAccepted, exception.Service!.StatusCode));
        Assert.Equal((1, 0), (simulator.Submits, simulator.Counts.Accepted));
    }

    [Fact]
    public async Task A_wrong_key_is_refused()
    {
        await using var simulator = await StartAsync();
        using var client = Client(simulator, "bad-key");

        var exception = await Assert.ThrowsAsync<SubmitException>(() => client.Picture.SubmitAsync(Request, cancellationToken: Token));

        Assert.Equal((true, HttpStatusCode.Unauthorized), (exception.WasNotAccepted, exception.Service!.StatusCode));
        Assert.Equal(0, simulator.Counts.Accepted);
    }

    [Fact]
    public async Task A_failure_is_the_status_code_of_the_declaration()
    {
        await using var simulator = await StartAsync();
        using var client = Client(simulator);
        simulator.AddFault(new() { Kind = FaultKind.JobFailure, Body = "No luck." });

        var exception = await Assert.ThrowsAsync<JobFailedException>(() => client.Picture.RunAsync(Request, cancellationToken: Token));

        Assert.Equal((FailureKind.Moderated, "409"), (exception.Error.Kind, exception.LastStatus!.ProviderStatus));
    }

    [Fact]
    public async Task A_cancel_that_only_marks_the_record_lets_the_job_finish()
    {
        await using var simulator = await StartAsync();
        using var client = Client(simulator);
        var job = await client.Picture.SubmitAsync(Request, cancellationToken: Token);

        Assert.Equal(CancelOutcome.OnlyRecorded, await job.CancelAsync(Token));
        Assert.NotNull((await job.WaitAsync(cancellationToken: Token)).Value.Image);
    }

    [Fact]
    public async Task A_submit_whose_response_is_lost_is_sent_again_and_is_the_same_job()
    {
        await using var simulator = await StartAsync();
        using var client = Client(simulator);
        simulator.AddFault(new() { Kind = FaultKind.Reset, Operation = SimulatorOperation.Submit, CarryOut = true });

        var job = await client.Picture.SubmitAsync(Request, cancellationToken: Token);

        Assert.Equal((2, 1), (simulator.Submits, simulator.Counts.Accepted));
        Assert.NotNull((await job.WaitAsync(cancellationToken: Token)).Value.Image);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_webhook_is_posted_when_the_job_has_ended()
    {
        await using var receiver = new FakeServer(FakeServer.Reply(200, "{}"));
        await using var simulator = await StartAsync();
        using var client = Client(simulator);

        var job = await client.Picture.SubmitAsync(Request, new() { WebhookUrl = receiver.Url }, Token);
        await job.WaitAsync(cancellationToken: Token);

        while (receiver.Requests.Length == 0)
            await Task.Delay(10, TestContext.Current.CancellationToken);
        Assert.Contains("\"end\":\"OK\"", Assert.Single(receiver.Requests), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_job_is_not_found()
    {
        await using var simulator = await StartAsync();
        using var client = Client(simulator);

        var exception = await Assert.ThrowsAsync<JobWatchException>(
            () => client.Resume(JobHandle.Parse("odd:picture:t-1")).GetStatusAsync(cancellationToken: Token));

        Assert.Equal(HttpStatusCode.NotFound, Assert.IsType<ServiceException>(exception.InnerException).StatusCode);
    }

    private static Task<MediaSimulator> StartAsync() => MediaSimulator.StartAsync(
        new()
        {
            SpecsFolder = Repository.PathOf("tests", "Zoetrope.Jobs.Tests", "specs"),
            QueueTime = TimeSpan.FromMilliseconds(50),
            JobDuration = TimeSpan.FromMilliseconds(300),
        },
        Token);

    private static OddClient Client(MediaSimulator simulator, string key = "secret") =>
        new(new OddClientOptions { ApiKey = key, BaseUrl = new Uri(simulator.BaseUrl, "odd"), Jitter = new Random(1) });
}
