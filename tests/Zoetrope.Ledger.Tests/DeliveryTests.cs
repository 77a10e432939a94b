using System.Text;
using Zoetrope.Jobs;
using Zoetrope.Jobs.Delivery;

namespace Zoetrope.Ledger.Tests;

/// <summary>Files of results are stored whole or not at all, and what was received once is not requested again.</summary>
public abstract class DeliveryTests : DeliveryTest
{
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
}
