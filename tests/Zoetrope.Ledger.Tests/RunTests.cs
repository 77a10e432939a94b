using System.Text.Json;
using Zoetrope.Clients;
using Zoetrope.Eachlabs;
using Zoetrope.Jobs;
using Zoetrope.Jobs.Delivery;
using Zoetrope.Json;
using Zoetrope.Media;
using Zoetrope.Simulator;
using Zoetrope.Validation;

namespace Zoetrope.Ledger.Tests;

/// <summary>Jobs from the intent to the stored file.</summary>
public abstract class RunTests : LedgerTest
{
    [Fact]
    public async Task A_process_submits_no_more_jobs_than_it_may_wait_for()
    {
        await using var ledger = await OpenAsync(new LedgerOptions { Clients = [Fal], MostWaits = 2, PollInterval = TimeSpan.FromMilliseconds(20) });
        await ledger.IntendAsync([.. Enumerable.Range(0, 8).Select(i => Intent($"p{i}"))], Token);

        await ledger.RunAsync(Token);

        var (now, most, ended) = (0, 0, 0);
        await foreach (var entry in ledger.EventsAsync(cancellationToken: Token))
        {
            now += entry.Kind switch { LedgerEventKind.Sent => 1, LedgerEventKind.Ended => -1, _ => 0 };
            ended += entry.Kind == LedgerEventKind.Ended ? 1 : 0;
            most = Math.Max(most, now);
        }
        Assert.Equal((8, 2), (ended, most));
    }

