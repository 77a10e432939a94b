using System.Diagnostics;
using System.Text;
using Zoetrope.Errors;
using Zoetrope.Http;
using Zoetrope.Media;
using static Zoetrope.TestKit.FakeServer;

namespace Zoetrope.Tests;

/// <summary>What is saved is the file, as a whole, and where it was asked for.</summary>
public sealed class SaveTests : IDisposable
{
    private const string Mp4 = "\0\0\0\u0018ftypmp42";

    private readonly string _folder = Directory.CreateTempSubdirectory("zoetrope-tests-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("HTTP/1.1 200 OK", "Content-Range: bytes 0-607/100000")]
    [InlineData("HTTP/1.1 200 OK", "Content-Range: bytes 99392-99999/100000")]
    [InlineData("HTTP/1.1 206 Partial Content", "Content-Range: bytes 0-607/100000")]
    [InlineData("HTTP/1.1 206 Partial Content", "Content-Range: bytes 0-607/*")]
    [InlineData("HTTP/1.1 206 Partial Content", "X-Nothing: 1")]
    public async Task A_part_is_not_saved_as_the_whole(string status, string range)
    {
        await using var server = new FakeServer(Raw($"{status}\r\nContent-Length: 608\r\n{range}\r\n\r\n{Mp4}{new string('x', 608 - Mp4.Length)}"));
        using var media = Client(server);
        using var api = DemoClient.At(server.Url);
        var path = Path.Combine(_folder, "v.mp4");
        await File.WriteAllTextAsync(path, "old");

        await Assert.ThrowsAsync<MediaDownloadException>(() => media.SaveAsync(new VideoFile { Url = server.Url + "v", ContentType = "video/mp4" }, path));
        await using var whole = await api.GetContentAsync("a");
        var exception = await Assert.ThrowsAsync<TransportException>(() => whole.SaveAsync(path));

        Assert.Contains("only a part of the file", exception.Message);
        Assert.Equal("old", await File.ReadAllTextAsync(path));
        Assert.Equal(["v.mp4"], Names());
        await using var part = await api.GetContentAsync("a", new() { Headers = { ["Range"] = "bytes=0-607" } });
        await part.SaveAsync(path);
        Assert.Equal(608, new FileInfo(path).Length);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK")]
    [InlineData("HTTP/1.1 206 Partial Content")]
    public async Task A_part_that_is_the_whole_is_saved(string status)
    {
        await using var server = new FakeServer(Raw($"{status}\r\nContent-Length: 3\r\nContent-Range: bytes 0-2/3\r\n\r\nabc"));
        using var api = DemoClient.At(server.Url);
        var path = Path.Combine(_folder, "v.mp4");

        await using var whole = await api.GetContentAsync("a");
        await whole.SaveAsync(path);

        Assert.Equal("abc", await File.ReadAllTextAsync(path));
    }

    [Theory]
    [InlineData("<!DOCTYPE html><title>Sign in</title>", "text/html; charset=utf-8", "a web page")]
    [InlineData("\ufeff \r\n<HTML><body>", "video/mp4", "a web page")]
    [InlineData("Not found", "text/html", "text/html")]
    [InlineData("{\"error\":\"expired\"}", "application/json", "application/json")]
    [InlineData("<?xml version='1.0'?><Error/>", "application/xml", "application/xml")]
    [InlineData("", "video/mp4", "empty")]
    [InlineData("", "text/html", "text/html")]
    [InlineData("short", "application/octet-stream", "5 bytes, but the result says that the file has 1000")]
    public async Task What_is_not_the_file_is_not_saved_as_it(string body, string type, string problem)
    {
        await using var server = new FakeServer(Reply(200, body, "Content-Type: " + type));
        using var client = Client(server);
        var path = Path.Combine(_folder, "v.mp4");
        await File.WriteAllTextAsync(path, "old");

        var exception = await Assert.ThrowsAsync<MediaDownloadException>(
            () => client.SaveAsync(new VideoFile { Url = server.Url + "v", ContentType = "video/mp4", FileSize = 1000 }, path));

        Assert.Contains(problem, exception.Message);
        Assert.Equal("old", await File.ReadAllTextAsync(path));
        Assert.Equal(["v.mp4"], Names());
    }

    [Theory]
    [InlineData(null, null, "v.mp4", "a.bin", false)]
    [InlineData(null, "v.mp4", "v", "a.bin", false)]
    [InlineData(null, null, "v", "a.mp4", false)]
    [InlineData("application/octet-stream", null, "v.png", "a", false)]
    [InlineData(null, null, "v", "a", true)]
    [InlineData("text/html", null, "page", "a.mp4", true)]
    [InlineData(null, null, "page.html", "a", true)]
    public async Task The_expected_type_is_taken_from_the_service_or_else_from_names(string? type, string? name, string url, string path, bool saved)
    {
        await using var server = new FakeServer(Reply(200, "<html></html>", "Content-Type: text/html"));
        using var client = Client(server);
        var save = client.SaveAsync(new MediaFile { Url = server.Url + url, ContentType = type, FileName = name }, Path.Combine(_folder, path));

        if (saved)
            await save;
        else
            await Assert.ThrowsAsync<MediaDownloadException>(() => save);
        Assert.Equal(saved ? 1 : 0, Names().Length);
    }

    [Theory]
    [InlineData(Mp4, "text/html", 1000)]
    [InlineData(Mp4, "application/json", null)]
    [InlineData("raw frames", "application/octet-stream", 10)]
    [InlineData("raw frames", "text/plain", 5)]
    [InlineData("raw frames", "binary/octet-stream", null)]
    public async Task Files_are_saved_whatever_their_servers_call_them(string body, string type, int? size)
    {
        await using var server = new FakeServer(Reply(200, body, "Content-Type: " + type));
        using var client = Client(server);

        var path = await client.SaveAsync(new VideoFile { Url = server.Url + "v.mp4", FileSize = size }, Path.Combine(_folder, "v.mp4"));

        Assert.Equal(body, await File.ReadAllTextAsync(path));
    }

    [Fact]
    public async Task A_stream_is_given_nothing_of_a_page_either()
    {
        await using var server = new FakeServer(Reply(200, "<html></html>", "Content-Type: text/html"));
        using var client = Client(server);
        var destination = new MemoryStream();

        await Assert.ThrowsAsync<MediaDownloadException>(() => client.DownloadAsync(new VideoFile { Url = server.Url + "v.mp4" }, destination));

        Assert.Equal(0, destination.Length);
    }

    [Theory]
    [InlineData("video.mp4", "video.mp4")]
    [InlineData("none/video.mp4", null)]
    public async Task A_link_stays_and_what_it_leads_to_is_written(string target, string? written)
    {
        await using var server = new FakeServer(Reply(200, "new"));
        using var client = Client(server);
        var link = Path.Combine(_folder, "link.mp4");
        File.CreateSymbolicLink(link, Path.Combine(_folder, target));

        for (var i = 0; i < 2 && written is not null; i++)
        {
            Assert.Equal(link, await client.SaveAsync(new MediaFile { Url = server.Url + "a" }, link));
            Assert.Equal("new", await File.ReadAllTextAsync(Path.Combine(_folder, written)));
        }
        if (written is null)
            await Assert.ThrowsAsync<DirectoryNotFoundException>(() => client.SaveAsync(new MediaFile { Url = server.Url + "a" }, link));

        Assert.Equal(Path.Combine(_folder, target), new FileInfo(link).LinkTarget);
        Assert.Equal(written is null ? ["link.mp4"] : ["link.mp4", written], Names().Order());
    }

    [Fact]
    public async Task A_device_is_written_to_and_stays_one()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There are no such devices.");
        await using var server = new FakeServer(Reply(200, "new"));
        using var client = Client(server);
        var link = Path.Combine(_folder, "nothing");
        File.CreateSymbolicLink(link, "/dev/null");

        await client.SaveAsync(new MediaFile { Url = server.Url + "a" }, link);

        Assert.Equal("/dev/null", new FileInfo(link).LinkTarget);
        Assert.Equal("", await File.ReadAllTextAsync(link));
        Assert.Equal(["nothing"], Names());
    }

    [Fact]
    public async Task A_pipe_is_written_to_and_stays_one()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There are no such pipes.");
        await using var server = new FakeServer(Reply(200, "through the pipe"));
        using var client = Client(server);
        var pipe = Path.Combine(_folder, "pipe");
        await Run("mkfifo", pipe);
        var reading = Run("cat", pipe);

        await client.SaveAsync(new MediaFile { Url = server.Url + "a" }, pipe);

        Assert.Equal("through the pipe", await reading);
        Assert.Equal(["pipe"], Names());
    }

