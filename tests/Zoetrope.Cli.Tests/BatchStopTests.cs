using System.Diagnostics;
using Zoetrope.Simulator;

namespace Zoetrope.Cli.Tests;

/// <summary>A batch that is stopped in the middle, gently or not. What it waits for ends when the test moves the clock.</summary>
public sealed class BatchStopTests : BatchTest
{
    private readonly SimulatorClock _clock = new();

    protected override TimeSpan JobDuration => TimeSpan.FromSeconds(3);

    protected override TimeProvider Clock => _clock;

    [Fact]
    public async Task A_batch_that_was_killed_is_resumed_by_the_same_command_and_nothing_is_paid_for_twice()
    {
        var file = Shots("a", "b", "c", "d", "e");
        using (var run = CliProcess.Start(Batch(file, "--parallel", "2")))
        {
            // Both receipts are stored: no submit is in flight.
            await UntilAsync(async () => File.Exists(Ledger) && (await JobsByLabelAsync()).Values.Count(job => State(job) == "accepted") == 2);
            run.Kill();
        }
        Assert.Equal(2, Simulator.Counts.Accepted);

        var resumed = (await ToEndAsync(CliProcess.RunAsync(Batch(file, "--parallel", "5", "--json")))).Exits(0);

        Assert.Equal(5, Lines(resumed)[^1].GetProperty("delivered").GetInt32());
        Assert.Equal(5, Simulator.Counts.Accepted);
    }

    [Theory]
    [InlineData("-INT")]
    [InlineData("-TERM")]
    public async Task An_interrupt_lets_submits_end_and_says_how_to_resume(string signal)
    {
        var file = Shots("a", "b", "c");
        Simulator.AddFault(new SimulatorFault { Kind = FaultKind.Delay, Operation = SimulatorOperation.Submit, Delay = TimeSpan.FromSeconds(2), Times = 2 });
        using var run = CliProcess.Start(Batch(file, "--parallel", "2", "--json"));
        await UntilAsync(() => Task.FromResult(Simulator.Submits == 2));

        await run.InterruptAsync(signal);
        await run.ErrorLineAsync("Interrupted: submits that are in flight end first");
        _clock.Advance(TimeSpan.FromSeconds(2));

        var result = (await run.FinishAsync()).Exits(130);
        result.Says("Interrupted: 3 jobs are left, of which 2 go on at the provider. Resume with the same command");
        Assert.Equal(["accepted", "accepted", "intended"], Lines(result)[..^1].Select(State).Order());
        Assert.Equal((2, 0), (Simulator.Counts.Accepted, Simulator.Counts.Cancels));

        (await ToEndAsync(CliProcess.RunAsync(Batch(file)))).Exits(0);
        Assert.Equal(3, Simulator.Counts.Accepted);
    }

    private async Task<CliResult> ToEndAsync(Task<CliResult> run)
    {
        while (!run.IsCompleted)
        {
            _clock.Advance(JobDuration);
            await Task.Delay(20);
        }
        return await run;
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        // Far beyond what it takes: a hang must end the test.
        var patience = Stopwatch.StartNew();
        while (!await condition())
        {
            Assert.True(patience.Elapsed < TimeSpan.FromMinutes(5), "It did not happen.");
            await Task.Delay(20);
        }
    }
}
