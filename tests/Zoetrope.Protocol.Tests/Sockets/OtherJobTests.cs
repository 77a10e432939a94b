using Zoetrope.Errors;
using Zoetrope.Jobs;

namespace Zoetrope.Protocol.Tests.Sockets;

/// <summary>A response about another job, as a cache or a gateway that mixes two up gives it, says nothing about the one that was asked about.</summary>
public sealed class OtherJobTests
{
    private const string Other = "3f1c9a52-0000-4000-8000-00000000000b";
    private const string Id = "3f1c9a52-0000-4000-8000-00000000000a";
    private const string Urls = $"\"response_url\":\"https://queue.fal.run/fal-ai/some/requests/{Other}\"";

    private static readonly JobHandle FalJob = new("fal", "fal-ai/some/model", Id);
    private static readonly JobHandle EachlabsJob = new("eachlabs", "some-model", Id);

    [Theory]
    [InlineData($$"""{"status":"COMPLETED","request_id":"{{Other}}"}""")]
    [InlineData($$"""{"status":"COMPLETED","request_id":"{{Other}}","error":"Runner went away","error_type":"runner_disconnected"}""")]
    [InlineData($$"""{"status":"COMPLETED","request_id":"{{Other}}","error":"cancelled","error_type":"client_cancelled"}""")]
    [InlineData($$"""{"status":"IN_PROGRESS","request_id":"{{Id}}","request_id":"{{Other}}"}""")]
    [InlineData($$"""{"status":"COMPLETED","request_id":"{{Other}}","gateway_request_id":"{{Other}}"}""")]
    [InlineData($$"""{"status":"COMPLETED","request_id":123}""")]
    [InlineData($$"""{"request_id":"{{Other}}"}""")]
    public async Task A_fal_status_of_another_job_is_asked_again(string body)
    {
        var other = new Canned(200, body);
        await using var provider = new ScriptedProvider
        {
            Statuses = [.. Enumerable.Repeat(other, 8), new(200, $$"""{"status":"COMPLETED","request_id":"{{Id}}"}""")],
        };
        using var fal = provider.Fal();
        var failures = new List<PollFailure>();
        var wait = ScriptedProvider.Wait();
        wait.OnPollFailure = failures.Add;

        Assert.Equal("""{"ok":1}""", (await fal.Resume(FalJob).WaitAsync(wait)).Raw.ToString());

        Assert.Equal(8, failures.Count);
        Assert.All(failures, failure => Assert.Equal(TransportFailure.Malformed, Assert.IsType<TransportException>(failure.Reason).Failure));
        Assert.Equal(1, provider.Count("result"));
    }

    [Theory]
    [InlineData($$"""{"id":"{{Other}}","status":"success","output":"https://files.example/others.mp4"}""")]
    [InlineData($$"""{"predictionID":"{{Other}}","status":"success","output":"https://files.example/others.mp4"}""")]
    [InlineData($$"""{"id":"{{Other}}","status":"error","output":{"error_message":"no"} }""")]
    [InlineData($$"""{"id":"{{Other}}","status":"cancelled"}""")]
    [InlineData($$"""{"id":"{{Other}}","status":"processing"}""")]
    public async Task An_Eachlabs_prediction_of_another_job_is_asked_again(string body)
    {
        var other = new Canned(200, body);
        await using var provider = new ScriptedProvider
        {
            Statuses = [.. Enumerable.Repeat(other, 8), new(200, $$"""{"id":"{{Id}}","status":"success","output":"https://files.example/a.mp4"}""")],
        };
        using var client = provider.Eachlabs();

        Assert.Equal("https://files.example/a.mp4", (await client.Resume(EachlabsJob).WaitAsync(ScriptedProvider.Wait())).Media[0].Url);
        Assert.Equal(9, provider.Count("status"));
    }

    [Theory]
    [InlineData(200, $$"""{"status":"COMPLETED","request_id":"{{Other}}",{{Urls}} }""")]
    [InlineData(200, $$"""{"status":"IN_PROGRESS","request_id":"{{Other}}",{{Urls}} }""")]
    [InlineData(200, $$"""{"request_id":"{{Other}}","video":{"url":"https://files.example/others.mp4"},{{Urls}} }""")]
    public async Task A_response_of_fals_queue_about_another_job_does_not_pass_for_the_result(int status, string body)
    {
        await using var provider = new ScriptedProvider { Results = [new(status, body), new(status, body), new(200, """{"ok":1}""")] };
        using var fal = provider.Fal();

        Assert.Equal("""{"ok":1}""", (await fal.Resume(FalJob).WaitAsync(ScriptedProvider.Wait())).Raw.ToString());
    }

