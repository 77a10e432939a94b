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
    public async Task Five_thousand_jobs_are_scrolled_through_and_only_what_is_nearly_seen_is_in_the_page()
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
        await window.UntilAsync("document.querySelectorAll('.job-row').length >= 40");
        // What has the focus is kept, wherever the window is.
        await window.Page.FocusAsync(".job-row:nth-child(3) a");

        var before = await window.Page.MetricsAsync();
        var seen = await ScrollAsync(window, 400);
        var after = await window.Page.MetricsAsync();

        Assert.Contains("5,000 jobs", await window.TextAsync("main .quiet"), StringComparison.Ordinal);
        Assert.Equal("#/jobs/job0000", await window.ValueAsync<string>("document.querySelector('.job-row:last-child a').hash"));
        Assert.Equal(["5000", "5000"], await window.ValueAsync<string[]>(
            "['aria-posinset', 'aria-setsize'].map(name => document.querySelector('.job-row:last-child').getAttribute(name))"));
        // The page does not grow with the history, and shows all of it.
        Assert.InRange(seen.MostRows, 40, 160);
        Assert.InRange(seen.MostNodes, 40, 3_000);
        Assert.Equal(0, seen.Gaps);
        Assert.Equal("#/jobs/job4997", await window.ValueAsync<string>("document.activeElement.hash"));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{seen.Frames} frames with at most {seen.MostRows} rows and {seen.MostNodes} nodes; of each, on average: {Work("ScriptDuration")} ms of scripts, ")
            + $"{Work("RecalcStyleDuration")} ms of styles, {Work("LayoutDuration")} ms of layout, {Work("TaskDuration")} ms in all.");

        // Back at the top, at another width, all of it is there too.
        await window.EmulateAsync(360);
        var back = await ScrollAsync(window, -2_000);
        Assert.InRange(back.MostRows, 20, 160);
        Assert.Equal(0, back.Gaps);
        Assert.Equal("#/jobs/job4999", await window.ValueAsync<string>("document.querySelector('.job-row a').hash"));
        Assert.Empty(window.Errors());

        string Work(string metric) => ((after[metric] - before[metric]) * 1000 / seen.Frames).ToString("0.00", CultureInfo.InvariantCulture);
    }

    /// <summary>Scrolls to the end of the history, or back to its beginning.</summary>
    private static Task<Scrolled> ScrollAsync(BrowserWindow window, int step) => window.ValueAsync<Scrolled>(
        $$"""
        new Promise(resolve => {
          const seen = { Frames: 0, MostRows: 0, MostNodes: 0, Gaps: 0 };
          const look = () => {
            seen.Frames++;
            seen.MostRows = Math.max(seen.MostRows, document.querySelectorAll(".job-row").length);
            seen.MostNodes = Math.max(seen.MostNodes, document.querySelectorAll("*").length);
            // In the middle of the window there is a job, once the list is there.
            const list = document.querySelector(".jobs").getBoundingClientRect();
            const middle = document.elementFromPoint(list.left + 100, innerHeight / 2);
            if (list.top < innerHeight / 2 - 60 && list.bottom > innerHeight / 2 + 60 && middle?.closest(".job-row") === null)
              seen.Gaps++;
            const end = document.documentElement.scrollHeight - innerHeight;
            if ({{step}} < 0 ? scrollY <= 0 : document.querySelector(".jobs + button").hidden && scrollY >= end - 1) {
              resolve(seen);
              return;
            }
            scrollBy(0, {{step}});
            // The list responds in the next frame, and is looked at in the one after that.
            requestAnimationFrame(() => requestAnimationFrame(look));
          };
          look();
        })
        """);

    private sealed record Scrolled(int Frames, int MostRows, int MostNodes, int Gaps);
}
