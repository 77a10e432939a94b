using System.Globalization;
using Zoetrope.Cli.Tests;
using Zoetrope.Pages.Tests.Browsers;

namespace Zoetrope.Pages.Tests;

/// <summary>How much the playground loads, and how it bears a long history.</summary>
public sealed class PlayBudgetTests(Chromium chromium, PlayFixture fixture, ITestOutputHelper output) : PlayTest(chromium), IClassFixture<PlayFixture>
{
    private const int Jobs = 5_000;
    private const string Resources = "performance.getEntriesByType('resource')";

    [Fact]
    public async Task The_first_view_is_at_most_100_kilobytes()
    {
        await using var window = await OpenAsync(fixture.Play);
        var (bytes, requests, time) = (
            await window.ValueAsync<double>($"[...{Resources}, performance.getEntriesByType('navigation')[0]].reduce((sum, one) => sum + one.transferSize, 0)"),
            await window.ValueAsync<int>($"{Resources}.length + 1"),
            await window.ValueAsync<double>(
                $"Math.max(...performance.getEntriesByType('paint').map(one => one.startTime), ...{Resources}.map(one => one.responseEnd))"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{bytes:0} bytes in {requests} requests, all loaded and painted after {time:0} ms."));
        Assert.InRange(bytes, 20_000, 100_000);
        // Nothing is loaded from elsewhere.
        Assert.True(await window.ValueAsync<bool>($"{Resources}.every(one => new URL(one.name).origin === location.origin)"));
    }

    [Fact]
    public async Task Five_thousand_jobs_are_scrolled_through_and_only_what_is_seen_is_laid_out()
    {
        using var folder = new TemporaryFolder();
        var lines = folder.Write(
            "import.jsonl",
            string.Concat(Enumerable.Range(0, Jobs).Select(i =>
                new RecordedJob($"job{i:0000}") { Batch = "playground", State = i % 2 == 0 ? "delivered" : "failed" }.Line())));
        var ledger = Path.Combine(folder.Path, "zoetrope.db");
        (await CliProcess.RunAsync(["jobs", "import", lines, "--ledger", ledger])).Exits(0);
        using var play = await ServedPlay.StartAsync(["--server", fixture.Simulator.BaseUrl.ToString(), "--out", folder.Path]);
        await using var window = await OpenAsync(play, "history");
        await window.UntilAsync("document.querySelectorAll('.job-row').length >= 100");
        // Not all at once: only what is nearly seen.
        Assert.InRange(await window.ValueAsync<int>("document.querySelectorAll('.job-row').length"), 100, 500);

        var frames = await window.ValueAsync<double[]>(
            """
            new Promise(resolve => {
              const frames = [];
              let last = performance.now();
              const step = now => {
                frames.push(now - last);
                last = now;
                scrollBy(0, 400);
                const isEnd = document.querySelector('.jobs + button').hidden && scrollY + innerHeight >= document.documentElement.scrollHeight - 1;
                if (isEnd || frames.length > 20000)
                  resolve(frames);
                else
                  requestAnimationFrame(step);
              };
              requestAnimationFrame(step);
            })
            """);

        Assert.Equal(Jobs, await window.ValueAsync<int>("document.querySelectorAll('.job-row').length"));
        Assert.Contains("5,000 jobs", await window.TextAsync("main .quiet"), StringComparison.Ordinal);
        Assert.Equal("#/jobs/job0000", await window.ValueAsync<string>("document.querySelector('.job-row:last-child a').hash"));
        var sorted = frames.Order().ToList();
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{sorted.Count} frames: median {sorted[sorted.Count / 2]:0.0} ms, 95 % {sorted[sorted.Count * 95 / 100]:0.0} ms, longest {sorted[^1]:0.0} ms."));
        Assert.Equal("auto", await window.ValueAsync<string>("getComputedStyle(document.querySelector('.job-row')).contentVisibility"));
        Assert.Empty(window.Errors());
    }
}