    // Models hand on what the services that they call respond with, and what is in it means nothing to fal's queue.
    [Theory]
    [InlineData($$"""{"request_id":"{{Other}}","status_url":"https://api.partner.example/requests/{{Other}}/status","video":{"url":"https://files.example/a.mp4"} }""")]
    [InlineData($$"""{"request_id":"{{Other}}","response_url":"https://files.example/a.mp4","status":"COMPLETED"}""")]
    [InlineData($$"""{"request_id":"{{Other}}","response_url":"/requests/{{Other}}","status":"IN_PROGRESS"}""")]
    [InlineData($$"""{"request_id":"{{Other}}","response_url":{"a":1},"status_url":null,"status":"IN_QUEUE"}""")]
    [InlineData($$"""{"request_id":"{{Other}}","gateway_request_id":"{{Other}}","id":"{{Other}}","status":"FAILED","error":"nothing found"}""")]
    [InlineData($$"""{"\u0072equest_id":"{{Other}}","\u0073tatus":"IN_QUEUE"}""")]
    [InlineData($$"""{"output":{ {{Urls}},"request_id":"{{Other}}","status":"IN_QUEUE"} }""")]
    public async Task A_models_own_members_of_these_names_are_its_result(string body)
    {
        await using var provider = new ScriptedProvider { Results = [new(200, body)] };
        using var fal = provider.Fal();

        var result = await fal.Resume(FalJob).WaitAsync(ScriptedProvider.Wait());

        Assert.Equal(body.Replace(" ", "", StringComparison.Ordinal), result.Raw.ToString().Replace(" ", "", StringComparison.Ordinal));
        Assert.Equal(1, provider.Count("result"));
    }

    [Theory]
    [InlineData("\\u0073tatus", "request_id", "response_url")]
    [InlineData("status", "re\\u0071uest_id", "response_url")]
    [InlineData("state", "request_id", "\\u0072esponse_url")]
    [InlineData("state", "request_id", "status\\u005furl")]
    [InlineData("state", "request_id", "status_url")]
    public async Task Names_that_are_written_with_escapes_are_the_queues_all_the_same(string status, string id, string url)
    {
        var body = $$"""{"{{status}}":"IN_PROGRESS","{{id}}":"{{Other}}","{{url}}":"https://queue.fal.run/fal-ai/some/requests/{{Other}}"}""";
        await using var provider = new ScriptedProvider { Results = [new(200, body), new(200, "\uFEFF" + body), new(200, """{"ok":1}""")] };
        using var fal = provider.Fal();

        Assert.Equal("""{"ok":1}""", (await fal.Resume(FalJob).WaitAsync(ScriptedProvider.Wait())).Raw.ToString());
        Assert.Equal(3, provider.Count("result"));
    }

    [Fact]
    public async Task When_it_persists_the_exception_names_both_jobs()
    {
        await using var provider = new ScriptedProvider
        {
            Statuses = [new(200, $$"""{"id":"{{Other}}","request_id":"{{Other}}","status":"success","output":"https://files.example/others.mp4"}""")],
        };
        using var fal = provider.Fal();
        using var eachlabs = provider.Eachlabs();

        await AssertSaidAsync(FalJob, () => fal.Resume(FalJob).WaitAsync(ScriptedProvider.Wait(5)));
        await AssertSaidAsync(EachlabsJob, () => eachlabs.Resume(EachlabsJob).WaitAsync(ScriptedProvider.Wait(5)));
        await AssertOnceAsync(FalJob, () => fal.Resume(FalJob).GetStatusAsync());
        await AssertOnceAsync(EachlabsJob, () => eachlabs.Resume(EachlabsJob).GetStatusAsync());

        static async Task AssertSaidAsync(JobHandle job, Func<Task> wait)
        {
            var exception = await Assert.ThrowsAsync<JobTimeoutException>(wait);
            Assert.Contains($"The response is about job {Other}, not about {Id}", exception.Message, StringComparison.Ordinal);
            Assert.Equal((job, null), (exception.Handle, exception.LastStatus));
        }

        static async Task AssertOnceAsync(JobHandle job, Func<Task> ask)
        {
            var exception = await Assert.ThrowsAsync<JobWatchException>(ask);
            Assert.Equal(job, exception.Handle);
            Assert.Equal(TransportFailure.Malformed, Assert.IsType<TransportException>(exception.InnerException).Failure);
        }
    }

