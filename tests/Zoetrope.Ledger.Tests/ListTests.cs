using Zoetrope.Jobs;
using Zoetrope.Jobs.Storage;

namespace Zoetrope.Ledger.Tests;

/// <summary>What those read that only look at a ledger.</summary>
public abstract class ListTests : LedgerTest
{
    [Fact]
    public async Task Jobs_are_listed_from_either_end_page_by_page()
    {
        await using var ledger = await OpenAsync();
        for (var i = 0; i < 7; i++)
            await ledger.IntendAsync(Intent($"prompt {i}", label: $"{i}"), Token);

        Assert.Equal(["0", "1", "2", "3", "4", "5", "6"], await LabelsAsync(new() { Limit = 3 }));
        Assert.Equal(["6", "5", "4", "3", "2", "1", "0"], await LabelsAsync(new() { Limit = 3, NewestFirst = true }));
        var first = await ledger.Store.ListAsync(new() { Limit = 2, NewestFirst = true }, Token);
        var second = await ledger.Store.ListAsync(new() { Limit = 2, NewestFirst = true, After = first[^1].Id }, Token);
        Assert.Equal(["6", "5", "4", "3"], first.Concat(second).Select(job => job.Label));

        async Task<List<string?>> LabelsAsync(LedgerQuery query)
        {
            var labels = new List<string?>();
            await foreach (var job in ledger.ListAsync(query, Token))
                labels.Add(job.Label);
            return labels;
        }
    }

    [Fact]
    public async Task Jobs_are_listed_by_batch_model_state_and_files()
    {
        await using var ledger = await OpenAsync();
        var a = await ledger.IntendAsync(Intent("a", "one", "a"), Token);
        var b = await ledger.IntendAsync(Intent("b", "one", "b"), Token);
        await ledger.IntendAsync(Intent("c", "two", "c"), Token);
        await ledger.IntendAsync(Intent("d", "", "d"), Token);
        await EndAsync(ledger, a, "/out/a.mp4");
        await EndAsync(ledger, b);

        Assert.Equal(["a"], await LabelsAsync(new() { HasOutputs = true }));
        Assert.Equal(["a", "b"], await LabelsAsync(new() { Batch = "one" }));
        Assert.Equal(["d"], await LabelsAsync(new() { Batch = "" }));
        Assert.Equal(["c"], await LabelsAsync(new() { Batch = "two", States = [LedgerState.Intended], Provider = a.Provider, EndpointId = a.EndpointId }));
        Assert.Empty(await LabelsAsync(new() { Provider = "other" }));
        Assert.Empty(await LabelsAsync(new() { EndpointId = "other' OR 1=1 --" }));

        async Task<IEnumerable<string?>> LabelsAsync(LedgerQuery query) => (await ledger.Store.ListAsync(query, Token)).Select(job => job.Label);
    }

    [Fact]
    public async Task A_list_without_content_has_all_but_inputs_and_results()
    {
        await using var ledger = await OpenAsync();
        var job = await EndAsync(ledger, await ledger.IntendAsync(Intent("a", "one", "a", 0.5m), Token), "/out/a.mp4");
        Assert.NotNull(job.Result);

        var listed = Assert.Single(await ledger.Store.ListAsync(new() { WithoutContent = true }, Token));

        Assert.Equal("null", listed.Input.ToString());
        Assert.Null(listed.Result);
        Assert.Equal(
            (job.Id, job.State, job.Label, job.Spent, job.Handle, job.EndedAt, job.Outputs[0]),
            (listed.Id, listed.State, listed.Label, listed.Spent, listed.Handle, listed.EndedAt, listed.Outputs[0]));
    }

    [Fact]
    public async Task A_job_can_be_found_without_its_content()
    {
        await using var ledger = await OpenAsync();
        var job = await EndAsync(ledger, await ledger.IntendAsync(Intent("a"), Token), "/out/a.mp4");

        var found = await ledger.Store.FindWithoutContentAsync(job.Id, Token);

        Assert.Equal(("null", (string?)null), (found!.Input.ToString(), found.Result?.ToString()));
        Assert.Equal((job.Id, job.Version, job.Handle, "/out/a.mp4"), (found.Id, found.Version, found.Handle, Assert.Single(found.Outputs)));
        Assert.Null(await ledger.Store.FindWithoutContentAsync("unknown", Token));
    }

    [Fact]
    public async Task The_end_of_a_history_is_in_its_order()
    {
        await using var ledger = await OpenAsync();
        var job = await EndAsync(ledger, await ledger.IntendAsync(Intent("a"), Token));
        await ledger.IntendAsync(Intent("b"), Token);
        var all = await ledger.Store.EventsAsync(job.Id, cancellationToken: Token);
        Assert.True(all.Count > 3, $"{all.Count}");

        Assert.Equal(all.TakeLast(3), await ledger.Store.LastEventsAsync(job.Id, 3, Token));
        Assert.Equal(all, await ledger.Store.LastEventsAsync(job.Id, 1000, Token));
        Assert.Empty(await ledger.Store.LastEventsAsync("unknown", 1000, Token));
    }

