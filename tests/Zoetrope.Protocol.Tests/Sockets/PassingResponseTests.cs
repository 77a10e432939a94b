using Zoetrope.Jobs;

namespace Zoetrope.Protocol.Tests.Sockets;

/// <summary>A response that passes, from whomever it comes, neither fails a paid job nor ends the wait for it.</summary>
public sealed class PassingResponseTests
{
    private static readonly JobHandle FalJob = new("fal", "fal-ai/some/model", "j");
    private static readonly JobHandle EachlabsJob = new("eachlabs", "some-model", "j");

    /// <summary>What says nothing about the job, wherever it comes.</summary>
    public static TheoryData<Canned> Passing()
    {
        var data = new TheoryData<Canned>
        {
            new Canned(503, """{"detail":"overloaded"}""", "x-fal-request-id: e1", "X-Fal-Retryable: true", "Retry-After: 0"),
            new Canned(503, """{"detail":"overloaded"}""", "X-Fal-Needs-Retry: 1"),
            new Canned(503, """{"detail":"overloaded","retryable":true}"""),
            new Canned(500, """{"detail":"Internal Server Error"}""", "X-Fal-Retryable: true"),
            new Canned(500, """{"detail":"Internal Server Error"}""", "X-Fal-Retryable: false", "X-Fal-Needs-Retry: 1"),
            new Canned(422, """{"detail":[{"loc":["body"],"msg":"try later","type":"busy"}]}""", "Retry-After: 0"),
            new Canned(502, """{"detail":"Bad Gateway"}""", "x-fal-request-id: e1"),
            new Canned(504, """{"detail":"Gateway Timeout"}""", "x-fal-request-id: e1"),
            new Canned(503, """{"status":"error","message":"no healthy upstream"}"""),
            new Canned(503, """{"code":"SERVICE_UNAVAILABLE","message":"no healthy upstream"}"""),
            new Canned(500, """{"detail":"Internal Server Error"}"""),
            new Canned(500, ""),
            new Canned(500, "Internal Server Error", "Content-Type: text/plain"),
            new Canned(422, """{"detail":[{"loc":["bo"""),
            new Canned(422, ""),
            new Canned(400, "{}", "Content-Type: text/html", "Retry-After: 0"),
            new Canned(499, ""),
            new Canned(499, """{"detail":"closed"}"""),
            new Canned(425, ""),
            new Canned(200, ScriptedProvider.Page, "Content-Type: text/html"),
            new Canned(200, ""),
            new Canned(204, ""),
            new Canned(301, "", "Location: /elsewhere"),
            new Canned(302, "", "Location: https://login.example/"),
            new Canned(304, ""),
            new Canned(300, ""),
        };
        int[] refusals = [.. Enumerable.Range(400, 19), 421, 422, 423, 424, 426, 428, 429, 431, 451, 499];
        foreach (var status in (int[])[.. refusals, 500, 501, 502, 503, 504, 505, 507, 508, 511, 520, 522, 524, 599])
            data.Add(new Canned(status, ScriptedProvider.Page, "Content-Type: text/html"));
        foreach (var status in (int[])[401, 402, 403, 404, 405, 407, 409, 410, 413, 421, 423, 426, 431, 451])
            data.Add(new Canned(status, """{"detail":"not now"}"""));
        return data;
    }

    // A job that crashed says no more than this, so that this one fails it when it stays.
    public static IEnumerable<TheoryDataRow<Canned>> Staying() =>
        PassingResults().Where(static row => row.Data is not { Status: 500, Body: ['{', ..], Headers.Length: 0 });

    // An empty result is one.
    public static IEnumerable<TheoryDataRow<Canned>> PassingResults() => Passing().Where(static row => row.Data.Status != 204);

    [Theory]
    [MemberData(nameof(PassingResults))]
    public async Task In_place_of_a_fal_result_it_is_asked_again(Canned passing)
    {
        await using var provider = new ScriptedProvider { Results = [passing, passing, new(200, """{"ok":1}""")] };
        using var fal = provider.Fal();

        var result = await fal.Resume(FalJob).WaitAsync(ScriptedProvider.Wait());

        Assert.Equal("""{"ok":1}""", result.Raw.ToString());
        Assert.Equal(3, provider.Count("result"));
    }

