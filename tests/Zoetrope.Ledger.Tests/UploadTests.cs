using Zoetrope.Fal;
using Zoetrope.Fal.Models;
using Zoetrope.Higgsfield;
using Zoetrope.Jobs;
using Zoetrope.Json;
using Zoetrope.Simulator;
using Zoetrope.Uploads;

namespace Zoetrope.Ledger.Tests;

/// <summary>Files of this machine become inputs, each content once.</summary>
public abstract class UploadTests : LedgerTest
{
    private int Uploads => Simulator.Requests.Count(request => request.Operation == SimulatorOperation.Upload);

    [Fact]
    public async Task The_same_content_is_uploaded_once_by_all_processes_and_another_again()
    {
        var (one, same, other) = (Write("one.png", "a picture"), Write("same.png", "a picture"), Write("other.png", "another"));
        LedgerUpload first;
        await using (var ledger = await OpenAsync())
            first = await ledger.UploadAsync("fal", one, cancellationToken: Token);
        var uploads = Uploads;
        Assert.True(uploads > 0);

        await using var later = await OpenAsync();
        Assert.Equal(first, await later.UploadAsync("fal", one, cancellationToken: Token));
        Assert.Equal(first, await later.UploadAsync("fal", same, cancellationToken: Token));
        Assert.Equal(uploads, Uploads);
        Assert.NotEqual(first, await later.UploadAsync("fal", other, cancellationToken: Token));
        Assert.Equal(2 * uploads, Uploads);
        Write("one.png", "a new picture");
        Assert.NotEqual(first, await later.UploadAsync("fal", one, cancellationToken: Token));
    }

    [Fact]
    public async Task What_is_not_there_for_long_any_more_is_uploaded_again()
    {
        var path = Write("one.png", "a picture");
        await using var ledger = await OpenAsync();
        var hash = await JobLedger.HashFileAsync(path, Token);
        var account = ((IFileUploads)Fal.Protocol).Account;
        var old = new LedgerUpload("fal", account, hash, "https://example.com/old");
        var elsewhere = new LedgerUpload("eachlabs", account, hash, "https://example.com/elsewhere", DateTimeOffset.UnixEpoch);
        await ledger.Store.RecordUploadAsync(old, TimeSpan.FromMilliseconds(1), Token);
        await ledger.Store.RecordUploadAsync(elsewhere, TimeSpan.FromHours(1), Token);
        await Task.Delay(5, Token);

        var upload = await ledger.UploadAsync("fal", path, cancellationToken: Token);

        Assert.NotEqual("https://example.com/old", upload.Reference);
        Assert.Equal(upload, await ledger.FindUploadAsync("fal", hash, Token));
        Assert.Equal(elsewhere, await ledger.Store.FindUploadAsync("eachlabs", account, hash, Token));
    }

    [Fact]
    public async Task What_may_not_be_used_any_more_is_forgotten_when_another_is_uploaded()
    {
        await using var ledger = await OpenAsync();
        for (var i = 0; i < 230; i++)
            await ledger.Store.RecordUploadAsync(new("fal", "account", $"hash{i}", $"https://example.com/{i}"), TimeSpan.FromHours(i < 150 ? 1 : 2), Token);
        await ExecuteAsync("UPDATE uploads SET until = 1 WHERE hash < 'hash2'");
        var left = 230 - await CountAsync("until = 1");
        Assert.Equal(118, left);

        await ledger.Store.RecordUploadAsync(new("fal", "account", "new", "https://example.com/new"), TimeSpan.FromHours(1), Token);
        // Some at a time.
        Assert.Equal((12, left + 1), (await CountAsync("until = 1"), await CountAsync("until > 1")));
        await ledger.Store.RecordUploadAsync(new("fal", "account", "hash0", "https://example.com/again"), TimeSpan.FromHours(1), Token);

        Assert.Equal((0, left + 2), (await CountAsync("until = 1"), await CountAsync("until > 1")));
        Assert.Equal("https://example.com/again", (await ledger.Store.FindUploadAsync("fal", "account", "hash0", Token))!.Reference);
        Assert.Equal("https://example.com/2", (await ledger.Store.FindUploadAsync("fal", "account", "hash2", Token))!.Reference);

        Task<long> CountAsync(string which) => NumberAsync($"SELECT COUNT(*) FROM uploads WHERE {which}");
    }