    [Theory]
    [InlineData("handle = 'fal'")]
    [InlineData("outputs = '[1]'")]
    [InlineData("outputs = '[\"'")]
    [InlineData("input = '{'")]
    [InlineData("created = 9000000000000000000")]
    [InlineData("cost = 1, cost_unit = NULL")]
    public async Task A_row_that_cannot_be_read_is_an_error_that_names_its_job(string damage)
    {
        await using var ledger = await OpenAsync();
        var job = await ledger.IntendAsync(Intent("a"), Token);
        await ExecuteAsync($"UPDATE jobs SET {damage}");

        var error = await Assert.ThrowsAsync<LedgerException>(() => ledger.FindAsync(job.Id, Token));
        Assert.Contains($"job '{job.Id}' cannot be read", error.Message, StringComparison.Ordinal);
        Assert.False(error.IsTransient);
        await Assert.ThrowsAsync<LedgerException>(() => ledger.Store.ListAsync(new(), Token));
    }

    [Fact]
    public async Task An_entry_that_cannot_be_read_is_an_error_that_names_its_job()
    {
        await using var ledger = await OpenAsync();
        var job = await ledger.IntendAsync(Intent("a"), Token);
        await ExecuteAsync("UPDATE events SET at = 9000000000000000000");

        var error = await Assert.ThrowsAsync<LedgerException>(() => ledger.Store.EventsAsync(job.Id, cancellationToken: Token));

        Assert.Contains($"history of the job '{job.Id}' cannot be read", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Queued_running_and_paused_jobs_those_in_doubt_and_the_finished_ones_are_all_jobs()
    {
        await using var ledger = await OpenAsync();
        for (var i = 0; i < 14; i++)
            await ledger.IntendAsync(Intent($"prompt {i}"), Token);
        var jobs = await ledger.Store.ListAsync(new() { Limit = 14 }, Token);
        LedgerState[] states =
        [
            LedgerState.Sent, LedgerState.Accepted, LedgerState.Accepted, LedgerState.Ended, LedgerState.InDoubt, LedgerState.Delivered, LedgerState.Failed,
            LedgerState.Canceled,
        ];
        for (var i = 0; i < states.Length; i++)
            await ExecuteAsync($"UPDATE jobs SET state = {(int)states[i]} WHERE id = '{jobs[i].Id}'");
        await ExecuteAsync($"UPDATE jobs SET reason = 'the cap' WHERE id = '{jobs[^1].Id}'");

        var summary = await ledger.SummarizeAsync(cancellationToken: Token);

        Assert.Equal((14, 5, 4, 1, 3), (summary.Total, summary.Queued, summary.Running, summary.Paused, summary.Finished));
        Assert.Equal(summary.Queued + summary.Running, summary.Remaining);
        Assert.Equal(summary.Total, summary.Remaining + summary.Paused + summary[LedgerState.InDoubt] + summary.Finished);
    }

    [Fact]
    public async Task An_export_has_the_content_whatever_the_query()
    {
        await using var ledger = await OpenAsync();
        await ledger.IntendAsync(Intent("the prompt"), Token);
        using var lines = new MemoryStream();

        await ledger.ExportAsync(lines, new() { WithoutContent = true }, Token);

        Assert.Contains("the prompt", System.Text.Encoding.UTF8.GetString(lines.ToArray()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_overview_counts_jobs_by_batch_model_and_state()
    {
        await using var ledger = await OpenAsync();
        Assert.Empty((await ledger.Store.OverviewAsync(Token)).Groups);
        Assert.Equal(0, await ledger.Store.LastEventAsync(Token));
        var a = await ledger.IntendAsync(Intent("a", "one", ceiling: 2m), Token);
        var last = await ledger.IntendAsync(Intent("b", "one", ceiling: 2m), Token);
        await ledger.IntendAsync(Intent("c", "two"), Token);
        await EndAsync(ledger, a, "/out/a.mp4");
        await ledger.SetCapAsync(SpendScope.Provider("unused"), 7m, Token);
        await ledger.SetCapAsync(SpendScope.Batch("one"), 3m, Token);
        await ledger.Store.PauseAsync(SpendScope.Batch("one"), 2m, "the cap", TimeSpan.FromMinutes(1), Token);

        var overview = await ledger.Store.OverviewAsync(Token);

        Assert.Equal(
            [
                ("one", LedgerState.Intended, 1L, 1L, "the cap"),
                ("one", LedgerState.Delivered, 1L, 0L, null),
                ("two", LedgerState.Intended, 1L, 0L, null),
            ],
            overview.Groups.OrderBy(group => group.Batch, StringComparer.Ordinal).ThenBy(group => group.State)
                .Select(group => (group.Batch, group.State, group.Count, group.WithReason, group.Reason)));
        Assert.All(overview.Groups, group => Assert.Equal((a.Provider, a.EndpointId), (group.Provider, group.EndpointId)));
        Assert.Equal(last.Id, overview.Groups.Single(group => group.WithReason > 0).LastId);
        Assert.Contains(new SpendReport(SpendScope.Batch("one"), 2m, 0m, 3m), overview.Spending);
        Assert.Contains(new SpendReport(SpendScope.Provider("unused"), 0m, 0m, 7m), overview.Spending);
        var events = await ledger.Store.EventsAsync(null, cancellationToken: Token);
        Assert.Equal(events[^1].Sequence, await ledger.Store.LastEventAsync(Token));
    }

    [Fact]
    public async Task The_overview_has_only_the_day_of_today_and_those_with_a_cap()
    {
        await using var ledger = await OpenAsync();
        await ExecuteAsync("INSERT INTO spend(scope, spent, reserved) VALUES('day:2001-01-01', 5, 0), ('day:2001-01-02', 5, 0)");
        await ledger.SetCapAsync(SpendScope.Day(new(2001, 1, 2)), 9m, Token);
        await EndAsync(ledger, await ledger.IntendAsync(Intent("a", ceiling: 2m), Token));

        var (overview, today) = await OverviewAsync(ledger);

        Assert.Equal([new(SpendScope.Day(new(2001, 1, 2)), 0.000000005m, 0, 9m), new(today, 2m, 0, null)], Days(overview));
    }

    [Fact]
    public async Task The_cap_of_each_day_is_that_of_today_unless_it_has_its_own()
    {
        await using var ledger = await OpenAsync();
        await ledger.SetCapAsync(SpendScope.EachDay, 7m, Token);
        var (overview, today) = await OverviewAsync(ledger);
        Assert.Equal([new(today, 0, 0, 7m)], Days(overview));

        await EndAsync(ledger, await ledger.IntendAsync(Intent("a", ceiling: 2m), Token));
        (overview, today) = await OverviewAsync(ledger);
        Assert.Equal([new(today, 2m, 0, 7m)], Days(overview));

        await ledger.SetCapAsync(today, 3m, Token);
        (overview, _) = await OverviewAsync(ledger);
        Assert.Equal([new(today, 2m, 0, 3m)], Days(overview));
    }

    [Fact]
    public async Task The_jobs_and_the_sums_of_an_overview_are_of_one_moment()
    {
        await using var ledger = await OpenAsync();
        const int count = 60;
        for (var i = 0; i < count; i++)
            await ledger.IntendAsync(Intent($"prompt {i}", "one", ceiling: 1m), Token);
        var jobs = await ledger.Store.ListAsync(new() { Limit = count }, Token);

        var work = Task.Run(
            async () =>
            {
                foreach (var job in jobs)
                    await EndAsync(ledger, job);
            },
            Token);
        for (var isLast = false; !isLast;)
        {
            isLast = work.IsCompleted;
            var overview = await ledger.Store.OverviewAsync(Token);
            var sent = overview.Groups.Where(group => group.State != LedgerState.Intended).Sum(group => group.Count);
            var sum = overview.Spending.SingleOrDefault(report => report.Scope == SpendScope.Batch("one"));
            Assert.Equal(sent, (sum?.Spent ?? 0) + (sum?.Reserved ?? 0));
        }
        await work;
    }

    private static List<SpendReport> Days(LedgerOverview overview) =>
        [.. overview.Spending.Where(report => report.Scope.Name.StartsWith("day", StringComparison.Ordinal))];

    private static async Task<(LedgerOverview Overview, SpendScope Today)> OverviewAsync(JobLedger ledger)
    {
        var overview = await ledger.Store.OverviewAsync(Token);
        return (overview, SpendScope.Day(DateOnly.FromDateTime(overview.At.UtcDateTime)));
    }

    /// <summary>Takes a job to its end, as a worker would.</summary>
    private static async Task<LedgerJob> EndAsync(JobLedger ledger, LedgerJob job, params string[] outputs)
    {
        await ledger.Store.RenewAsync("worker", TimeSpan.FromMinutes(1), isNew: true, Token);
        var claimed = (await ledger.Store.ClaimOneAsync(job.Id, "worker", Token))!.Value;
        var sent = (await ledger.Store.MarkSentAsync(job.Id, claimed.Version, "worker", null, Token)).Job!;
        var accepted = (await ledger.Store.AcceptAsync(
            job.Id, sent.Attempts, new("fal", job.EndpointId, job.Id), "worker", TimeSpan.Zero, cancellationToken: Token))!;
        var ended = (await ledger.Store.ChangeAsync(
            new(job.Id, accepted.Version, LedgerEventKind.Ended, LedgerState.Ended) { Result = Json.RawJson.Parse("""{"a":1}""") }, Token))!;
        return (await ledger.Store.ChangeAsync(
            new(job.Id, ended.Version, LedgerEventKind.Delivered, LedgerState.Delivered) { Outputs = outputs }, Token))!;
    }
}