    [Theory]
    [MemberData(nameof(Passing))]
    public async Task In_place_of_a_fal_status_it_is_asked_again(Canned passing)
    {
        await using var provider = new ScriptedProvider { Statuses = [passing, passing, new(200, """{"status":"COMPLETED"}""")] };
        using var fal = provider.Fal();

        var result = await fal.Resume(FalJob).WaitAsync(ScriptedProvider.Wait());

        Assert.Equal("""{"ok":1}""", result.Raw.ToString());
        Assert.Equal(3, provider.Count("status"));
    }

    [Theory]
    [MemberData(nameof(Passing))]
    public async Task In_place_of_a_prediction_it_is_asked_again(Canned passing)
    {
        var success = new Canned(200, """{"id":"j","status":"success","output":"https://files.example/a.mp4"}""");
        await using var provider = new ScriptedProvider { Statuses = [passing, passing, success] };
        using var client = provider.Eachlabs();

        var result = await client.Resume(EachlabsJob).WaitAsync(ScriptedProvider.Wait());

        Assert.Single(result.Media);
        Assert.Equal(3, provider.Count("status"));
    }

    [Theory]
    [MemberData(nameof(Staying))]
    public async Task When_it_stays_the_job_is_not_reported_as_failed(Canned staying)
    {
        using var enough = new CancellationTokenSource();
        await using var provider = new ScriptedProvider { Results = [staying] };
        using var fal = provider.Fal();
        var wait = ScriptedProvider.Wait();
        wait.OnPollFailure = failure =>
        {
            if (failure.Count == 6)
                enough.Cancel();
        };

        var exception = await Assert.ThrowsAnyAsync<Exception>(() => fal.Resume(FalJob).WaitAsync(wait, enough.Token));

        Assert.True(exception is JobWatchException or JobWaitCanceledException, exception.ToString());
        Assert.Equal(FalJob, ((IJobFailure)exception).Handle);
        Assert.Equal(JobState.Completed, ((IJobFailure)exception).LastStatus!.State);
        Assert.Contains("completed", exception.Message, StringComparison.Ordinal);
        Assert.True(provider.Count("result") >= 5, $"{provider.Count("result")} requests");
    }

    [Theory]
    [InlineData(-3600)]
    [InlineData(3600)]
    [InlineData(0)]
    public async Task A_date_in_Retry_After_counts_by_the_services_own_clock(int clockAhead)
    {
        var now = DateTimeOffset.UtcNow.AddSeconds(clockAhead);
        var busy = new Canned(503, "", $"Date: {now:R}", $"Retry-After: {now.AddSeconds(1):R}");
        await using var provider = new ScriptedProvider { Statuses = [busy, new(200, """{"status":"COMPLETED"}""")] };
        using var fal = provider.Fal();
        var failures = new List<PollFailure>();
        var wait = ScriptedProvider.Wait();
        wait.OnPollFailure = failures.Add;

        await fal.Resume(FalJob).WaitAsync(wait);

        Assert.Equal(TimeSpan.FromSeconds(1), Assert.Single(failures).RetryIn);
    }

    [Theory]
    [InlineData(500, """{"detail":"Internal Server Error"}""", 4)]
    [InlineData(400, """{"detail":"The clip is too dark"}""", 4)]
    [InlineData(422, """{"detail":"The clip is too dark"}""", 4)]
    [InlineData(422, """{"detail":[{"loc":["body","prompt"],"msg":"refused","type":"content_policy_violation"}]}""", 2)]
    [InlineData(500, """{"detail":[{"loc":["body"],"msg":"down","type":"downstream_service_unavailable"}]}""", 2)]
    [InlineData(504, """{"detail":[{"loc":["body"],"msg":"too slow","type":"generation_timeout"}]}""", 2)]
    [InlineData(503, """{"detail":"Runner disconnected","error_type":"runner_disconnected"}""", 2)]
    [InlineData(502, """{"detail":"cut","error_type":"runner_incomplete_response"}""", 2)]
    [InlineData(499, """{"detail":"gone","error_type":"client_disconnected"}""", 2)]
    public async Task The_jobs_own_failure_is_reported_when_it_was_repeated(int status, string body, int fetches)
    {
        await using var provider = new ScriptedProvider { Results = [new(status, body, "x-fal-request-id: r1")] };
        using var fal = provider.Fal();

        var exception = await Assert.ThrowsAsync<JobFailedException>(() => fal.Resume(FalJob).WaitAsync(ScriptedProvider.Wait()));

        Assert.Equal((status, "r1"), ((int)exception.StatusCode!, exception.Error.RequestId));
        Assert.Equal(fetches, provider.Count("result"));
    }

