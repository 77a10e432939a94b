using Zoetrope.Cli.Tests;
using Zoetrope.Pages.Tests.Browsers;
using Zoetrope.Simulator;

namespace Zoetrope.Pages.Tests;

/// <summary>A batch on the page of its ledger while it runs. Its jobs end when the test moves their clock.</summary>
public sealed class ProgressTests(Chromium chromium) : PageTest(chromium)
{
    private readonly SimulatorClock _clock = new();

    protected override TimeSpan JobDuration => TimeSpan.FromMinutes(1);

    protected override TimeProvider Clock => _clock;

    [Fact]
    public async Task Progress_is_shown_while_a_batch_runs()
    {
        await ImportAsync(new RecordedJob("joba") { State = "failed" });
        using var page = await ServedLedger.StartAsync(Ledger);
        await using var window = await OpenAsync(page);
        await window.UntilTextAsync(".batch", "0 of 1 job done");
        await window.Page.EvaluateExpressionAsync("""window.node = document.querySelector(".batches")""");

        var batch = CliProcess.RunAsync(Batch(Shots("a", "b", "c", "d", "e", "f"), "--parallel", "2", "--max-cost", "9"));

        for (var done = 0; done < 6; done += 2)
        {
            await window.UntilTextAsync(".total", $"{done} of 6 jobs done");
            await window.UntilTextAsync(".fact.running", "2");
            await window.UntilAsync($"document.querySelector('.bar[aria-label*=\"2 running\"]') !== null");
            while (Simulator.Submits < done + 2)
                await Task.Delay(20, Token);
            _clock.Advance(JobDuration);
        }
        await window.UntilTextAsync(".total", "all 6 jobs done");
        (await batch).Exits(0);
        // Without a reload.
        Assert.True(await window.ValueAsync<bool>("window.node === document.querySelector('.batches')"));
        Assert.Equal(
            ["imported", "shots.jsonl"],
            (await window.ValueAsync<List<string>>("[...document.querySelectorAll('.batch h2')].map(title => title.innerText)")).Order());
        await window.UntilTextAsync(".batch", "of $9.00");
        await window.UntilAsync("document.querySelector('.bar[aria-label=\"6 done\"]') !== null");
        Assert.Empty(window.Errors());
    }
}
