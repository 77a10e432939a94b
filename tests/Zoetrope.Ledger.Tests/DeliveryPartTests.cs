using System.Globalization;
using Zoetrope.Errors;
using Zoetrope.Jobs;
using Zoetrope.Jobs.Delivery;
using Zoetrope.Ledger.Kills;

namespace Zoetrope.Ledger.Tests;

/// <summary>Parts of files: whose they are, and when they go.</summary>
public abstract class DeliveryPartTests : DeliveryTest
{
    [Fact]
    public async Task What_a_killed_worker_received_is_not_requested_again()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are those of Unix.");
        const int Large = 40_000_000;
        const int AtMostAgain = 12 * 1024 * 1024;
        await using var files = new FileServer(Video(Large)) { Pause = TimeSpan.FromMilliseconds(10) };
        await using var ledger = await OpenAsync(Options(new FolderOutputStore(Outputs)));
        var job = await EndedAsync(ledger, files);
        var command = LedgerQueue.WorkerOf(StoreText, Simulator.BaseUrl, Outputs, TimeSpan.FromMilliseconds(600), parallel: 2);
        using (var worker = await WorkerProcess.StartAsync(command, Token))
        {
            while (files.Sent < Large * 3L / 5)
                await Task.Delay(5, Token);
            worker.Kill();
        }
        files.Pause = TimeSpan.Zero;

        using var next = await WorkerProcess.StartAsync(command, Token);
        await next.EndAsync(Token);

        await AssertDeliveredAsync(ledger, job, files);
        Assert.InRange(files.Sent - Large, 0, AtMostAgain);
        Assert.True(int.Parse(FileServer.HeaderOf(files.Heads[^1], "Range")!["bytes=".Length..^1], CultureInfo.InvariantCulture) > 0);
    }

    [Fact]
    public async Task Two_processes_never_write_one_part()
    {
        await using var files = new FileServer(Video(Size)) { Pause = TimeSpan.FromMilliseconds(30) };
        await using var ledger = await OpenAsync(Options());
        var job = await EndedAsync(ledger, files);
        var file = Zoetrope.Media.MediaFinder.Find(job.Result!.Value)[0];

        var paths = await Task.WhenAll(Enumerable.Range(0, 4).Select(
            _ => new FolderOutputStore(Outputs).SaveAsync(job, 0, file, Fal, Token)));

        Assert.Single(paths.Distinct());
        Assert.Equal(files.Content, await File.ReadAllBytesAsync(paths[0], Token));
        await new FolderOutputStore(Outputs).CompleteAsync(job, [paths[0]], Token);
        Assert.Equal(2, Directory.GetFiles(Outputs).Length);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Nothing_is_left_of_a_delivery_that_is_abandoned(bool byPerson)
    {
        await using var files = new FileServer(Video(Size));
        files.Respond = (number, connection, head) =>
            number == 1 ? files.SendAsync(connection, head, atMost: 1_000_000) : files.SendAsync(connection, "503 No", []);
        var job = default(LedgerJob);
        await using (var ledger = await OpenAsync(Options(new FolderOutputStore(Outputs))))
        {
            job = await EndedAsync(ledger, files);
            await ledger.AdvanceAsync(job.Id, Token);
            Assert.Equal(2, Directory.GetFiles(Outputs).Length);
            await File.WriteAllTextAsync(Path.Combine(Outputs, "clip.part"), "of somebody else", Token);
            if (byPerson)
                await ledger.AbandonAsync(job.Id, Token);
        }
        await using var later = await OpenAsync(new LedgerOptions
        {
            Clients = [Fal], Outputs = new FolderOutputStore(Outputs), DeliveryTimeout = TimeSpan.FromMilliseconds(1),
        });
        await later.RunAsync(Token);

        Assert.Equal(LedgerState.Delivered, (await later.FindAsync(job.Id, Token))!.State);
        Assert.Equal("clip.part", Path.GetFileName(Assert.Single(Directory.GetFiles(Outputs))));
    }

    [Fact]
    public async Task Nothing_is_left_of_a_download_that_another_process_has_completed()
    {
        await using var files = new FileServer(Video(Size));
        await using var ledger = await OpenAsync(Options());
        var (store, job, file) = await BrokenOffAsync(ledger, files);
        var part = Assert.Single(Directory.GetFiles(Outputs, "*.part"));
        string path;
        // The process that began it is frozen, and has it open.
        using (new FileStream(part, FileMode.Open, FileAccess.ReadWrite, FileShare.Delete))
            path = await store.SaveAsync(job, 0, file, Fal, Token);

        // Another attempt was of another type.
        await File.WriteAllTextAsync(Path.ChangeExtension(path, ".webm") + ".part", "a part", Token);
        await store.CompleteAsync(job with { FailingSince = job.EndedAt }, [path], Token);

        Assert.Equal(files.Content, await File.ReadAllBytesAsync(path, Token));
        Assert.Equal(2, Directory.GetFiles(Outputs).Length);
    }

    [Fact]
    public async Task A_part_of_an_earlier_attempt_is_thrown_away()
    {
        await using var files = new FileServer(Video(Size));
        await using var ledger = await OpenAsync(Options());
        var (store, job, file) = await BrokenOffAsync(ledger, files);

        var path = await store.SaveAsync(job with { Handle = JobHandle.Parse("fal:some/model:another") }, 0, file, Fal, Token);

        Assert.Equal(files.Content, await File.ReadAllBytesAsync(path, Token));
        Assert.Null(FileServer.HeaderOf(files.Heads[1], "Range"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("""{"source":1}""")]
    [InlineData("""{"source":null,"validator":null,"length":"a","complete":7}""")]
    [InlineData("""{"source":"fal:some/model:one","validator":"a","length":1.5,"complete":false}""")]
    [InlineData("""{"source":"SOURCE","validator":""v1"","length":-1,"complete":false}""")]
    public async Task A_note_that_is_not_valid_is_none(string text)
    {
        await using var files = new FileServer(Video(Size));
        await using var ledger = await OpenAsync(Options());
        var (store, job, file) = await BrokenOffAsync(ledger, files);
        text = text.Replace("SOURCE", $"{job.Handle} {new Uri(file.Url).GetLeftPart(UriPartial.Path)}", StringComparison.Ordinal);
        await File.WriteAllTextAsync(Assert.Single(Directory.GetFiles(Outputs, "*.part.json")), text, Token);

        var path = await store.SaveAsync(job, 0, file, Fal, Token);

        Assert.Equal(files.Content, await File.ReadAllBytesAsync(path, Token));
        Assert.Null(FileServer.HeaderOf(files.Heads[1], "Range"));
    }

    /// <summary>A store with a part of a job's file, whose first download broke off.</summary>
    private async Task<(FolderOutputStore Store, LedgerJob Job, Zoetrope.Media.MediaFile File)> BrokenOffAsync(JobLedger ledger, FileServer files)
    {
        files.Respond = (number, connection, head) => number == 1 ? files.SendAsync(connection, head, atMost: 1_000_000) : null;
        var job = await EndedAsync(ledger, files);
        var file = Zoetrope.Media.MediaFinder.Find(job.Result!.Value)[0];
        var store = new FolderOutputStore(Outputs);
        await Assert.ThrowsAsync<MediaDownloadException>(() => store.SaveAsync(job, 0, file, Fal, Token));
        return (store, job, file);
    }
}