    [Theory]
    [InlineData(400)]
    [InlineData(404)]
    [InlineData(409)]
    [InlineData(422)]
    [InlineData(425)]
    [InlineData(500)]
    public async Task A_result_that_is_still_in_progress_is_waited_for(int status)
    {
        var early = new Canned(status, """{"detail":"Request is still in progress"}""");
        await using var provider = new ScriptedProvider { Results = [.. Enumerable.Repeat(early, 8), new(200, "[7]")] };
        using var fal = provider.Fal();

        var result = await fal.Resume(FalJob).WaitAsync(new WaitOptions { PollInterval = TimeSpan.FromMilliseconds(1) });

        Assert.Equal("[7]", result.Raw.ToString());
    }

    [Theory]
    [InlineData(202, """{"status":"IN_PROGRESS"}""")]
    [InlineData(202, """{"status":"WARMING_UP","request_id":"other"}""")]
    [InlineData(200, """{"status":"IN_QUEUE","request_id":"j","queue_position":1}""")]
    [InlineData(200, """{"status":"IN_PROGRESS","request_id":"j","response_url":"https://queue.fal.run/fal-ai/some/requests/j"}""")]
    [InlineData(200, """{"request_id":"j" , "st\u0061tus" : "IN_PROGRESS"}""")]
    public async Task A_status_does_not_pass_for_the_result(int status, string body)
    {
        await using var provider = new ScriptedProvider { Results = [new(status, body), new(status, body), new(200, "[7]")] };
        using var fal = provider.Fal();

        Assert.Equal("[7]", (await fal.Resume(FalJob).WaitAsync(ScriptedProvider.Wait())).Raw.ToString());
    }

    [Theory]
    [InlineData("""{"status":"IN_PROGRESS"}""")]
    [InlineData("""{"status":"IN_PROGRESS","request_id":"of the model's own"}""")]
    [InlineData("""{"status":"done","request_id":"j"}""")]
    [InlineData("""{"status":{"code":1},"request_id":"j"}""")]
    public async Task A_models_own_status_is_a_result(string body)
    {
        await using var provider = new ScriptedProvider { Results = [new(200, body)] };
        using var fal = provider.Fal();

        Assert.Equal(body, (await fal.Resume(FalJob).WaitAsync(ScriptedProvider.Wait())).Raw.ToString());
    }

    [Theory]
    [InlineData("false")]
    [InlineData("0")]
    [InlineData("0.0")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("\"\"")]
    [InlineData("\"  \"")]
    [InlineData("null")]
    public async Task An_empty_error_is_not_a_failure(string error)
    {
        await using var provider = new ScriptedProvider { Statuses = [new(200, $$"""{"status":"COMPLETED","error":{{error}},"error_type":{{error}}}""")] };
        using var fal = provider.Fal();

        var result = await fal.Resume(FalJob).WaitAsync(ScriptedProvider.Wait());

        Assert.Equal("""{"ok":1}""", result.Raw.ToString());
    }

    [Theory]
    [InlineData("true", "true")]
    [InlineData("7", "7")]
    [InlineData("\"Runner went away\"", "Runner went away")]
    [InlineData("""{"code":1}""", """{"code":1}""")]
    [InlineData("""["a"]""", """["a"]""")]
    public async Task A_nonempty_error_is_a_failure_and_a_result_beside_it_is_kept(string error, string message)
    {
        await using var provider = new ScriptedProvider { Statuses = [new(200, $$"""{"status":"COMPLETED","error":{{error}}}""")] };
        using var fal = provider.Fal();

        var exception = await Assert.ThrowsAsync<JobFailedException>(() => fal.Resume(FalJob).WaitAsync(ScriptedProvider.Wait()));

        Assert.Equal(message, exception.Error.Message);
        Assert.Equal("""{"ok":1}""", exception.LastStatus!.Output?.ToString());
        Assert.Equal(2, provider.Count("status"));
    }
}
