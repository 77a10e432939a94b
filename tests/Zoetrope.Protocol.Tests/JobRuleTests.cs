using Zoetrope.Jobs;
using Zoetrope.Protocol.Tests.Stubs;

namespace Zoetrope.Protocol.Tests;

/// <summary>What has been paid is not lost: failed polls, timeouts and restarts leave a job that can be found again.</summary>
public sealed class JobRuleTests(StubServer<JobRuleStubs> server) : StubTest<JobRuleStubs>(server)
{
    public static TheoryData<string, string> BadPolls()
    {
        var data = new TheoryData<string, string>();
        foreach (var provider in (string[])["fal", "eachlabs"])
        {
            foreach (var fault in (string[])[
                "reset",
                "empty",
                "malformed",
                "random",
                "http-500",
                "http-502",
                "http-503",
                "http-429",
                "not-json",
                "no-status",
                "slow"
            ])
                data.Add(provider, fault);
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(BadPolls))]
    public async Task A_failed_poll_does_not_fail_the_job(string provider, string fault)
    {
        using var client = Client(provider, options => options.PollTimeout = TimeSpan.FromMilliseconds(fault == "slow" ? 300 : 10_000));

        var result = await client.Model(Clips.At(provider, "polls/" + fault)).RunAsync(Clips.Request, wait: Wait());

        Assert.Equal("https://files.example/out.mp4", result.Value.Video?.Url);
        Assert.Equal(1.5, result.Metrics.InferenceTime?.TotalSeconds);
        Assert.Equal(1, Server.Count(Submits(provider, "polls/" + fault)));
    }

    [Theory]
    [InlineData("fal")]
    [InlineData("eachlabs")]
    public async Task A_handle_is_resumed_by_another_client(string provider)
    {
        string handle;
        using (var first = Client(provider))
            handle = (await first.Model(Clips.At(provider, "jobs/resumed")).SubmitAsync(Clips.Request)).Handle.ToString();

        using var second = Client(provider);
        var result = await second.Model(Clips.At(provider, "jobs/resumed")).Resume(JobHandle.Parse(handle)).WaitAsync(Wait());

        Assert.Equal("https://files.example/out.mp4", result.Value.Video?.Url);
        Assert.Equal(1, Server.Count(Submits(provider, "jobs/resumed")));
        Assert.DoesNotContain(Server.BaseUrl.Authority, handle, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", handle, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fal")]
    [InlineData("eachlabs")]
    public async Task A_timeout_leaves_the_job_running_and_reports_it(string provider)
    {
        using var client = Client(provider, options => options.TimeProvider = PassingWithDelays());

        var exception = await Assert.ThrowsAsync<JobTimeoutException>(
            () => client.Model(Clips.At(provider, "jobs/kept")).RunAsync(Clips.Request, wait: Wait(wait => wait.Timeout = Poll * 5)));

        Assert.Null(exception.Cancellation);
        Assert.Equal("jobs-kept", exception.Handle.JobId);
        Assert.Equal(JobState.Running, exception.LastStatus?.State);
        Assert.Contains(exception.Handle.ToString(), exception.Message, StringComparison.Ordinal);
        Assert.Equal(0, Server.Count(Cancels(provider, "jobs-kept")));
    }

    [Theory]
    [InlineData("fal")]
    [InlineData("eachlabs")]
    public async Task A_timeout_cancels_the_job_when_configured_and_reports_it(string provider)
    {
        using var client = Client(provider, options => options.TimeProvider = PassingWithDelays());
        var wait = Wait(wait =>
        {
            wait.Timeout = Poll * 5;
            wait.CancelJobOnAbort = true;
        });

        var exception = await Assert.ThrowsAsync<JobTimeoutException>(() => client.Model(Clips.At(provider, "jobs/endless")).RunAsync(Clips.Request, wait: wait));

        Assert.Equal(CancelOutcome.Requested, exception.Cancellation);
        Assert.Equal(1, Server.Count(Cancels(provider, "jobs-endless")));
    }

    [Theory]
    [InlineData("fal")]
    [InlineData("eachlabs")]
    public async Task A_refused_poll_says_that_the_job_may_continue(string provider)
    {
        using var client = Client(provider);

        var exception = await Assert.ThrowsAsync<JobWatchException>(() => client.Model(Clips.At(provider, "jobs/forbidden")).RunAsync(Clips.Request, wait: Wait()));

        Assert.Equal("jobs-forbidden", exception.Handle.JobId);
        Assert.Contains("bad key", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fal")]
    [InlineData("eachlabs")]
    public async Task A_result_of_another_type_is_kept_unchanged(string provider)
    {
        using var client = Client(provider);

        var exception = await Assert.ThrowsAsync<JobResultException>(() => client.Model(Clips.StrictAt(provider, "jobs/odd")).RunAsync(Clips.Request, wait: Wait()));

        Assert.Equal("""{"video":["not a file"]}""", exception.Raw.ToString());
        Assert.Equal("jobs-odd", exception.Handle.JobId);
    }

    // Pauses are over at once and move the clock: the time is over after a few polls, however busy the machine is.
    private static FakeTime PassingWithDelays() => new() { FireAtOnce = Poll };
}
