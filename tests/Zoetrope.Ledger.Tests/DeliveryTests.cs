using System.Globalization;
using System.Text;
using Zoetrope.Errors;
using Zoetrope.Jobs;
using Zoetrope.Jobs.Delivery;
using Zoetrope.Json;
using Zoetrope.Ledger.Kills;
using Zoetrope.Simulator;

namespace Zoetrope.Ledger.Tests;

/// <summary>Files of results are stored whole or not at all, and what was received once is not requested again.</summary>
public abstract class DeliveryTests : LedgerTest
{
    private const int Size = 3_000_000;

    private string Outputs => Path.Combine(Folder, "out");

    [Fact]
    public async Task A_download_that_broke_off_goes_on_where_it_ended()
    {
        await using var files = new FileServer(Video(Size));
        files.Respond = (number, connection, head) => number < 3 ? files.SendAsync(connection, head, atMost: 1_000_000) : null;
        await using var ledger = await OpenAsync(Options(new FolderOutputStore(Outputs)));
        var job = await EndedAsync(ledger, files);

        await ledger.RunAsync(Token);

        await AssertDeliveredAsync(ledger, job, files);
        Assert.Equal((3, Size), (files.Heads.Count, files.Sent));
        Assert.Equal([null, "bytes=1000000-", "bytes=2000000-"], files.Heads.Select(head => FileServer.HeaderOf(head, "Range")));
        Assert.Equal([null, "\"v1\"", "\"v1\""], files.Heads.Select(head => FileServer.HeaderOf(head, "If-Range")));
    }

    [Theory]
    [InlineData("Last-Modified: Wed, 01 Jul 2026 10:00:00 GMT\r\nDate: Wed, 01 Jul 2026 10:00:05 GMT", true)]
    [InlineData("Last-Modified: Wed, 01 Jul 2026 10:00:00 GMT\r\nDate: Wed, 01 Jul 2026 10:00:00 GMT", false)]
    [InlineData("Last-Modified: Wed, 01 Jul 2026 10:00:00 GMT", false)]
    [InlineData("ETag: W/\"v1\"", false)]
    [InlineData("ETag: \"v1\"\r\nAccept-Ranges: none", false)]
    [InlineData("X-None: 1", false)]
    public async Task Only_what_identifies_a_version_is_resumed(string headers, bool isResumed)
    {
        await using var files = new FileServer(Video(Size)) { Validator = headers };
        files.Respond = (number, connection, head) => number == 1 ? files.SendAsync(connection, head, atMost: 1_000_000)
            : FileServer.HeaderOf(head, "Range") is null ? null
            : files.SendAsync(connection, $"206 Partial Content\r\nContent-Range: bytes 1000000-{Size - 1}/{Size}", files.Content[1_000_000..]);
        await using var ledger = await OpenAsync(Options(new FolderOutputStore(Outputs)));
        var job = await EndedAsync(ledger, files);

        await ledger.RunAsync(Token);

        await AssertDeliveredAsync(ledger, job, files);
        Assert.Equal(isResumed ? Size : Size + 1_000_000, files.Sent);
        Assert.Equal(isResumed ? "Wed, 01 Jul 2026 10:00:00 GMT" : null, FileServer.HeaderOf(files.Heads[1], "If-Range"));
    }

