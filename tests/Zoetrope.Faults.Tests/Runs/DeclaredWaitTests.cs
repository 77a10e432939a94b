using Zoetrope.Jobs;

namespace Zoetrope.Faults.Tests;

/// <summary>Waits for jobs of declared providers that never end.</summary>
public sealed class DeclaredWaitTests
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task A_word_that_nobody_declared_is_waited_for_until_the_time_is_over_and_the_job_is_named()
    {
        var unknown = FaultList.All.Single(fault => fault.Name == "status: a word that nobody declared");
        var calls = DeclaredCalls.All.Where(call => call.Kind == CallKind.Wait && unknown.AppliesTo(call)).ToList();

        Assert.NotEmpty(calls);
        await Task.WhenAll(calls.Select(async call =>
        {
            var patient = call with { Times = int.MaxValue, Run = setup => WaitAsync(setup, call.Recorded!) };
            var http = call.Recorded!.Facts is null ? HttpKind.Own : HttpKind.Named;
            var outcome = await CellRunner.RunAsync(new Cell(patient, unknown, http));
            var timeout = Assert.IsType<JobTimeoutException>(outcome.Thrown);
            Assert.Equal((FalCalls.JobId, JobState.Running), (timeout.Handle.JobId, timeout.LastStatus!.State));
            Assert.All(outcome.Requests, request => Assert.Equal("status", request.Step));
        }));
    }

    private static async Task<string> WaitAsync(CallSetup setup, Recording recording)
    {
        var job = setup.Declared(recording.Provider).Resume(JobHandle.Parse(recording.Handle.ToString()));
        return (await job.WaitAsync(new WaitOptions { Timeout = _patience })).Value.ToString();
    }
}
