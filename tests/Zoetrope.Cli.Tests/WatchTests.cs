using Zoetrope.Simulator;

namespace Zoetrope.Cli.Tests;

/// <summary>A batch that another process watches and changes. Its jobs end when the test moves their clock.</summary>
public sealed class WatchTests : BatchTest
{
    private readonly SimulatorClock _clock = new();

    protected override TimeSpan JobDuration => TimeSpan.FromMinutes(1);

    protected override TimeProvider Clock => _clock;

    [Fact]
    public async Task A_running_job_is_watched_and_canceled_from_another_process()
    {
        var file = Shots("a", "b");
        using var run = CliProcess.Start(Batch(file, "--parallel", "1"));
        while (!File.Exists(Ledger) || (await JobsByLabelAsync()).Values.All(job => State(job) != "accepted"))
            await Task.Delay(20, TestContext.Current.CancellationToken);
        using var watch = CliProcess.Start(["jobs", "watch", "--json", "--ledger", Out]);
        await watch.ErrorLineAsync("0 of 2 done, 1 running, 1 queued");

        var waiting = (await JobsByLabelAsync()).Values.Single(job => State(job) == "intended").GetProperty("id").GetString()!;
        var canceled = (await JobsAsync("cancel", waiting, "--json")).Exits(0).Says($"{waiting} is canceled.");

        Assert.Equal("canceled", State(Assert.Single(Lines(canceled))));
        _clock.Advance(JobDuration);
        (await run.FinishAsync()).Exits(3);
        Assert.Equal(1, Simulator.Submits);
        var watched = (await watch.FinishAsync()).Exits(0).Says("1 of 2 done, 1 failed; spent ");
        Assert.Equal(["canceled", "delivered"], Lines(watched).Select(State).Order());
    }
}
