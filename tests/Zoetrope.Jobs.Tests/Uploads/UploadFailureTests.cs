using System.Security.Cryptography;
using Zoetrope.Jobs.Tests.Odd;
using Zoetrope.Uploads;

namespace Zoetrope.Jobs.Tests.Uploads;

/// <summary>What an upload that fails says: whose failure it is, and what may exist at the provider.</summary>
public sealed class UploadFailureTests
{
    private static readonly byte[] _png = [0x89, .. "PNG-and-more"u8];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<Type> SourceFailures =>
        [typeof(InvalidDataException), typeof(CryptographicException), typeof(TaskCanceledException), typeof(IOException), typeof(NotSupportedException)];

    [Theory]
    [MemberData(nameof(SourceFailures))]
    public async Task A_stream_that_cannot_be_copied_fails_before_anything_is_sent(Type type)
    {
        await using var server = new FakeServer(FakeServer.Reply(200, "{}"));
        using var client = Client(server);
        var reason = (Exception)Activator.CreateInstance(type)!;

        var exception = await Assert.ThrowsAsync<UploadException>(
            () => client.UploadAsync(UploadFile.FromStream(Source.Failing(null, () => reason), "a.png"), cancellationToken: Token));

        Assert.Equal((UploadStep.Check, UploadRemains.Nothing), (exception.Step, exception.Remains));
        Assert.Contains($"'a.png' cannot be read: {reason.Message.TrimEnd('.')}", exception.Message);
        Assert.Same(reason, exception.InnerException);
        Assert.Empty(server.Requests);
    }

    [Theory]
    [MemberData(nameof(SourceFailures))]
    public async Task A_stream_that_cannot_be_read_while_it_is_sent_leaves_nothing(Type type)
    {
        await using var storage = new FakeServer(FakeServer.Reply(200, ""));
        await using var server = new FakeServer(Granted(storage));
        using var client = Client(server);
        var reads = 0;
        var source = new Source(1_000_000, (buffer, _) => ++reads < 3 ? new(buffer.Length) : throw (Exception)Activator.CreateInstance(type)!);

        var exception = await Assert.ThrowsAsync<UploadException>(() => client.UploadAsync(UploadFile.FromStream(source, "a.png"), cancellationToken: Token));

        Assert.Equal((UploadStep.Transfer, UploadRemains.Nothing, 3), (exception.Step, exception.Remains, reads));
        Assert.DoesNotContain("may exist", exception.Message);
        Assert.Empty(storage.Requests);
    }

    [Fact]
    public async Task A_type_that_only_the_content_tells_is_read_without_blocking()
    {
        await using var storage = new FakeServer(FakeServer.Reply(200, ""));
        await using var server = new FakeServer(Granted(storage, "{}"));
        using var client = Client(server);
        Source? source = null;
        source = new(_png.Length, async (buffer, _) =>
        {
            await Task.Yield();
            // One byte at a time.
            if (source!.Position == _png.Length)
                return 0;
            buffer.Span[0] = _png[source.Position];
            return 1;
        });

        var file = await client.UploadAsync(UploadFile.FromStream(source, "a"), cancellationToken: Token);

        Assert.Equal("image/png", file.ContentType);
        Assert.EndsWith("PNG-and-more", Assert.Single(storage.Requests));
    }

    [Fact]
    public async Task A_source_that_cannot_even_say_its_type_fails_before_anything_is_sent()
    {
        await using var server = new FakeServer(FakeServer.Reply(200, "{}"));
        using var client = Client(server);
        var file = UploadFile.FromStream(Source.Failing(10, () => new InvalidDataException("not compressed")), "a");

        var exception = await Assert.ThrowsAsync<UploadException>(() => client.UploadAsync(file, cancellationToken: Token));

        Assert.Equal((UploadStep.Check, "'a' cannot be read: not compressed"), (exception.Step, exception.Problem));
        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData(null, UploadStep.Check, 0)]
    [InlineData(1_000_000L, UploadStep.Transfer, 1)]
    public async Task A_source_that_stalls_ends_with_the_upload(long? length, UploadStep step, int asked)
    {
        await using var storage = new FakeServer(FakeServer.Reply(200, ""));
        await using var server = new FakeServer(Granted(storage));
        using var client = Client(server, options => options.TransferTimeout = TimeSpan.FromSeconds(3));

        var exception = await Assert.ThrowsAsync<UploadException>(
            () => client.UploadAsync(UploadFile.FromStream(Source.Stalling(length, 100_000), "a.png"), cancellationToken: Token));

        Assert.Equal((step, UploadRemains.Nothing), (exception.Step, exception.Remains));
        Assert.Contains("did not complete within 00:00:03 (TransferTimeout)", exception.Message);
        Assert.Equal((asked, 0), (server.Requests.Length, storage.Requests.Length));
    }