    [Fact]
    public async Task What_one_server_or_account_has_is_not_used_at_another()
    {
        var path = Write("one.png", "a picture");
        await using var elsewhere = await MediaSimulator.StartAsync(new(), Token);
        using var test = new FalClient(new FalClientOptions { BaseUrl = elsewhere.BaseUrl, ApiKey = "test-key" });
        using var other = new FalClient(new FalClientOptions { BaseUrl = Simulator.BaseUrl, ApiKey = "other-key" });
        LedgerUpload tried, first;
        await using (var ledger = await OpenAsync(Options(clients: [test])))
            tried = await ledger.UploadAsync("fal", path, cancellationToken: Token);
        await using (var ledger = await OpenAsync())
        {
            first = await ledger.UploadAsync("fal", path, cancellationToken: Token);
            Assert.StartsWith(Simulator.BaseUrl.ToString(), first.Reference, StringComparison.Ordinal);
            Assert.DoesNotContain("test-key", first.Account, StringComparison.Ordinal);
        }
        await using (var ledger = await OpenAsync(Options(clients: [other])))
            Assert.NotEqual(first.Account, (await ledger.UploadAsync("fal", path, cancellationToken: Token)).Account);

        await using var back = await OpenAsync(Options(clients: [test]));
        Assert.Equal(tried, await back.UploadAsync("fal", path, cancellationToken: Token));
    }

    [Fact]
    public async Task A_job_is_not_sent_to_another_server_than_that_of_its_files_until_it_is_recorded_anew()
    {
        var upload = new LedgerUpload("fal", "https://elsewhere.example#0123", "hash", "https://example.com/1.png");
        await using var ledger = await OpenAsync();
        var job = await ledger.IntendAsync(Of("https://example.com/1.png", "sha256:1") with { Uploads = [upload] }, Token);

        await ledger.RunAsync(Token);

        job = (await ledger.FindAsync(job.Id, Token))!;
        Assert.Equal((LedgerState.Intended, 0), (job.State, Simulator.Submits));
        Assert.StartsWith("files of its input were uploaded to another server, or with another key: ", job.Reason, StringComparison.Ordinal);
        await AssertRenewedAsync(ledger, job);
    }

    [Fact]
    public async Task A_job_whose_files_have_expired_is_not_sent_until_it_is_recorded_anew()
    {
        var upload = MineAt("https://example.com/1.png", DateTimeOffset.UtcNow.AddSeconds(30));
        await using var ledger = await OpenAsync();
        var job = await ledger.IntendAsync(
            Of("https://example.com/1.png", "sha256:1") with { Uploads = [MineAt("https://example.com/2.png", null), upload] }, Token);

        await ledger.RunAsync(Token);

        job = (await ledger.FindAsync(job.Id, Token))!;
        Assert.Equal((LedgerState.Intended, 0, 0), (job.State, job.Attempts, Simulator.Submits));
        Assert.StartsWith("files of its input were kept until ", job.Reason, StringComparison.Ordinal);
        Assert.Equal([LedgerEventKind.Intended, LedgerEventKind.Paused], await HistoryAsync(ledger, job.Id));
        await AssertRenewedAsync(ledger, job);
    }

