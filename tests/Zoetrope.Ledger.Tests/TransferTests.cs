using System.Text;
using Zoetrope.Costs;
using Zoetrope.Jobs;
using Zoetrope.Jobs.Storage;
using Zoetrope.Json;

namespace Zoetrope.Ledger.Tests;

/// <summary>Jobs that move to another ledger.</summary>
public abstract class TransferTests : LedgerTest
{
    private const string Model = "some/model";

    [Fact]
    public async Task Jobs_of_every_state_arrive_as_they_were_and_one_that_was_being_sent_is_in_doubt()
    {
        await using var ledger = await OpenAsync();
        await using var scratch = await OpenOtherAsync("scratch.db");
        var intended = await scratch.IntendAsync([.. Enum.GetValues<LedgerState>().Select(IntentOf)], Token);
        await ledger.Store.AddAsync([.. intended.Select((job, i) => InState(job, (LedgerState)i))], LedgerEventKind.Imported, Token);
        var exported = await ExportAsync(ledger);

        await using var other = await OpenOtherAsync();
        Assert.Equal((8, 8), await ImportAsync(other, exported));

        var before = await AllAsync(ledger);
        var after = await AllAsync(other);
        foreach (var (job, copy) in before.Zip(after))
        {
            var expected = job.State == LedgerState.Sent
                ? job with { State = LedgerState.InDoubt, Version = job.Version + 1, Reason = "it was being sent when it was exported" }
                : job;
            Assert.Equal(job.Outputs, copy.Outputs);
            Assert.Equal(expected with { Outputs = [], DueAt = default }, copy with { Outputs = [], DueAt = default });
            // Who is notified of doubts here has not been told of it.
            LedgerEventKind[] history = [LedgerEventKind.Imported, LedgerEventKind.InDoubt];
            Assert.Equal(copy.State == LedgerState.InDoubt ? history : history[..1], await HistoryAsync(other, copy.Id));
        }
        Assert.Equal(await ledger.Store.SpendAsync(SpendScope.Batch("b"), Token), await other.Store.SpendAsync(SpendScope.Batch("b"), Token));
        Assert.Equal(0, Simulator.Submits);
    }

    [Fact]
    public async Task An_import_leaves_jobs_that_exist_as_they_are()
    {
        await using var ledger = await OpenAsync();
        await using var other = await OpenOtherAsync();
        var job = await ledger.IntendAsync(Intent("a", "b", "early"), Token);
        Assert.Equal((1, 1), await ImportAsync(other, await ExportAsync(ledger)));
        // The same input in the same batch, although under another id.
        var same = await other.IntendAsync(Intent("b", "b", "theirs"), Token);
        await ledger.IntendAsync(Intent("b", "b", "mine", ceiling: 3m), Token);
        await other.CancelAsync(job.Id, Token);

        Assert.Equal((2, 0), await ImportAsync(other, await ExportAsync(ledger)));

        Assert.Equal(
            [(job.Id, "early", LedgerState.Canceled, null), (same.Id, "theirs", LedgerState.Intended, same.Ceiling)],
            (await AllAsync(other)).Select(one => (one.Id, one.Label, one.State, one.Ceiling)));
    }

    [Fact]
    public async Task An_import_of_a_job_that_is_further_on_than_the_ledgers_own_is_refused()
    {
        await using var ledger = await OpenAsync();
        await using var other = await OpenOtherAsync();
        await other.IntendAsync(Intent("a", "b"), Token);
        await ledger.IntendAsync(Intent("a", "b"), Token);
        await ledger.IntendAsync(Intent("c", "b"), Token);
        await ledger.RunAsync(Token);
        var lines = await ExportAsync(ledger);

        var exception = await Assert.ThrowsAsync<LedgerException>(() => ImportAsync(other, lines));

        Assert.Contains("it would be paid for twice. Nothing was imported", exception.Message, StringComparison.Ordinal);
        Assert.Equal(LedgerState.Intended, Assert.Single(await AllAsync(other)).State);
    }