    [Theory]
    [InlineData("ignored")]
    [InlineData("changed")]
    [InlineData("416")]
    [InlineData("416 without size")]
    [InlineData("other range")]
    [InlineData("other unit")]
    [InlineData("other length")]
    [InlineData("other tag")]
    [InlineData("weak tag")]
    [InlineData("tag that is not valid")]
    [InlineData("other date")]
    [InlineData("unknown length")]
    [InlineData("416 of another version")]
    [InlineData("encoded")]
    public async Task A_file_that_cannot_be_resumed_begins_anew(string what)
    {
        await using var files = new FileServer(Video(Size));
        if (what == "other date")
            files.Validator = "Last-Modified: Wed, 01 Jul 2026 10:00:00 GMT\r\nDate: Wed, 01 Jul 2026 10:00:05 GMT";
        files.Respond = (number, connection, head) =>
        {
            if (number == 1)
                return files.SendAsync(connection, head, atMost: 1_000_000);
            if (number > 2)
                return null;
            var rest = files.Content[1_000_000..];
            var all = $"bytes 1000000-{Size - 1}/{Size}";
            if (what == "changed")
                (files.Content, files.Validator) = (Video(Size / 2, seed: 2), "ETag: \"v2\"");
            files.Validator = what switch
            {
                "other tag" or "416 of another version" => "ETag: \"v2\"",
                "weak tag" => "ETag: W/\"v2\"",
                "tag that is not valid" => "ETag: v2",
                // Overwritten in this second, so that it is not a validator itself.
                "other date" => "Last-Modified: Wed, 01 Jul 2026 11:00:00 GMT\r\nDate: Wed, 01 Jul 2026 11:00:00 GMT",
                _ => files.Validator,
            };
            return what switch
            {
                "ignored" => files.SendAsync(connection, "200 OK", files.Content),
                "416" => files.SendAsync(connection, "416 Range Not Satisfiable\r\nContent-Range: bytes */999", []),
                "416 without size" => files.SendAsync(connection, "416 Range Not Satisfiable", []),
                "other range" => files.SendAsync(connection, $"206 Partial Content\r\nContent-Range: bytes 999999-{Size - 2}/{Size}", rest),
                "other unit" => files.SendAsync(connection, $"206 Partial Content\r\nContent-Range: lines 1000000-{Size - 1}/{Size}", rest),
                "other length" => files.SendAsync(connection, $"206 Partial Content\r\nContent-Range: {all}", rest[1..]),
                "416 of another version" => files.SendAsync(connection, "416 Range Not Satisfiable\r\nContent-Range: bytes */1000000", []),
                "unknown length" => files.SendAsync(
                    connection, "206 Partial Content\r\nContent-Range: bytes 1000000-1999999/*", files.Content[1_000_000..2_000_000]),
                "other tag" or "weak tag" or "tag that is not valid" or "other date" =>
                    files.SendAsync(connection, $"206 Partial Content\r\nContent-Range: {all}", rest),
                "encoded" => files.SendAsync(connection, $"206 Partial Content\r\nContent-Encoding: gzip\r\nContent-Range: {all}", rest),
                _ => null,
            };
        };
        await using var ledger = await OpenAsync(Options(new FolderOutputStore(Outputs)));
        var job = await EndedAsync(ledger, files);

        await ledger.RunAsync(Token);

        await AssertDeliveredAsync(ledger, job, files);
        Assert.Equal("bytes=1000000-", FileServer.HeaderOf(files.Heads[1], "Range"));
        Assert.Equal(what is "ignored" or "changed" ? 2 : 3, files.Heads.Count);
    }

    [Theory]
    [InlineData("200 OK", "<!DOCTYPE html><title>Sign in</title>")]
    [InlineData("200 OK", "")]
    [InlineData("206 Partial Content\r\nContent-Range: bytes 0-4/5", "other")]
    public async Task What_is_stored_outlives_a_response_that_is_not_the_file(string status, string body)
    {
        await using var files = new FileServer(Video(Size));
        files.Respond = (number, connection, head) => number switch
        {
            1 => files.SendAsync(connection, head, atMost: 1_000_000),
            2 => files.SendAsync(connection, status, Encoding.UTF8.GetBytes(body), type: "text/html"),
            3 when status.StartsWith("206", StringComparison.Ordinal) => files.SendAsync(connection, "503 No", []),
            _ => null,
        };
        await using var ledger = await OpenAsync(Options(new FolderOutputStore(Outputs)));
        var job = await EndedAsync(ledger, files);

        await ledger.RunAsync(Token);

        await AssertDeliveredAsync(ledger, job, files);
        Assert.Equal("bytes=1000000-", FileServer.HeaderOf(files.Heads[^1], "Range"));
        Assert.Equal(Size + body.Length, files.Sent);
    }