    [Fact]
    public async Task What_was_sent_keeps_its_input_and_what_is_made_again_can_be_renewed()
    {
        await using var ledger = await OpenAsync();
        var intent = Of("https://example.com/1.png", "sha256:1") with { Uploads = [MineAt("https://example.com/1.png", null)] };
        var sent = await ledger.IntendAsync(intent, Token);
        await ledger.RunAsync(Token);
        var newer = Of("https://example.com/2.png", "sha256:1") with { Uploads = [MineAt("https://example.com/2.png", null)] };

        Assert.Equal((sent.Id, sent.InputHash, false), await ResultOfAsync(newer));
        var again = await ledger.IntendAsync(intent with { Again = true }, Token);
        Assert.Equal(sent.IdentityHash, again.IdentityHash);
        Assert.Equal(sent.IdentityHash, (await ledger.FindAsync(again.Id, Token))!.IdentityHash);
        await Assert.ThrowsAsync<ArgumentException>(() => ledger.RenewAsync(again, Of("https://example.com/2.png", "sha256:2"), Token));
        var renewed = await ledger.RenewAsync(again, newer with { Again = true }, Token);
        Assert.Equal((newer.ComputeInputHash(), again.Version + 1), (renewed!.InputHash, renewed.Version));
        // By the version that is not there any more.
        Assert.Null(await ledger.RenewAsync(again, intent with { Again = true }, Token));

        await ledger.RunAsync(Token);
        Assert.Equal(2, Simulator.Submits);
        Assert.Null(await ledger.RenewAsync((await ledger.FindAsync(again.Id, Token))!, intent with { Again = true }, Token));

        async Task<(string, string, bool)> ResultOfAsync(JobIntent intent)
        {
            var job = await ledger.IntendAsync(intent, Token);
            return (job.Id, job.InputHash, job.IsNew);
        }
    }

    [Fact]
    public async Task A_file_with_another_content_than_was_checked_is_not_uploaded()
    {
        var path = Write("one.png", "a picture");
        await using var ledger = await OpenAsync();
        var hash = await JobLedger.HashFileAsync(path, Token);
        Write("one.png", "b picture");

        await Assert.ThrowsAsync<IOException>(() => ledger.UploadAsync("fal", path, hash, Token));

        Assert.Equal(0, Uploads);
        Assert.Equal(hash, (await ledger.UploadAsync("fal", Write("one.png", "a picture"), hash, Token)).Hash);
    }

    [Fact]
    public async Task A_doubt_is_not_ended_by_a_submit_whose_files_have_expired()
    {
        using var higgsfield = new HiggsfieldClient(new HiggsfieldClientOptions { BaseUrl = Simulator.BaseUrl, ApiKey = "id:secret" });
        Assert.True(higgsfield.Protocol.HasIdempotencyKeys);
        await using var ledger = await OpenAsync(Options(clients: [higgsfield]));
        var upload = new LedgerUpload("higgsfield", "a", "hash", "https://example.com/1.png", DateTimeOffset.UtcNow.AddDays(-1));
        var intent = new JobIntent("higgsfield", "soul", InputOf("https://example.com/1.png")) { Uploads = [upload] };
        var job = await ledger.IntendAsync(intent, Token);
        await ExecuteAsync($"UPDATE jobs SET state = 2, attempts = 1, sent = created, version = version + 1 WHERE id = '{job.Id}'");

        Assert.Equal(LedgerState.InDoubt, (await ledger.AdvanceAsync(job.Id, Token)).State);

        Assert.Equal(0, Simulator.Submits);
    }

    [Fact]
    public async Task An_input_that_was_recorded_without_an_identity_is_the_same_job_with_one()
    {
        await using var ledger = await OpenAsync();
        var bare = Of("https://example.com/1.png", "sha256:1") with { Identity = null };
        var first = await ledger.IntendAsync(bare, Token);

        var later = await ledger.IntendAsync([Of("https://example.com/2.png", "sha256:2"), bare with { Identity = InputOf("sha256:1") }], Token);

        Assert.Equal((true, first.Id, false), (later[0].IsNew, later[1].Id, later[1].IsNew));
        // In another batch it is another job, and one with a key of its own is preferred.
        Assert.True((await ledger.IntendAsync(bare with { Identity = InputOf("sha256:1"), Batch = "c" }, Token)).IsNew);
        var own = await ledger.IntendAsync(Of("https://example.com/3.png", "sha256:3"), Token);
        await ledger.IntendAsync(Of("https://example.com/4.png", "sha256:4") with { Identity = null }, Token);
        Assert.Equal(own.Id, (await ledger.IntendAsync(Of("https://example.com/4.png", "sha256:3"), Token)).Id);
    }

