using Zoetrope.Cli.Tests;
using Zoetrope.Jobs;
using Zoetrope.Jobs.Sqlite;
using Zoetrope.Jobs.Storage;
using Zoetrope.Pages.Tests.Browsers;

namespace Zoetrope.Pages.Tests;

/// <summary>That sums and counts are those of the ledger, whichever part of it is shown.</summary>
public sealed class CountTests(Chromium chromium) : PageTest(chromium)
{
    [Fact]
    public async Task What_is_spent_of_the_cap_of_each_day_and_without_a_batch_is_shown()
    {
        await ImportAsync(
            new RecordedJob("joba") { Batch = "", State = "delivered", Ceiling = 0.25m },
            new RecordedJob("jobb") { Batch = "", State = "accepted", Ceiling = 0.5m },
            new RecordedJob("jobc") { Batch = "one", State = "delivered", Ceiling = 2m });
        await using (var ledger = await JobLedger.OpenAsync(new SqliteLedgerStore(Ledger), new LedgerOptions { Clients = [] }, Token))
            await ledger.SetCapAsync(SpendScope.EachDay, 7m, Token);
        // It is sent, and counts, today.
        (await CliProcess.RunAsync(Batch(Shots("wave"), "--max-job-cost", "0.5"))).Exits(0);
        using var page = await ServedLedger.StartAsync(Ledger);
        await using var window = await OpenAsync(page);

        await window.UntilTextAsync(".caps li", "Today (UTC) $0.50 spent, $0.00 set aside, of at most $7.00");
        Assert.Equal(1, await window.ValueAsync<int>("document.querySelectorAll('.caps li').length"));
        Assert.Equal(("$0.25", "$0.50"), (await FactAsync("Without a batch", "spent"), await FactAsync("Without a batch", "set aside")));
        Assert.Equal("$2.00", await FactAsync("one", "spent"));
        Assert.Empty(window.Errors());

        Task<string> FactAsync(string batch, string fact) => window.ValueAsync<string>(
            $$"""
            [...[...document.querySelectorAll(".batch")].find(card => card.querySelector("h2").innerText === {{BrowserWindow.Quote(batch)}})
              .querySelectorAll(".fact")].find(one => one.querySelector("dt").innerText === {{BrowserWindow.Quote(fact)}})?.querySelector("dd").innerText ?? ""
            """);
    }

    [Fact]
    public async Task Doubts_are_counted_whichever_of_them_are_shown()
    {
        await ImportAsync(
            [
                .. Enumerable.Range(0, 55).Select(i => new RecordedJob($"job{i:00}") { Batch = "one", State = "in_doubt" }),
                new RecordedJob("job99") { Batch = "two", State = "failed" },
            ]);
        using var page = await ServedLedger.StartAsync(Ledger);
        await using var window = await OpenAsync(page, "doubts?batch=one");

        await window.UntilTextAsync(".summary", "55 jobs in doubt.");
        Assert.Equal("In doubt of one", await window.TextAsync("h1"));
        Assert.Equal("More jobs in doubt", await window.TextAsync(".pages"));
        await window.Page.ClickAsync("a[rel=next]");
        await window.UntilTextAsync(".pages", "First page");
        await window.UntilTextAsync(".summary", "55 jobs in doubt.");
        Assert.Equal(5, await window.ValueAsync<int>("document.querySelectorAll('.doubts > li').length"));

        await ShowAsync(window, "doubts?after=job98");
        await window.UntilTextAsync(".summary", "55 jobs in doubt, and no more after those of the page before.");
        await window.Page.ClickAsync(".pages a");
        await window.UntilTextAsync(".doubts", "job00");
        await ShowAsync(window, "doubts?batch=two");
        await window.UntilTextAsync(".summary", "No job of two is in doubt.");
        Assert.Empty(window.Errors());
    }

    [Fact]
    public async Task The_end_of_the_gallery_is_not_an_empty_gallery()
    {
        await ImportAsync(new RecordedJob("jobb") { Batch = "one", State = "delivered", Outputs = [Write("out/b.svg", Recorded.Svg)] });
        using var page = await ServedLedger.StartAsync(Ledger);
        await using var window = await OpenAsync(page, "gallery?batch=one&after=joba");

        await window.UntilTextAsync(".summary", "No more files.");
        await window.Page.ClickAsync(".pages a");
        await window.UntilTextAsync(".media", "b.svg");
        Assert.Equal("Gallery of one", await window.TextAsync("h1"));
        await ShowAsync(window, "gallery?batch=two");
        await window.UntilTextAsync(".summary", "No file is delivered yet.");
        Assert.Empty(window.Errors());
    }
}