    [Theory]
    [InlineData("\"unique\":true", "\"unique\":1", "it has no valid 'unique'")]
    [InlineData("\"state\":\"intended\"", "\"state\":\"lost\"", "'state': 'lost' is not one of intended, sent, in_doubt, ")]
    [InlineData("\"state\":\"intended\"", "\"state\":\"accepted\"", "'handle': a job with the state 'accepted' must have it")]
    [InlineData("\"state\":\"intended\"", "\"state\":\"in_doubt\"", "'sent_at': a job with the state 'in_doubt' was sent")]
    [InlineData("\"state\":\"intended\"", "\"state\":\"intended\",\"handle\":\"fal:some/model:1\"", "'handle': a job with the state 'intended' has none")]
    [InlineData("\"state\":\"intended\"", "\"state\":\"failed\",\"handle\":\"fal:other:1\"", "'handle': is not of fal:some/model")]
    [InlineData("\"state\":\"intended\"", "\"state\":\"ended\",\"handle\":\"fal:some/model:1\"", "'result': a job with the state 'ended' must have it")]
    [InlineData("\"attempts\":0", "\"attempts\":-1", "'attempts': must be a whole number")]
    [InlineData("\"created_at\":", "\"created_at\":1,\"x\":", "'created_at': must be a time")]
    [InlineData("\"earlier_cost\":0", "\"earlier_cost\":-1", "'earlier_cost': must be an amount")]
    [InlineData("\"earlier_cost\":0", "\"earlier_cost\":1000001", "'earlier_cost': must be an amount")]
    [InlineData("\"input\":", "\"no-input\":", "it has no valid 'input'")]
    [InlineData("\"token\":", "\"no-token\":", "it has no valid 'token'")]
    [InlineData("\"id\":\"", "\"id\":\"../", "'id': must be up to 64 letters and digits")]
    [InlineData("{", "", "it is not valid JSON: ")]
    [InlineData("\"outputs\":[]", "\"outputs\":[1]", "'outputs': must be a list of texts")]
    [InlineData("\"batch\":\"", "\"batch\":\"\\ud800", "it has a text that is not valid Unicode")]
    [InlineData("\"batch\":\"", "\"batch\":\"§", "it is not valid UTF-8")]
    public async Task A_line_that_is_not_a_job_is_named_and_nothing_is_imported(string from, string to, string problem)
    {
        await using var ledger = await OpenAsync();
        await ledger.IntendAsync([new JobIntent("fal", Model, RawJson.Parse("{}")), Intent("other")], Token);
        var lines = Encoding.UTF8.GetString(await ExportAsync(ledger)).Split('\n');
        Assert.Contains(from, lines[0], StringComparison.Ordinal);
        var at = lines[0].IndexOf(from, StringComparison.Ordinal);
        var broken = lines[0][..at] + to + lines[0][(at + from.Length)..];

        await using var other = await OpenOtherAsync();
        var exception = await Assert.ThrowsAsync<FormatException>(() => ImportAsync(other, Bytes($"\n{lines[1]}\r\n{broken}")));

        Assert.StartsWith($"Line 3 is not a job of a ledger: {problem}", exception.Message, StringComparison.Ordinal);
        Assert.EndsWith(". Nothing was imported.", exception.Message, StringComparison.Ordinal);
        Assert.Empty(await AllAsync(other));
    }

    private Task<JobLedger> OpenOtherAsync(string name = "other.db") =>
        JobLedger.OpenAsync(NewStore(name), Options(), Token);

    private static async Task<byte[]> ExportAsync(JobLedger ledger)
    {
        using var output = new MemoryStream();
        await ledger.ExportAsync(output, cancellationToken: Token);
        return output.ToArray();
    }

    private static async Task<(long Read, long Added)> ImportAsync(JobLedger ledger, byte[] lines)
    {
        using var input = new MemoryStream(lines);
        return await ledger.ImportAsync(input, Token);
    }

    // A section sign as an old encoding has it, which is not UTF-8.
    private static byte[] Bytes(string text) => [.. text.SelectMany(one => one == '§' ? [0xA7] : Encoding.UTF8.GetBytes([one]))];

    private static JobIntent IntentOf(LedgerState state) => new("fal", Model, RawJson.Parse($$"""{ "prompt" : "{{state}}\n", "n": 1.0 }"""))
    {
        Batch = "b",
        Label = state == LedgerState.Failed ? null : "ä " + state,
        Ceiling = 0.123456789m,
        Again = state == LedgerState.Canceled,
        IsOnlyOfBatch = state == LedgerState.Delivered,
    };

    private static LedgerJob InState(LedgerJob job, LedgerState state)
    {
        var time = DateTimeOffset.FromUnixTimeMilliseconds(1_790_000_000_123);
        var isSent = state != LedgerState.Intended;
        var isAccepted = state >= LedgerState.Accepted;
        var isOver = state >= LedgerState.Ended;
        return job with
        {
            IdempotencyKey = isSent ? job.Id : null,
            State = state,
            Version = 3,
            Attempts = isSent ? 2 : 0,
            Handle = isAccepted ? new JobHandle("fal", Model, job.Id, "https://example.com/x") : null,
            CreatedAt = time,
            SentAt = isSent ? time.AddSeconds(1) : null,
            AcceptedAt = isAccepted ? time.AddSeconds(2) : null,
            EndedAt = isOver ? time.AddSeconds(3) : null,
            DeliveredAt = state == LedgerState.Delivered ? time.AddSeconds(4) : null,
            Reason = state == LedgerState.Failed ? "it \"failed\"\nat the provider" : null,
            Billed = isOver ? new CostAmount(0.1m, CostAmount.Usd) : null,
            EarlierCost = 0.05m,
            Result = isOver ? RawJson.Parse("""{"video":{"url":"https://example.com/v.mp4"}}""") : null,
            Outputs = state == LedgerState.Delivered ? ["/out/ä.mp4", "/out/b.mp4"] : [],
        };
    }
}