    [Fact]
    public async Task A_batch_is_run_to_its_end_and_its_files_are_stored()
    {
        var outputs = Path.Combine(Folder, "out");
        await using var ledger = await OpenAsync(Options(new FolderOutputStore(outputs)));
        var jobs = await ledger.IntendAsync([.. Enumerable.Range(0, 20).Select(i => Intent($"p{i}", "trailer", $"shot {i}"))], Token);
        Assert.All(jobs, job => Assert.Equal(LedgerState.Intended, job.State));
        Assert.All(await AllAsync(ledger), job => Assert.Null(job.Result));
        Assert.Equal(0, Simulator.Submits);

        await ledger.RunAsync(Token);

        Assert.Equal(20, Simulator.Counts.Accepted);
        foreach (var job in await AllAsync(ledger))
        {
            Assert.Equal((LedgerState.Delivered, 1, null), (job.State, job.Attempts, job.Reason));
            var file = Assert.Single(job.Outputs);
            Assert.Equal(outputs, Path.GetDirectoryName(file));
            Assert.StartsWith(job.Label!.Replace(' ', '_') + "-", Path.GetFileName(file), StringComparison.Ordinal);
            Assert.Equal(".mp4", Path.GetExtension(file));
            Assert.True(new FileInfo(file).Length > 0);
            using var described = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.ChangeExtension(file, ".job.json"), Token));
            Assert.Equal(job.Handle!.ToString(), described.RootElement.GetProperty("handle").GetString());
            Assert.Equal(Path.GetFileName(file), described.RootElement.GetProperty("files")[0].GetString());
            Assert.Equal(job.Result!.Value, RawJson.Parse(described.RootElement.GetProperty("result").GetRawText()));
            Assert.True(job.CreatedAt <= job.SentAt && job.SentAt <= job.AcceptedAt && job.AcceptedAt <= job.EndedAt && job.EndedAt <= job.DeliveredAt);
            Assert.Equal(
                [LedgerEventKind.Intended, LedgerEventKind.Sent, LedgerEventKind.Accepted, LedgerEventKind.Ended, LedgerEventKind.Delivered],
                await HistoryAsync(ledger, job.Id));
        }
        var summary = await ledger.SummarizeAsync("trailer", Token);
        Assert.Equal((20, 20), (summary.Total, summary[LedgerState.Delivered]));
    }

    [Fact]
    public async Task Files_of_one_provider_that_do_not_come_delay_no_other_provider()
    {
        using var eachlabs = new EachlabsClient(new EachlabsClientOptions { BaseUrl = Simulator.BaseUrl, ApiKey = "k" });
        await using var ledger = await OpenAsync(Options(new HangsFor("fal"), clients: [Fal, eachlabs]));
        await ledger.IntendAsync([.. Enumerable.Range(0, 70).Select(i => Intent($"p{i}"))], Token);
        using var done = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var serving = ledger.ServeAsync(done.Token);
        while ((await ledger.SummarizeAsync(cancellationToken: Token))[LedgerState.Ended] < 70)
            await Task.Delay(20, Token);

        var job = await ledger.IntendAsync(new JobIntent("eachlabs", "kling-o3-pro-image-to-video", Input("a")), Token);
        using var tooLate = CancellationTokenSource.CreateLinkedTokenSource(Token);
        tooLate.CancelAfter(TimeSpan.FromMinutes(1));
        while ((await ledger.FindAsync(job.Id, tooLate.Token))!.State != LedgerState.Delivered)
            await Task.Delay(20, tooLate.Token);

        Assert.Equal(70, (await ledger.SummarizeAsync(cancellationToken: Token))[LedgerState.Ended]);
        await done.CancelAsync();
        await serving;
    }

    [Fact]
    public async Task Jobs_are_listed_in_the_order_in_which_they_were_recorded()
    {
        await using var ledger = await OpenAsync();

        // More than the ids of a millisecond.
        var jobs = await ledger.IntendAsync([.. Enumerable.Range(0, 5000).Select(i => Intent($"p{i}"))], Token);

        Assert.Equal(jobs.Select(job => job.Id), (await AllAsync(ledger, new() { Limit = 1000 })).Select(job => job.Id));
        Assert.All(jobs, job => Assert.Equal((7, 2), (Guid.ParseExact(job.Id, "N").Version, Guid.ParseExact(job.Id, "N").Variant >> 2)));
    }

    [Fact]
    public async Task The_same_input_in_a_batch_is_one_job_unless_asked_otherwise()
    {
        await using var ledger = await OpenAsync();
        var first = await ledger.IntendAsync(Intent("a", "one"), Token);
        var spelling = RawJson.Parse("""{ "prompt": "\u0061", "image_url":"https://example.com/a.png" }""");
        var same = await ledger.IntendAsync(new JobIntent("fal", first.EndpointId, spelling) { Batch = "one" }, Token);
        var elsewhere = await ledger.IntendAsync(Intent("a", "two"), Token);
        var again = await ledger.IntendAsync(Intent("a", "one") with { Again = true }, Token);
        var oneMore = await ledger.IntendAsync(Intent("a", "one") with { Again = true }, Token);

        Assert.Equal(first.Id, same.Id);
        Assert.Equal(4, new[] { first.Id, elsewhere.Id, again.Id, oneMore.Id }.Distinct().Count());
        await ledger.RunAsync(Token);
        Assert.Equal(4, Simulator.Counts.Accepted);

        Assert.Equal((first.Id, LedgerState.Delivered), await ledger.IntendAsync(Intent("a", "one"), Token) is var later ? (later.Id, later.State) : default);
        await ledger.RunAsync(Token);
        Assert.Equal(4, Simulator.Counts.Accepted);
    }

    [Fact]
    public async Task A_batch_of_one_job_has_the_first_that_was_recorded_whatever_comes_later()
    {
        await using var ledger = await OpenAsync();
        var intents = new[] { "a", "b", "c", "d" }.Select(prompt => Intent(prompt, "one", ceiling: 0.5m) with { IsOnlyOfBatch = true }).ToList();

        var jobs = await Task.WhenAll(intents.Select(intent => ledger.IntendAsync(intent, Token)));

        var first = Assert.Single(jobs, job => job.IsNew);
        Assert.All(jobs, job => Assert.Equal((first.Id, first.IdentityHash), (job.Id, job.IdentityHash)));
        Assert.Equal(first.IdentityHash, Assert.Single(intents, intent => intent.ComputeIdentityHash() == first.IdentityHash).ComputeIdentityHash());
        // Neither what another one may cost nor its files become those of the first.
        await ledger.IntendAsync(Intent("e", "one", ceiling: 9m) with { IsOnlyOfBatch = true }, Token);
        var stored = Assert.Single(await AllAsync(ledger, new LedgerQuery { UniqueKey = intents[0].ComputeUniqueKey() }));
        Assert.Equal((first.Id, 0.5m), (stored.Id, stored.Ceiling));
        Assert.NotEqual(first.Id, (await ledger.IntendAsync(Intent("a", "one"), Token)).Id);
        await ledger.RunAsync(Token);
        Assert.Equal(2, Simulator.Counts.Accepted);
    }

    [Fact]
    public async Task A_job_that_any_provider_may_run_is_one_job_and_the_one_of_a_call_that_named_its_provider()
    {
        using var eachlabs = new EachlabsClient(new EachlabsClientOptions { BaseUrl = Simulator.BaseUrl, ApiKey = "test-key" });
        await using var ledger = await OpenAsync(Options(clients: [Fal, eachlabs]));
        var atFal = new JobIntent("fal", "some/model", Input("a")) { Ceiling = 0.5m };
        var atEachlabs = new JobIntent("eachlabs", "some-model", Input("a")) { Ceiling = 9m };
        JobIntent Any(JobIntent intent) => intent with { IdentityModel = "some", Alternatives = [atFal, atEachlabs] };
        JobIntent Named(JobIntent intent) => intent with { Alternatives = [intent with { IdentityModel = "some" }] };

        var first = await ledger.IntendAsync(Any(atFal), Token);
        var other = await ledger.IntendAsync(Any(atEachlabs), Token);
        var named = await ledger.IntendAsync(Named(atFal), Token);
        var elsewhere = await ledger.IntendAsync(Named(atEachlabs), Token);

        Assert.Equal((true, false, false, true), (first.IsNew, other.IsNew, named.IsNew, elsewhere.IsNew));
        Assert.Equal((first.Id, first.Id), (other.Id, named.Id));
        // What another provider would cost is not what this one costs.
        Assert.Equal(("fal", 0.5m), (other.Provider, (await ledger.FindAsync(first.Id, Token))!.Ceiling));
        Assert.Equal(Any(atFal).ComputeUniqueKey(), first.UniqueKey);
        Assert.Equal(Any(atEachlabs).ComputeIdentityHash(), first.IdentityHash);
        // The other way round: what was named first is found by a call that leaves the provider open.
        var begun = await ledger.IntendAsync(Named(atFal) with { Batch = "b", Alternatives = [Any(atFal) with { Batch = "b" }] }, Token);
        var open = Any(atEachlabs) with { Batch = "b", Alternatives = [atFal with { Batch = "b" }, atEachlabs with { Batch = "b" }] };
        Assert.Equal((begun.Id, false), ((await ledger.IntendAsync(open, Token)).Id, (await ledger.IntendAsync(open, Token)).IsNew));
    }

    [Theory]
    [InlineData("open fal", "fal")]
    [InlineData("fal open", "fal")]
    [InlineData("open back", "open")]
    [InlineData("back open", "back")]
    [InlineData("open fal eachlabs", "fal eachlabs")]
    [InlineData("open open back fal", "open")]
    [InlineData("bare open fal", "fal")]
    [InlineData("eachlabs", "eachlabs")]
    public async Task What_would_be_one_job_is_one_in_one_list_too(string listed, string recorded)
    {
        using var eachlabs = new EachlabsClient(new EachlabsClientOptions { BaseUrl = Simulator.BaseUrl, ApiKey = "test-key" });
        await using var ledger = await OpenAsync(Options(clients: [Fal, eachlabs]));
        var atFal = new JobIntent("fal", "some/model", Input("a")) { Ceiling = 0.5m, Label = "fal" };
        var any = atFal with { IdentityModel = "some", Label = "open" };
        var intents = new Dictionary<string, JobIntent>
        {
            ["fal"] = atFal,
            ["back"] = atFal with { Alternatives = [any], Label = "back" },
            ["open"] = any with { Alternatives = [atFal, new JobIntent("eachlabs", "some-model", Input("a"))] },
            ["bare"] = any,
            ["eachlabs"] = new("eachlabs", "some-model", Input("a")) { Label = "eachlabs" },
        };

        var jobs = await ledger.IntendAsync([.. listed.Split(' ').Select(name => intents[name])], Token);

        Assert.Equal(recorded.Split(' ').Order(), (await AllAsync(ledger)).Select(job => job.Label!).Order());
        Assert.Equal(recorded.Split(' ').Length, jobs.Select(job => job.Id).Distinct().Count());
        Assert.Equal(recorded.Split(' ').Length, jobs.Count(job => job.IsNew));
    }

    [Fact]
    public async Task What_is_listed_with_a_job_that_is_recorded_elsewhere_is_recorded()
    {
        using var eachlabs = new EachlabsClient(new EachlabsClientOptions { BaseUrl = Simulator.BaseUrl, ApiKey = "test-key" });
        await using var ledger = await OpenAsync(Options(clients: [Fal, eachlabs]));
        var atFal = new JobIntent("fal", "some/model", Input("a"));
        var any = atFal with { IdentityModel = "some" };
        var known = await ledger.IntendAsync(new JobIntent("eachlabs", "some-model", Input("a")) { IdentityModel = "some" }, Token);

        var jobs = await ledger.IntendAsync([atFal with { Alternatives = [any] }, any], Token);

        Assert.Equal((true, "fal", known.Id), (jobs[0].IsNew, jobs[0].Provider, jobs[1].Id));
        var invalid = atFal with { Batch = "b", Alternatives = [any] };
        Assert.Contains("batch", (await Assert.ThrowsAsync<ArgumentException>(() => ledger.IntendAsync(invalid, Token))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"a":1,"b":[true,null]}""", """{ "b" : [ true , null ], "a" : 1 }""", true)]
    [InlineData("""{"a":"é"}""", """{"a":"\u00e9"}""", true)]
    [InlineData("""{"a":1,"a":2}""", """{"a":2}""", true)]
    [InlineData("""{"a":1}""", """{"a":1.0}""", false)]
    [InlineData("""{"a":[1,2]}""", """{"a":[2,1]}""", false)]
    [InlineData("""{"a":"1"}""", """{"a":1}""", false)]
    [InlineData("""{"a":"\ud800"}""", """{"a":"\ud800"}""", true)]
    [InlineData("""{"\ud800":1}""", """{"\ud800":1}""", true)]
    [InlineData("""{"\ud800":1}""", """{"\ud801":1}""", false)]
    public async Task Inputs_are_equal_whatever_their_spelling(string one, string other, bool areEqual)
    {
        await using var ledger = await OpenAsync();

        var first = await ledger.IntendAsync(new JobIntent("fal", "some/model", RawJson.Parse(one)), Token);
        var second = await ledger.IntendAsync(new JobIntent("fal", "some/model", RawJson.Parse(other)), Token);

        Assert.Equal(areEqual, first.Id == second.Id);
        Assert.Equal(areEqual, first.InputHash == second.InputHash);
    }

    [Fact]
    public async Task Where_one_input_is_not_valid_none_is_recorded()
    {
        await using var ledger = await OpenAsync();
        var invalid = new JobIntent(Zoetrope.Fal.Models.KlingVideoO3ProImageToVideo.Endpoint, RawJson.Parse("""{"prompt":"a"}"""));

        var exception = await Assert.ThrowsAsync<RequestValidationException>(() => ledger.IntendAsync([Intent("a"), invalid], Token));

        Assert.Contains("image_url", exception.Message, StringComparison.Ordinal);
        Assert.Empty(await AllAsync(ledger));
    }

    [Fact]
    public async Task A_provider_without_a_client_is_refused_before_anything_is_recorded()
    {
        await using var ledger = await OpenAsync();

        var exception = await Assert.ThrowsAsync<LedgerException>(
            () => ledger.IntendAsync(new JobIntent("runway", "gen4", RawJson.Parse("{}")), Token));

        Assert.Equal("This ledger has no client of runway: add one to LedgerOptions.Clients, which has fal.", exception.Message);
    }

    [Fact]
    public async Task Only_the_jobs_of_the_batch_are_run()
    {
        await using var ledger = await OpenAsync(Options(batch: "mine"));
        await ledger.IntendAsync([Intent("a", "mine"), Intent("b", "other"), Intent("c")], Token);

        await ledger.RunAsync(Token);

        Assert.Equal(1, Simulator.Counts.Accepted);
        Assert.Equal(2, (await AllAsync(ledger, new() { States = [LedgerState.Intended] })).Count);
    }

    [Fact]
    public async Task Finished_jobs_are_watched_in_process()
    {
        await using var ledger = await OpenAsync();
        using var done = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var serving = ledger.ServeAsync(done.Token);
        await ledger.IntendAsync([.. Enumerable.Range(0, 5).Select(i => Intent($"w{i}", "watched"))], Token);
        await ledger.IntendAsync(Intent("other", "other"), Token);

        var seen = new HashSet<string>();
        await foreach (var job in ledger.WatchAsync("watched", Token))
        {
            Assert.Equal(LedgerState.Delivered, job.State);
            if (seen.Add(job.Id) && seen.Count == 5)
                break;
        }
        await done.CancelAsync();
        await serving;

        Assert.Equal(5, seen.Count);
    }

    [Fact]
    public async Task A_job_that_fails_at_the_provider_is_failed_with_its_reason_and_can_be_put_back()
    {
        Simulator.AddFault(new() { Kind = FaultKind.JobFailure, Times = 1 });
        await using var ledger = await OpenAsync();
        var job = await ledger.IntendAsync(Intent("a", "b", ceiling: 1m), Token);
        await ledger.RunAsync(Token);

        var failed = (await ledger.FindAsync(job.Id, Token))!;
        Assert.Equal((LedgerState.Failed, 1m), (failed.State, failed.Spent));
        Assert.NotEmpty(failed.Reason!);

        var back = await ledger.RetryAsync(job.Id, Token);
        Assert.Equal((LedgerState.Intended, null, 1m), (back.State, back.Handle, back.EarlierCost));
        await ledger.RunAsync(Token);
        var done = (await ledger.FindAsync(job.Id, Token))!;
        Assert.Equal((LedgerState.Delivered, 2, 2m), (done.State, done.Attempts, done.Spent));
        Assert.Equal(2m, (await ledger.SummarizeAsync("b", Token)).Spent);
        Assert.NotEqual(failed.Handle, done.Handle);
    }

    [Fact]
    public async Task A_job_is_canceled_before_and_after_it_was_sent()
    {
        await using var slow = await MediaSimulator.StartAsync(new() { JobDuration = TimeSpan.FromMinutes(5), QueueTime = TimeSpan.FromMinutes(5) }, Token);
        using var fal = new Zoetrope.Fal.FalClient(new Zoetrope.Fal.FalClientOptions { BaseUrl = slow.BaseUrl, ApiKey = "k" });
        await using var ledger = await OpenAsync(Options(clients: fal));
        var early = await ledger.IntendAsync(Intent("early"), Token);
        var late = await ledger.IntendAsync(Intent("late"), Token);

        Assert.Equal(LedgerState.Canceled, (await ledger.CancelAsync(early.Id, Token)).Job.State);
        using var done = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var running = ledger.RunAsync(done.Token);
        while ((await ledger.FindAsync(late.Id, Token))!.State != LedgerState.Accepted)
            await Task.Delay(10, Token);
        Assert.Equal(CancelOutcome.Requested, (await ledger.CancelAsync(late.Id, Token)).Outcome);
        await running;

        Assert.Equal(LedgerState.Canceled, (await ledger.FindAsync(late.Id, Token))!.State);
        Assert.Equal(1, slow.Counts.Accepted);
    }

    [Fact]
    public async Task Single_steps_are_for_engines_and_can_be_repeated()
    {
        await using var ledger = await OpenAsync();
        var job = await ledger.IntendAsync(Intent("a"), Token);

        Assert.Equal(LedgerState.Intended, (await ledger.AdvanceAsync(job.Id, Token)).State);
        Assert.Equal(LedgerState.Accepted, (await ledger.SendAsync(job.Id, Token)).State);
        Assert.Equal(LedgerState.Accepted, (await ledger.SendAsync(job.Id, Token)).State);
        for (job = await ledger.AdvanceAsync(job.Id, Token); !job.IsFinished; job = await ledger.AdvanceAsync(job.Id, Token))
            await Task.Delay(20, Token);

        Assert.Equal(LedgerState.Delivered, (await ledger.SendAsync(job.Id, Token)).State);
        Assert.Equal((LedgerState.Delivered, 1), (job.State, Simulator.Counts.Accepted));
        Assert.Contains("no job 'x'", (await Assert.ThrowsAsync<LedgerException>(() => ledger.SendAsync("x", Token))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_job_that_another_process_is_about_to_send_is_waited_for()
    {
        await using var ledger = await OpenAsync();
        var job = await ledger.IntendAsync(Intent("a"), Token);
        await ExecuteAsync("INSERT INTO workers(id, lease) VALUES('another', 9999999999999)");
        await ExecuteAsync($"UPDATE jobs SET owner = 'another' WHERE id = '{job.Id}'");

        var sending = ledger.SendAsync(job.Id, Token);
        await Task.Delay(300, Token);
        Assert.False(sending.IsCompleted);
        await ExecuteAsync($"UPDATE jobs SET owner = NULL WHERE id = '{job.Id}'");

        Assert.Equal(LedgerState.Accepted, (await sending).State);
        Assert.Equal(1, Simulator.Counts.Accepted);
    }

    private sealed class HangsFor(string provider) : IOutputStore
    {
        public async Task<string> SaveAsync(LedgerJob job, int index, MediaFile file, MediaClient client, CancellationToken cancellationToken)
        {
            await Task.Delay(job.Provider == provider ? Timeout.InfiniteTimeSpan : TimeSpan.Zero, cancellationToken);
            return "nowhere";
        }

        public Task CompleteAsync(LedgerJob job, IReadOnlyList<string> outputs, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