    [Fact]
    public async Task A_rest_that_comes_in_parts_is_added_part_by_part()
    {
        await using var files = new FileServer(Video(Size));
        files.Respond = (number, connection, head) => number switch
        {
            1 => files.SendAsync(connection, head, atMost: 1_000_000),
            2 => files.SendAsync(connection, $"206 Partial Content\r\nContent-Range: bytes 1000000-1999999/{Size}", files.Content[1_000_000..2_000_000]),
            _ => null,
        };
        await using var ledger = await OpenAsync(Options(new FolderOutputStore(Outputs)));
        var job = await EndedAsync(ledger, files);

        await ledger.RunAsync(Token);

        await AssertDeliveredAsync(ledger, job, files);
        Assert.Equal((3, Size), (files.Heads.Count, files.Sent));
    }

    [Theory]
    [InlineData("text/html", "<!DOCTYPE html><title>Sign in</title>", "a web page")]
    [InlineData("video/mp4", "<html>Sign in</html>", "a web page")]
    [InlineData("application/json", """{"error":"expired"}""", "application/json")]
    [InlineData("application/xml", "<Error><Code>AccessDenied</Code></Error>", "application/xml")]
    [InlineData("video/mp4", "", "an empty file")]
    public async Task What_is_not_the_file_is_not_stored_as_it(string type, string body, string expected)
    {
        await using var files = new FileServer(Video(Size));
        files.Respond = (_, connection, _) => files.SendAsync(connection, "200 OK", Encoding.UTF8.GetBytes(body), type: type);
        await using var ledger = await OpenAsync(Options(new FolderOutputStore(Outputs)));
        var job = await EndedAsync(ledger, files);

        job = await ledger.AdvanceAsync(job.Id, Token);

        Assert.Equal(LedgerState.Ended, job.State);
        Assert.Contains(expected, job.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain(Directory.GetFiles(Outputs), file => file.EndsWith(".mp4", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_file_that_is_shorter_than_the_result_says_is_not_stored_where_its_end_is_not_known()
    {
        await using var files = new FileServer(Video(Size));
        files.Respond = (_, connection, _) => connection.WriteAsync([.. "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n"u8, .. files.Content[..1_000_000]]);
        await using var ledger = await OpenAsync(Options(new FolderOutputStore(Outputs)));
        var job = await EndedAsync(ledger, files, fileSize: Size);

        job = await ledger.AdvanceAsync(job.Id, Token);

        Assert.Equal(LedgerState.Ended, job.State);
        Assert.Contains("sent 1000000 bytes, but the result says that the file has 3000000", job.Reason, StringComparison.Ordinal);
        files.Respond = null;
        await ledger.RunAsync(Token);
        await AssertDeliveredAsync(ledger, job, files);
    }

    [Fact]
    public async Task Of_several_files_those_that_are_stored_are_not_requested_again()
    {
        await using var first = new FileServer(Video(Size));
        await using var second = new FileServer(Video(Size / 2, seed: 2));
        second.Respond = (number, connection, head) => number == 1 ? second.SendAsync(connection, head, atMost: 1_000_000) : null;
        await using var ledger = await OpenAsync(Options(new FolderOutputStore(Outputs)));
        var job = await EndedAsync(ledger, first, second);

        await ledger.RunAsync(Token);

        job = (await ledger.FindAsync(job.Id, Token))!;
        Assert.Equal((LedgerState.Delivered, 2), (job.State, job.Outputs.Count));
        Assert.Equal(first.Content, await File.ReadAllBytesAsync(job.Outputs[0], Token));
        Assert.Equal(second.Content, await File.ReadAllBytesAsync(job.Outputs[1], Token));
        Assert.Equal((1, 2), (first.Heads.Count, second.Heads.Count));
        Assert.Equal(3, Directory.GetFiles(Outputs).Length);
    }

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
        files.Respond = (number, connection, head) => number == 1 ? files.SendAsync(connection, head, atMost: 1_000_000) : null;
        await using var ledger = await OpenAsync(Options());
        var job = await EndedAsync(ledger, files);
        var file = Zoetrope.Media.MediaFinder.Find(job.Result!.Value)[0];
        var store = new FolderOutputStore(Outputs);
        await Assert.ThrowsAsync<MediaDownloadException>(() => store.SaveAsync(job, 0, file, Fal, Token));
        var part = Assert.Single(Directory.GetFiles(Outputs, "*.part"));
        string path;
        // Whoever began it is frozen, and has it open.
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
        files.Respond = (number, connection, head) => number == 1 ? files.SendAsync(connection, head, atMost: 1_000_000) : null;
        await using var ledger = await OpenAsync(Options());
        var job = await EndedAsync(ledger, files);
        var file = Zoetrope.Media.MediaFinder.Find(job.Result!.Value)[0];
        var store = new FolderOutputStore(Outputs);
        await Assert.ThrowsAsync<MediaDownloadException>(() => store.SaveAsync(job, 0, file, Fal, Token));

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
        files.Respond = (number, connection, head) => number == 1 ? files.SendAsync(connection, head, atMost: 1_000_000) : null;
        await using var ledger = await OpenAsync(Options());
        var job = await EndedAsync(ledger, files);
        var file = Zoetrope.Media.MediaFinder.Find(job.Result!.Value)[0];
        var store = new FolderOutputStore(Outputs);
        await Assert.ThrowsAsync<MediaDownloadException>(() => store.SaveAsync(job, 0, file, Fal, Token));
        text = text.Replace("SOURCE", $"{job.Handle} {new Uri(file.Url).GetLeftPart(UriPartial.Path)}", StringComparison.Ordinal);
        await File.WriteAllTextAsync(Assert.Single(Directory.GetFiles(Outputs, "*.part.json")), text, Token);

        var path = await store.SaveAsync(job, 0, file, Fal, Token);

        Assert.Equal(files.Content, await File.ReadAllBytesAsync(path, Token));
        Assert.Null(FileServer.HeaderOf(files.Heads[1], "Range"));
    }

    [Theory]
    [InlineData(403)]
    [InlineData(404)]
    public async Task An_address_that_has_expired_is_a_reason_and_not_requested_for_ever(int status)
    {
        await using var files = new FileServer(Video(Size));
        files.Respond = (_, connection, _) => files.SendAsync(connection, $"{status} No", []);
        // The provider gives no new address.
        Simulator.AddFault(new() { Kind = FaultKind.Status, StatusCode = 401, Method = "GET", Times = 100 });
        await using (var ledger = await OpenAsync(Options(new FolderOutputStore(Outputs))))
        {
            var job = await EndedAsync(ledger, files);
            job = await ledger.AdvanceAsync(job.Id, Token);
            Assert.Equal(LedgerState.Ended, job.State);
            Assert.Contains($"responded with {status}", job.Reason, StringComparison.Ordinal);
        }
        var requests = files.Heads.Count;

        await using var later = await OpenAsync(new LedgerOptions
        {
            Clients = [Fal], Outputs = new FolderOutputStore(Outputs), DeliveryTimeout = TimeSpan.FromMilliseconds(1),
        });
        await later.RunAsync(Token);

        var ended = Assert.Single(await AllAsync(later, new() { States = [LedgerState.Delivered] }));
        Assert.Equal((LedgerState.Delivered, 0), (ended.State, ended.Outputs.Count));
        Assert.StartsWith("abandoned after 0 days: file 1 of 1 cannot be downloaded", ended.Reason, StringComparison.Ordinal);
        await later.RunAsync(Token);
        Assert.Equal(requests + 1, files.Heads.Count);
    }

    [Fact]
    public async Task Addresses_that_have_expired_while_nobody_worked_are_renewed_however_long_that_was()
    {
        await using var files = new FileServer(Video(Size));
        files.Respond = (_, connection, _) => files.SendAsync(connection, "403 No", []);
        await using var ledger = await OpenAsync(Options(new FolderOutputStore(Outputs)));
        var first = await Fal.SubmitAsync(Zoetrope.Fal.Models.KlingVideoO3ProImageToVideo.Endpoint, Input("a"), cancellationToken: Token);
        await first.WaitAsync(cancellationToken: Token);
        var job = await EndedAsync(ledger, files, handle: first.Handle, age: TimeSpan.FromDays(8));

        await ledger.RunAsync(Token);

        job = (await ledger.FindAsync(job.Id, Token))!;
        Assert.Equal((LedgerState.Delivered, null), (job.State, job.Reason));
        Assert.True(new FileInfo(Assert.Single(job.Outputs)).Length > 0);
        Assert.Single(files.Heads);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task One_failure_after_a_long_pause_is_no_end(bool hasFailedBefore)
    {
        await using var files = new FileServer(Video(Size));
        files.Respond = (number, connection, _) => number == 1 ? files.SendAsync(connection, "503 No", []) : null;
        await using var ledger = await OpenAsync(Options(new FolderOutputStore(Outputs)));
        var job = await EndedAsync(ledger, files, age: TimeSpan.FromDays(9));
        if (hasFailedBefore)
        {
            var then = TimeProvider.System.GetUtcNow().AddDays(-8).ToUnixTimeMilliseconds();
            await ExecuteAsync($"UPDATE jobs SET failing = {then}, due = {then + 2000}, reason = 'it failed' WHERE id = '{job.Id}'");
        }

        await ledger.RunAsync(Token);

        await AssertDeliveredAsync(ledger, job, files);
        Assert.Equal(2, files.Heads.Count);
    }

    private static byte[] Video(int size, int seed = 1)
    {
        var content = new byte[size];
        new Random(seed).NextBytes(content);
        "\0\0\0\x18ftypmp42"u8.CopyTo(content);
        return content;
    }

    // A job that has ended, as another ledger would bring it.
    private static async Task<LedgerJob> EndedAsync(
        JobLedger ledger, FileServer files, FileServer? more = null, long? fileSize = null, JobHandle? handle = null, TimeSpan age = default)
    {
        var job = await ledger.IntendAsync(Intent("a"), Token);
        var size = fileSize is null ? "" : $$""","file_size":{{fileSize}}""";
        var list = string.Join(',', new[] { files, more }.OfType<FileServer>().Select(
            server => $$"""{"url":"{{server.Url}}v/a.mp4?signature={{Guid.NewGuid()}}","content_type":"video/mp4"{{size}}}"""));
        var ended = job with
        {
            Id = Guid.CreateVersion7().ToString("N"),
            State = LedgerState.Ended,
            Version = 5,
            Attempts = 1,
            UniqueKey = null,
            Label = "clip",
            Handle = handle ?? JobHandle.Parse("fal:some/model:one"),
            SentAt = job.CreatedAt,
            AcceptedAt = job.CreatedAt,
            EndedAt = TimeProvider.System.GetUtcNow() - age,
            Result = RawJson.Parse($$"""{"videos":[{{list}}]}"""),
        };
        await ledger.CancelAsync(job.Id, Token);
        return (await ledger.Store.AddAsync([ended], LedgerEventKind.Imported, Token))[0];
    }

    private async Task AssertDeliveredAsync(JobLedger ledger, LedgerJob job, FileServer files)
    {
        job = (await ledger.FindAsync(job.Id, Token))!;
        Assert.Equal((LedgerState.Delivered, null), (job.State, job.Reason));
        Assert.Equal(files.Content, await File.ReadAllBytesAsync(Assert.Single(job.Outputs), Token));
        // Neither a part nor a note is left.
        Assert.Equal(2, Directory.GetFiles(Outputs).Length);
    }
}