    [Fact]
    public async Task An_address_that_is_not_named_in_time_leaves_nothing()
    {
        await using var server = new FakeServer(FakeServer.Hang);
        using var client = Client(server, options => options.TransferTimeout = TimeSpan.FromMilliseconds(500));

        var exception = await Assert.ThrowsAsync<UploadException>(() => client.UploadAsync(UploadFile.FromBytes(_png, "a.png"), cancellationToken: Token));

        Assert.Equal((UploadStep.Initiate, UploadRemains.Nothing), (exception.Step, exception.Remains));
        Assert.Contains("asking for an address to send it to failed: the upload did not complete within", exception.Message);
    }

    [Fact]
    public async Task A_wait_after_a_refusal_leaves_nothing_when_the_time_is_over()
    {
        await using var storage = new FakeServer(FakeServer.Reply(429, "", "Retry-After: 60"));
        await using var server = new FakeServer(Granted(storage));
        using var client = Client(server, options => options.TransferTimeout = TimeSpan.FromSeconds(3));

        var exception = await Assert.ThrowsAsync<UploadException>(() => client.UploadAsync(UploadFile.FromBytes(_png, "a.png"), cancellationToken: Token));

        Assert.Equal((UploadStep.Transfer, UploadRemains.Nothing), (exception.Step, exception.Remains));
        Assert.Single(storage.Requests);
    }

    [Theory]
    [InlineData("copy")]
    [InlineData("ask")]
    [InlineData("send")]
    [InlineData("pause")]
    public async Task A_cancellation_has_the_token_of_the_caller(string during)
    {
        await using var storage = new FakeServer(during == "pause" ? FakeServer.Reply(429, "", "Retry-After: 60") : FakeServer.Hang);
        await using var server = new FakeServer(during == "ask" ? FakeServer.Hang : Granted(storage));
        using var client = Client(server);
        using var source = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        var file = during == "copy" ? UploadFile.FromStream(Source.Stalling(null, 10), "a.png") : UploadFile.FromBytes(_png, "a.png");

        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.UploadAsync(file, cancellationToken: source.Token));

        Assert.Equal(source.Token, exception.CancellationToken);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nnot-a-length\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n<Stored>")]
    [InlineData("HTTP/1.1 201 Created\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nnope")]
    public async Task What_a_storage_says_about_its_success_is_not_needed(string response)
    {
        await using var storage = new FakeServer(FakeServer.Raw(response));
        await using var server = new FakeServer(Granted(storage));
        using var client = Client(server);

        var file = await client.UploadAsync(UploadFile.FromBytes(_png, "a.png"), cancellationToken: Token);

        Assert.Equal("shelf-7", file.Reference);
        Assert.Single(storage.Requests);
    }

    [Theory]
    [InlineData(403, "responded with 403")]
    [InlineData(307, "a redirect, which is not followed: it would receive the file.")]
    public async Task The_storage_is_named_where_it_is_the_one_that_refuses(int status, string problem)
    {
        await using var storage = new FakeServer(FakeServer.Reply(status, "<Error/>", "Location: https://elsewhere.example/up"));
        await using var server = new FakeServer(Granted(storage));
        using var client = Client(server);

        var exception = await Assert.ThrowsAsync<UploadException>(() => client.UploadAsync(UploadFile.FromBytes(_png, "a.png"), cancellationToken: Token));

        Assert.Contains("127.0.0.1 responded with " + status, exception.InnerException!.Message);
        Assert.Contains(problem, exception.InnerException.Message);
        Assert.DoesNotContain("key", exception.Message);
        Assert.Equal("odd", exception.Provider);
    }