    [Fact]
    public async Task A_file_that_is_missing_and_a_provider_that_takes_none_are_refused()
    {
        using var higgsfield = new HiggsfieldClient(new HiggsfieldClientOptions { BaseUrl = Simulator.BaseUrl, ApiKey = "id:secret" });
        await using var ledger = await OpenAsync(Options(clients: [Fal, higgsfield]));

        await Assert.ThrowsAsync<FileNotFoundException>(() => ledger.UploadAsync("fal", Path.Combine(Folder, "gone.png"), cancellationToken: Token));
        await Assert.ThrowsAsync<LedgerException>(() => ledger.UploadAsync("runway", Write("a.png", "a"), cancellationToken: Token));
        Assert.IsNotAssignableFrom<IFileUploads>(higgsfield.Protocol);
        var exception = await Assert.ThrowsAsync<UploadException>(() => ledger.UploadAsync("higgsfield", Write("a.png", "a"), cancellationToken: Token));
        Assert.Contains("it takes no files", exception.Message, StringComparison.Ordinal);
        Assert.Equal(0, Uploads);
    }

    [Fact]
    public async Task A_job_is_recognized_by_its_identity_here_and_in_another_ledger()
    {
        await using var ledger = await OpenAsync();
        var first = await ledger.IntendAsync(Of("https://example.com/1.png", "sha256:1"), Token);
        var same = await ledger.IntendAsync(Of("https://example.com/2.png", "sha256:1"), Token);
        var other = await ledger.IntendAsync(Of("https://example.com/1.png", "sha256:2"), Token);

        Assert.Equal((first.Id, false), (same.Id, same.IsNew));
        Assert.NotEqual(first.Id, other.Id);
        // By what is sent, the provider's list is searched.
        Assert.Equal(first.InputHash, other.InputHash);
        Assert.Equal(Of("https://example.com/9.png", "sha256:1").ComputeUniqueKey(), first.UniqueKey);

        using var lines = new MemoryStream();
        await ledger.ExportAsync(lines, cancellationToken: Token);
        lines.Position = 0;
        await using var moved = await JobLedger.OpenAsync(NewStore("moved.db"), Options(), Token);
        Assert.Equal((2, 2), await moved.ImportAsync(lines, Token));
        Assert.Equal(first.Id, (await moved.IntendAsync(Of("https://example.com/3.png", "sha256:1"), Token)).Id);
        Assert.Equal(other.Id, (await moved.IntendAsync(Of("https://example.com/3.png", "sha256:2"), Token)).Id);
    }

    /// <summary>The job is recorded with files that are there, and is sent with these.</summary>
    private async Task AssertRenewedAsync(JobLedger ledger, LedgerJob job)
    {
        var upload = await ledger.UploadAsync("fal", Write("one.png", "a picture"), cancellationToken: Token);
        var renewed = await ledger.IntendAsync(Of(upload.Reference, "sha256:1") with { Uploads = [upload] }, Token);
        Assert.Equal((job.Id, job.Version + 1, null, false), (renewed.Id, renewed.Version, renewed.Reason, renewed.IsNew));
        Assert.Contains(LedgerEventKind.Renewed, await HistoryAsync(ledger, job.Id));

        await ledger.RunAsync(Token);

        var submit = Assert.Single(Simulator.Requests, request => request.Operation == SimulatorOperation.Submit);
        Assert.Contains(upload.Reference, submit.Body, StringComparison.Ordinal);
        Assert.Equal(LedgerState.Delivered, (await ledger.FindAsync(job.Id, Token))!.State);
    }

    private LedgerUpload MineAt(string url, DateTimeOffset? expiry) => new("fal", ((IFileUploads)Fal.Protocol).Account, "hash", url, expiry);

    private static JobIntent Of(string url, string content) =>
        new(KlingVideoO3ProImageToVideo.Endpoint, InputOf(url)) { Batch = "b", Identity = InputOf(content) };

    private static RawJson InputOf(string image) => RawJson.Parse($$"""{"image_url":"{{image}}","prompt":"p"}""");

    private string Write(string name, string content)
    {
        var path = Path.Combine(Folder, name);
        File.WriteAllText(path, content);
        return path;
    }
}
