using Zoetrope.CodeGen.Results;
using Zoetrope.Jobs;
using Zoetrope.Json;
using Zoetrope.Routing;

namespace Zoetrope.Protocol.Tests.Sockets;

/// <summary>What Eachlabs responds with, in forms that its documents do not promise.</summary>
public sealed class EachlabsResponseTests
{
    private const string Success = """{"id":"j","status":"success","output":"https://files.example/a.mp4","metrics":{"cost":0.25}}""";
    private static readonly JobHandle Job = new("eachlabs", "some-model", "j");

    [Fact]
    public async Task A_success_without_output_is_asked_again()
    {
        var early = new Canned(200, """{"id":"j","status":"success","message":"Prediction created successfully"}""");
        await using var provider = new ScriptedProvider { Statuses = [early, early, early, new(200, Success)] };
        using var client = provider.Eachlabs();

        var result = await client.Resume(Job).WaitAsync(ScriptedProvider.Wait());

        Assert.Single(result.Media);
        Assert.Equal(0.25m, result.Metrics.Cost);
    }

    [Fact]
    public async Task A_success_that_persists_without_output_is_delivered_unchanged()
    {
        const string Body = """{"id":"j","status":"success","metrics":{"cost":0.25},"files":["https://files.example/a.mp4"]}""";
        await using var provider = new ScriptedProvider { Statuses = [new(200, Body)] };
        using var client = provider.Eachlabs();

        var exception = await Assert.ThrowsAsync<JobResultException>(() => client.Resume(Job).WaitAsync(ScriptedProvider.Wait()));

        Assert.Equal(Body, exception.Raw.ToString());
        Assert.Equal((Job, JobState.Completed, 0.25m), (exception.Handle, exception.LastStatus!.State, exception.LastStatus.Metrics.Cost));
        Assert.Equal(5, provider.Count("status"));
    }

    [Theory]
    [InlineData("error", typeof(JobFailedException))]
    [InlineData("cancelled", typeof(JobCanceledException))]
    public async Task A_success_without_output_that_turns_out_otherwise_is_what_it_turned_into(string status, Type expected)
    {
        await using var provider = new ScriptedProvider
        {
            Statuses = [new(200, """{"id":"j","status":"success"}"""), new(200, $$"""{"id":"j","status":"{{status}}"}""")],
        };
        using var client = provider.Eachlabs();

        await Assert.ThrowsAsync(expected, () => client.Resume(Job).WaitAsync(ScriptedProvider.Wait()));
    }

    [Theory]
    [InlineData("""{"id":"j","status":"success","output":null}""")]
    [InlineData("""{"id":"j","status":"success"}""")]
    public async Task A_model_never_receives_a_null_result(string body)
    {
        await using var provider = new ScriptedProvider { Statuses = [new(200, body)] };
        using var client = provider.Eachlabs();

        var ofModel = client.Model(Clips.At("eachlabs", "some-model")).Resume(Job);
        var ofRouter = new MediaRouter(client).Resume(Clips.Neutral("some-model"), Job);
        var typed = await Assert.ThrowsAsync<JobResultException>(() => ofModel.WaitAsync(ScriptedProvider.Wait()));
        var routed = await Assert.ThrowsAsync<JobResultException>(() => ofRouter.WaitAsync(ScriptedProvider.Wait()));

        Assert.Equal((Job, Job), (typed.Handle, routed.Handle));
        Assert.Equal(body, typed.LastStatus!.Raw.ToString());
    }

    [Theory]
    [InlineData("""{"\ud800":1,"predictionID":"j"}""", true)]
    [InlineData("""{"\ud800":1,"prediction\u0049D":"j" """, true)]
    [InlineData("""{"\ud800":1}""", false)]
    public async Task A_name_in_a_receipt_that_is_not_valid_Unicode_hides_neither_the_job_nor_what_happened(string receipt, bool namesJob)
    {
        await using var provider = new ScriptedProvider { Submits = [new(200, receipt)] };
        using var client = provider.Eachlabs();

        var exception = await Record.ExceptionAsync(async () => Assert.Equal(Job, (await client.SubmitAsync("some-model", "x")).Handle));

        if (exception is not null)
            Assert.Equal((false, namesJob ? Job : null), (Assert.IsType<SubmitException>(exception).WasNotAccepted, ((SubmitException)exception).Handle));
        Assert.Single(provider.Requests);
    }