    [Fact]
    public async Task A_write_to_a_pipe_without_a_reader_can_be_canceled()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There are no such pipes.");
        await using var server = new FakeServer(Reply(200, "x"));
        using var client = Client(server);
        using var stop = new CancellationTokenSource();
        var pipe = Path.Combine(_folder, "pipe");
        await Run("mkfifo", pipe);
        var save = client.SaveAsync(new MediaFile { Url = server.Url + "a" }, pipe, stop.Token);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => save);
        Assert.Empty(server.Requests);
        // So that the thread that waits for a reader ends.
        await Run("cat", pipe);
    }

    [Theory]
    [InlineData(218)]
    [InlineData(255)]
    public async Task Names_may_be_as_long_as_the_file_system_allows(int length)
    {
        await using var server = new FakeServer(Reply(200, "new"));
        using var client = Client(server);
        var name = new string('n', length - 4) + ".mp4";

        await client.SaveAsync(new MediaFile { Url = server.Url + "a" }, Path.Combine(_folder, name));

        Assert.Equal([name], Names());
    }

    [Fact]
    public async Task What_a_killed_process_left_is_reused_and_what_another_one_writes_is_not_touched()
    {
        await using var server = new FakeServer(Reply(200, "new"));
        using var client = Client(server);
        var path = Path.Combine(_folder, "v.mp4");
        await File.WriteAllTextAsync(path + ".zoetrope-1.part", "left");
        File.SetLastWriteTimeUtc(path + ".zoetrope-1.part", DateTime.UtcNow.AddMinutes(-1));

        await client.SaveAsync(new MediaFile { Url = server.Url + "a" }, path);
        Assert.Equal(["v.mp4"], Names());

        await using (var other = new FileStream(path + ".zoetrope-1.part", FileMode.CreateNew, FileAccess.Write, FileShare.None))
        {
            File.SetLastWriteTimeUtc(other.SafeFileHandle, DateTime.UtcNow.AddMinutes(-1));
            await client.SaveAsync(new MediaFile { Url = server.Url + "a" }, path);
        }
        Assert.Equal(["v.mp4", "v.mp4.zoetrope-1.part"], Names().Order());
    }

    [Fact]
    public async Task Two_that_save_to_one_path_do_not_disturb_each_other()
    {
        await using var server = new FakeServer(Reply(200, new string('x', 100_000)));
        using var client = Client(server);
        var path = Path.Combine(_folder, "v.mp4");

        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => client.SaveAsync(new MediaFile { Url = server.Url + "a" }, path)));

        Assert.Equal(100_000, new FileInfo(path).Length);
        Assert.Equal(["v.mp4"], Names());
    }

    [Fact]
    public async Task Many_that_save_small_files_to_one_path_at_once_all_succeed()
    {
        await using var server = new FakeServer();
        using var client = Client(server);
        var path = Path.Combine(_folder, "v.txt");
        var file = new MediaFile { Url = "data:text/plain,hello" };

        // So small that a part is often renamed between two looks at it.
        await Parallel.ForAsync(0, 3000, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (_, ct) => await client.SaveAsync(file, path, ct));

        Assert.Equal("hello", await File.ReadAllTextAsync(path));
        Assert.Equal(["v.txt"], Names());
    }

    [Fact]
    public async Task A_file_that_is_replaced_keeps_who_may_do_what_with_it()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Files have no such modes.");
            return;
        }
        await using var server = new FakeServer(Reply(200, "new"));
        using var client = Client(server);
        var path = Path.Combine(_folder, "run.sh");
        await File.WriteAllTextAsync(path, "old");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        await client.SaveAsync(new MediaFile { Url = server.Url + "a" }, path);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(path));
    }

    private string[] Names() => [.. Directory.EnumerateFileSystemEntries(_folder).Select(path => Path.GetFileName(path))];

    private static FakeClient Client(FakeServer server) => new(new FakeProtocol(), new MediaClientOptions { BaseUrl = server.Url });

    private static async Task<string> Run(string command, string argument)
    {
        using var process = Process.Start(new ProcessStartInfo(command, [argument]) { RedirectStandardOutput = true, StandardOutputEncoding = Encoding.UTF8 })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return output;
    }
}
