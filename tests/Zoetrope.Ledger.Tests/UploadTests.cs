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
        string first;
        await using (var ledger = await OpenAsync())
            first = await ledger.UploadAsync("fal", one, Token);
        var uploads = Uploads;
        Assert.True(uploads > 0);

        await using var later = await OpenAsync();
        Assert.Equal(first, await later.UploadAsync("fal", one, Token));
        Assert.Equal(first, await later.UploadAsync("fal", same, Token));
        Assert.Equal(uploads, Uploads);
        Assert.NotEqual(first, await later.UploadAsync("fal", other, Token));
        Assert.Equal(2 * uploads, Uploads);
        Write("one.png", "a new picture");
        Assert.NotEqual(first, await later.UploadAsync("fal", one, Token));
    }

    [Fact]
    public async Task What_is_not_there_for_long_any_more_is_uploaded_again()
    {
        var path = Write("one.png", "a picture");
        await using var ledger = await OpenAsync();
        var hash = await JobLedger.HashFileAsync(path, Token);
        await ledger.Store.RecordUploadAsync("fal", hash, "https://example.com/old", TimeSpan.FromMilliseconds(1), Token);
        await ledger.Store.RecordUploadAsync("eachlabs", hash, "https://example.com/elsewhere", TimeSpan.FromHours(1), Token);
        await Task.Delay(5, Token);

        var reference = await ledger.UploadAsync("fal", path, Token);

        Assert.NotEqual("https://example.com/old", reference);
        Assert.Equal(reference, await ledger.Store.FindUploadAsync("fal", hash, Token));
        Assert.Equal("https://example.com/elsewhere", await ledger.Store.FindUploadAsync("eachlabs", hash, Token));
    }

    [Fact]
    public async Task A_file_that_is_missing_and_a_provider_that_takes_none_are_refused()
    {
        using var higgsfield = new HiggsfieldClient(new HiggsfieldClientOptions { BaseUrl = Simulator.BaseUrl, ApiKey = "id:secret" });
        await using var ledger = await OpenAsync(Options(clients: [Fal, higgsfield]));

        await Assert.ThrowsAsync<FileNotFoundException>(() => ledger.UploadAsync("fal", Path.Combine(Folder, "gone.png"), Token));
        await Assert.ThrowsAsync<LedgerException>(() => ledger.UploadAsync("runway", Write("a.png", "a"), Token));
        if (higgsfield.Protocol is not IFileUploads)
            await Assert.ThrowsAsync<UploadException>(() => ledger.UploadAsync("higgsfield", Write("a.png", "a"), Token));
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