    [Theory]
    [InlineData("""{"status":"error","message":"upstream timed out","details":"try again"}""")]
    [InlineData("""{"status":"failed","error":"upstream timed out"}""")]
    [InlineData("""{"status":429,"error":"too many requests"}""")]
    [InlineData("""{"error":"internal"}""")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"success\"")]
    [InlineData("""{"status":null}""")]
    [InlineData("""{"status":""}""")]
    public async Task The_body_of_an_error_is_not_a_failed_prediction(string body)
    {
        await using var provider = new ScriptedProvider { Statuses = [new(200, body), new(200, body), new(200, body), new(200, Success)] };
        using var client = provider.Eachlabs();

        Assert.Single((await client.Resume(Job).WaitAsync(ScriptedProvider.Wait())).Media);
    }

    [Theory]
    [InlineData("created")]
    [InlineData("Starting")]
    [InlineData("PROCESSING")]
    [InlineData("warming_up")]
    [InlineData("retrying")]
    [InlineData("succeed")]
    [InlineData("erroring")]
    public async Task An_unknown_status_means_that_the_job_is_running(string word)
    {
        var body = $$"""{"id":"j","status":"{{word}}","output":null}""";
        await using var provider = new ScriptedProvider { Statuses = [new(200, body), new(202, body), new(201, Success)] };
        using var client = provider.Eachlabs();

        Assert.Single((await client.Resume(Job).WaitAsync(ScriptedProvider.Wait())).Media);
    }

    [Fact]
    public async Task A_status_that_goes_back_is_followed()
    {
        await using var provider = new ScriptedProvider
        {
            Statuses =
            [
                new(200, """{"id":"j","status":"processing"}"""),
                new(200, """{"id":"j","status":"created"}"""),
                new(200, """{"id":"j","status":"error"}"""),
                new(200, """{"id":"j","status":"processing"}"""),
                new(200, Success),
            ],
        };
        using var client = provider.Eachlabs();
        var seen = new List<string?>();
        var wait = ScriptedProvider.Wait();
        wait.OnUpdate = status => seen.Add(status.ProviderStatus);

        await client.Resume(Job).WaitAsync(wait);

        Assert.Equal(["processing", "created", "processing", "success"], seen);
    }

    [Theory]
    [InlineData(200, """{"status":"cancelled","predictionID":"j"}""", CancelOutcome.Requested)]
    [InlineData(200, """{"status":"success"}""", CancelOutcome.Requested)]
    [InlineData(200, "", CancelOutcome.Requested)]
    [InlineData(404, """{"error":"not found"}""", CancelOutcome.NotFound)]
    [InlineData(404, "", CancelOutcome.AlreadyCompleted)]
    [InlineData(404, ScriptedProvider.Page, CancelOutcome.AlreadyCompleted)]
    [InlineData(400, ScriptedProvider.Page, CancelOutcome.AlreadyCompleted)]
    [InlineData(409, "{}", CancelOutcome.AlreadyCompleted)]
    public async Task A_cancel_has_the_outcome_in_the_response_or_the_job(int status, string body, CancelOutcome outcome)
    {
        await using var provider = new ScriptedProvider { Cancels = [new(status, body)], Statuses = [new(200, Success)] };
        using var client = provider.Eachlabs();

        Assert.Equal(outcome, await client.Resume(Job).CancelAsync());
    }

    [Theory]
    [InlineData(200, ScriptedProvider.Page)]
    [InlineData(200, """{"status":"error","message":"no"}""")]
    [InlineData(404, ScriptedProvider.Page)]
    [InlineData(401, """{"error":"no"}""")]
    [InlineData(503, "")]
    public async Task A_rejected_cancel_of_a_running_job_is_not_an_outcome(int status, string body)
    {
        await using var provider = new ScriptedProvider { Cancels = [new(status, body)], Statuses = [new(200, """{"id":"j","status":"processing"}""")] };
        using var client = provider.Eachlabs();

        var exception = await Assert.ThrowsAsync<CancelFailedException>(() => client.Resume(Job).CancelAsync());

        Assert.Equal(Job, exception.Handle);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("[null]")]
    public void A_missing_single_value_is_not_a_neutral_result(string output) =>
        Assert.Throws<System.Text.Json.JsonException>(() => NeutralMap.Wrap<Clips.StrictResult>(RawJson.Parse(output), "video", single: true, file: true));
}