    [Theory]
    [InlineData(202, $$"""{"status":"CANCELLATION_REQUESTED","request_id":"{{Other}}"}""")]
    [InlineData(200, $$"""{"success":true,"request_id":"{{Other}}"}""")]
    [InlineData(400, $$"""{"status":"ALREADY_COMPLETED","request_id":"{{Other}}"}""")]
    [InlineData(404, $$"""{"status":"NOT_FOUND","request_id":"{{Other}}"}""")]
    public async Task A_cancel_of_another_job_at_fal_is_not_believed(int status, string body)
    {
        await using var provider = new ScriptedProvider { Cancels = [new(status, body)] };
        using var fal = provider.Fal();

        var exception = await Assert.ThrowsAsync<CancelFailedException>(() => fal.Resume(FalJob).CancelAsync());

        Assert.Equal(FalJob, exception.Handle);
    }

    [Theory]
    [InlineData(200, $$"""{"status":"cancelled","predictionID":"{{Other}}"}""")]
    [InlineData(200, $$"""{"status":"success","id":"{{Other}}"}""")]
    [InlineData(404, $$"""{"error":"not found","id":"{{Other}}"}""")]
    public async Task A_cancel_of_another_job_at_Eachlabs_is_not_believed(int status, string body)
    {
        await using var provider = new ScriptedProvider { Cancels = [new(status, body)], Statuses = [new(200, $$"""{"id":"{{Id}}","status":"processing"}""")] };
        using var client = provider.Eachlabs();

        var exception = await Assert.ThrowsAsync<CancelFailedException>(() => client.Resume(EachlabsJob).CancelAsync());

        Assert.Equal(EachlabsJob, exception.Handle);
    }

    // Documents do not promise an id everywhere, the id of a gateway is that of an attempt, and the case of the digits of a UUID means nothing.
    [Theory]
    [InlineData("\"x\":1")]
    [InlineData("\"request_id\":null,\"id\":null,\"predictionID\":null")]
    [InlineData("\"request_id\":\"\",\"id\":\"\",\"predictionID\":\" \"")]
    [InlineData("\"request_id\":{},\"id\":[],\"predictionID\":false")]
    [InlineData("\"request_id\":\"3F1C9A52-0000-4000-8000-00000000000A\",\"id\":\"3F1C9A52-0000-4000-8000-00000000000A\"")]
    [InlineData($"\"gateway_request_id\":\"{Other}\",\"id\":\"{Id}\",\"predictionID\":\"{Other}\"")]
    [InlineData($"\"request_id\":\"{Other}\",\"gateway_request_id\":\"{Id}\",\"id\":\"{Other}\",\"predictionID\":\"{Id}\"")]
    public async Task What_does_not_name_another_job_is_believed(string names)
    {
        await using var provider = new ScriptedProvider
        {
            Statuses = [new(200, $$"""{ {{names}},"status":"success","output":"https://files.example/a.mp4"}""")],
            Cancels = [new(200, $$"""{ {{names}},"status":"success"}""")],
        };
        await using var queue = new ScriptedProvider
        {
            Statuses = [new(200, $$"""{ {{names}},"status":"COMPLETED"}""")],
            Cancels = [new(200, $$"""{ {{names}},"status":"OK"}""")],
        };
        using var eachlabs = provider.Eachlabs();
        using var fal = queue.Fal();

        Assert.Single((await eachlabs.Resume(EachlabsJob).WaitAsync(ScriptedProvider.Wait())).Media);
        Assert.Equal("""{"ok":1}""", (await fal.Resume(FalJob).WaitAsync(ScriptedProvider.Wait())).Raw.ToString());
        Assert.Equal(CancelOutcome.Requested, await eachlabs.Resume(EachlabsJob).CancelAsync());
        Assert.Equal(CancelOutcome.Requested, await fal.Resume(FalJob).CancelAsync());
    }
}