    [Fact]
    public async Task A_progress_that_throws_ends_the_upload_and_is_named()
    {
        await using var storage = new FakeServer(FakeServer.Reply(200, ""));
        await using var server = new FakeServer(Granted(storage));
        using var client = Client(server);
        var reports = 0;
        var reason = new InvalidOperationException("no window");

        var exception = await Assert.ThrowsAsync<UploadException>(() => client.UploadAsync(
            UploadFile.FromBytes(new byte[1_000_000], "a.png"), new() { Progress = new Throwing(() => ++reports < 3 ? null : reason) }, Token));

        Assert.Contains("Progress threw an exception: no window", exception.Message);
        Assert.Same(reason, exception.InnerException);
        Assert.Equal((UploadStep.Transfer, UploadRemains.Nothing, 3), (exception.Step, exception.Remains, reports));
    }

    [Fact]
    public async Task A_file_that_is_gone_before_the_second_attempt_may_have_been_stored_by_the_first()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "a.png");
        await File.WriteAllBytesAsync(path, _png, Token);
        await using var storage = new FakeServer(async exchange =>
        {
            File.Delete(path);
            await exchange.ReplyAsync(503, "busy");
        });
        await using var server = new FakeServer(Granted(storage));
        using var client = Client(server);

        var exception = await Assert.ThrowsAsync<UploadException>(() => client.UploadAsync(UploadFile.FromFile(path), cancellationToken: Token));

        Assert.Equal((UploadStep.Transfer, UploadRemains.Unknown), (exception.Step, exception.Remains));
        Assert.Contains("failed 2 times, the last time: 'a.png' cannot be opened:", exception.Message);
        Assert.DoesNotContain("Nothing was sent", exception.Message);
        Assert.EndsWith("The file may exist at odd all the same. Nothing was submitted.", exception.Message);
        Assert.Single(storage.Requests);
    }

    [Fact]
    public async Task A_file_that_changes_during_its_upload_is_not_sent_as_a_mixture()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "a.png");
        await File.WriteAllBytesAsync(path, _png, Token);
        await using var storage = new FakeServer(async exchange =>
        {
            File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddHours(1));
            await exchange.ReplyAsync(503, "busy");
        });
        await using var server = new FakeServer(Granted(storage));
        using var client = Client(server);

        var exception = await Assert.ThrowsAsync<UploadException>(() => client.UploadAsync(UploadFile.FromFile(path), cancellationToken: Token));

        Assert.Contains("'a.png' has changed since its upload began", exception.Message);
        Assert.Single(storage.Requests);
    }

    [Theory]
    [InlineData("..")]
    [InlineData("../../admin")]
    public async Task A_type_that_would_change_the_path_is_refused(string type)
    {
        await using var server = new FakeServer(FakeServer.Reply(200, "{}"));
        using var client = Client(server);

        var exception = await Assert.ThrowsAsync<UploadException>(() => client.UploadAsync(UploadFile.FromBytes(_png, "a", type), cancellationToken: Token));

        Assert.Equal((UploadStep.Check, UploadRemains.Nothing), (exception.Step, exception.Remains));
        Assert.Empty(server.Requests);
    }

    private static Func<FakeServer.Exchange, Task> Granted(FakeServer storage, string headers = "{}") =>
        FakeServer.Reply(200, $$$"""{"name":"shelf-7","where":{"to":"{{{storage.Url}}}up?sig=1","with":{{{headers}}}}}""");

    private static OddClient Client(FakeServer server, Action<OddClientOptions>? change = null)
    {
        var options = new OddClientOptions { ApiKey = "secret", BaseUrl = server.Url, Jitter = new Random(1) };
        change?.Invoke(options);
        return new OddClient(options);
    }

    private sealed class Throwing(Func<Exception?> reason) : IProgress<UploadProgress>
    {
        public void Report(UploadProgress value)
        {
            if (reason() is { } exception)
                throw exception;
        }
    }
}
