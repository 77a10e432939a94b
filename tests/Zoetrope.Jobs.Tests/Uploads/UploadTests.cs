using System.Text;
using Zoetrope.Errors;
using Zoetrope.Jobs.Tests.Odd;
using Zoetrope.Uploads;

namespace Zoetrope.Jobs.Tests.Uploads;

/// <summary>A file on its way to the storage that a provider names: a request with the key for the address, and one without it for the content.</summary>
public sealed class UploadTests
{
    private static readonly byte[] _picture = [0x89, .. "PNG"u8, .. Encoding.ASCII.GetBytes(new string('x', 300_000))];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_key_goes_to_the_provider_and_the_content_to_the_storage()
    {
        await using var storage = new FakeServer(FakeServer.Reply(200, ""));
        await using var server = new FakeServer(Granted(storage));
        using var client = Client(server);

        var file = await client.UploadAsync(UploadFile.FromBytes(_picture, "a cat.png"), cancellationToken: Token);

        Assert.Equal(
            new UploadedFile("shelf-7")
            {
                Id = "7", FileName = "a cat.png", ContentType = "image/png", Size = _picture.Length, ExpiresAt = DateTimeOffset.FromUnixTimeSeconds(1900000000),
            },
            file);
        string reference = file;
        Assert.Equal(("shelf-7", null), (reference, file.Url));
        var asked = Assert.Single(server.Requests);
        Assert.StartsWith("POST /base/shelf/image HTTP/1.1\r\n", asked);
        Assert.Contains("\r\nX-Odd: odd:secret\r\n", asked);
        Assert.Contains("\r\nX-Odd-Version: 7\r\n", asked);
        Assert.EndsWith($$"""{"title":"a cat.png","bytes":{{_picture.Length}},"text":"image/png","of":"odd","long":true,"rank":1.5}""", asked);
        var sent = Assert.Single(storage.Requests);
        Assert.StartsWith("PUT /up?sig=1 HTTP/1.1\r\n", sent);
        Assert.Contains($"\r\nContent-Length: {_picture.Length}\r\n", sent);
        Assert.Contains("\r\nContent-Type: image/png\r\n", sent);
        Assert.Contains("\r\nx-amz-acl: private\r\n", sent);
        Assert.Contains("\r\nAuthorization: AWS4 of-storage\r\n", sent);
        Assert.DoesNotContain("secret", sent);
        Assert.DoesNotContain("X-Odd", sent);
        Assert.EndsWith(new string('x', 300_000), sent);
    }

    [Fact]
    public async Task Progress_ends_with_all_of_it()
    {
        await using var storage = new FakeServer(FakeServer.Reply(503, "busy"), FakeServer.Reply(200, ""));
        await using var server = new FakeServer(Granted(storage));
        using var client = Client(server);
        var progress = new Recorder();

        await client.UploadAsync(UploadFile.FromBytes(_picture, "a.png"), new() { Progress = progress }, Token);

        Assert.Equal(new UploadProgress(_picture.Length, _picture.Length), progress.Reports[^1]);
        Assert.All(progress.Reports, report => Assert.InRange(report.Sent, 0, _picture.Length));
        // It is sent a second time.
        Assert.Contains(progress.Reports, report => report.Sent == 0);
        Assert.Equal(2, storage.Requests.Length);
    }

    [Theory]
    [InlineData("file")]
    [InlineData("seekable")]
    [InlineData("once")]
    public async Task Content_comes_from_anything_and_can_be_sent_again(string kind)
    {
        await using var storage = new FakeServer(FakeServer.Reset, FakeServer.Reply(500, "no"), FakeServer.Reply(200, ""));
        await using var server = new FakeServer(Granted(storage));
        using var client = Client(server);
        using var folder = new TemporaryFolder();
        // More than is kept in memory.
        var content = Encoding.ASCII.GetBytes(new string('y', 3_000_000));
        var path = Path.Combine(folder.Path, "a.png");
        await File.WriteAllBytesAsync(path, content, Token);
        using var stream = new MemoryStream([1, 2, 3, .. content]) { Position = 3 };
        await using var once = new OneWay(new MemoryStream(content));
        var file = kind switch
        {
            "file" => UploadFile.FromFile(path),
            "seekable" => UploadFile.FromStream(stream, "a.png"),
            _ => UploadFile.FromStream(once, "a.png"),
        };

        var stored = await client.UploadAsync(file, cancellationToken: Token);

        Assert.Equal(content.Length, stored.Size);
        Assert.Equal(3, storage.Requests.Count(request => request.EndsWith(new string('y', 3_000_000), StringComparison.Ordinal)));
        Assert.True(stream.CanRead);
    }

    [Fact]
    public async Task A_stream_that_was_sent_before_is_refused_before_anything_is_sent()
    {
        await using var storage = new FakeServer(FakeServer.Reply(200, ""));
        await using var server = new FakeServer(Granted(storage));
        using var client = Client(server);
        await using var once = new OneWay(new MemoryStream(_picture));
        var file = UploadFile.FromStream(once, "a.png");
        await client.UploadAsync(file, cancellationToken: Token);

        var exception = await Assert.ThrowsAsync<UploadException>(() => client.UploadAsync(file, cancellationToken: Token));

        Assert.Equal((UploadStep.Check, UploadRemains.Nothing), (exception.Step, exception.Remains));
        Assert.Contains("cannot be read again", exception.Message);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData(0, "it is empty")]
    [InlineData(5_000_001, "it has 5000001 bytes, and the provider takes at most 5000000 bytes")]
    public async Task What_the_provider_would_refuse_is_not_sent(int size, string problem)
    {
        await using var server = new FakeServer(FakeServer.Reply(200, "{}"));
        using var client = Client(server);

        var exception = await Assert.ThrowsAsync<UploadException>(
            () => client.UploadAsync(UploadFile.FromBytes(new byte[size], "a.png"), cancellationToken: Token));

        Assert.Equal($"'a.png' was not uploaded to odd: {problem}. Nothing was submitted.", exception.Message);
        Assert.Equal(UploadStep.Check, exception.Step);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task A_stream_that_is_too_large_is_not_read_to_its_end()
    {
        await using var server = new FakeServer(FakeServer.Reply(200, "{}"));
        using var client = Client(server);
        await using var endless = new OneWay(new Endless());

        var exception = await Assert.ThrowsAsync<UploadException>(
            () => client.UploadAsync(UploadFile.FromStream(endless, "a.png"), cancellationToken: Token));

        Assert.Contains("more than 5000000 bytes", exception.Message);
        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData(401, 1)]
    [InlineData(400, 1)]
    [InlineData(429, 3)]
    [InlineData(500, 3)]
    public async Task A_provider_that_names_no_address_is_asked_again_only_if_that_may_pass(int status, int times)
    {
        await using var server = new FakeServer(FakeServer.Reply(status, """{"msg":"no"}"""));
        using var client = Client(server);

        var exception = await Assert.ThrowsAsync<UploadException>(
            () => client.UploadAsync(UploadFile.FromBytes(_picture, "a.png"), cancellationToken: Token));

        Assert.Equal((UploadStep.Initiate, UploadRemains.Nothing, null), (exception.Step, exception.Remains, exception.Promised));
        Assert.Equal(status, (int)Assert.IsType<ServiceException>(exception.InnerException).StatusCode);
        Assert.Equal(times, server.Requests.Length);
    }

    [Theory]
    [InlineData("http://storage.example/up", "it is not an https URL")]
    [InlineData("ftp://storage.example/up", "it is not an https URL")]
    [InlineData("https://user:pass@storage.example/up", "it contains a password")]
    [InlineData("https://169.254.169.254/latest", "it names a host of this machine or of a private network")]
    [InlineData("https://intranet.corp/up", "it names a host of this machine or of a private network")]
    [InlineData("/up", "address to send it to")]
    [InlineData("", "has no address")]
    public async Task An_address_that_no_file_is_sent_to_is_refused(string address, string problem)
    {
        await using var server = new FakeServer(FakeServer.Reply(200, $$$"""{"name":"shelf-7","where":{"to":"{{{address}}}"}}"""));
        using var client = Client(server);

        var exception = await Assert.ThrowsAsync<UploadException>(
            () => client.UploadAsync(UploadFile.FromBytes(_picture, "a.png"), cancellationToken: Token));

        Assert.Equal(UploadStep.Initiate, exception.Step);
        Assert.Contains(problem, exception.Message);
        Assert.DoesNotContain("pass@", exception.Message);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData("""{"where":{"to":"{0}"}}""", "does not say what requests refer to the file by")]
    [InlineData("[]", "does not say what requests refer to the file by")]
    [InlineData("<html>", "does not say what requests refer to the file by")]
    [InlineData("""{"name":"shelf-7","where":{"to":"{0}","with":["a"]}}""", "the headers in the response are not an object of texts")]
    [InlineData("""{"name":"shelf-7","where":{"to":"{0}","with":{"a":{"b":1}}}}""", "the headers in the response are not an object of texts")]
    public async Task A_response_that_cannot_be_used_sends_nothing(string response, string problem)
    {
        await using var storage = new FakeServer(FakeServer.Reply(200, ""));
        await using var server = new FakeServer(FakeServer.Reply(200, response.Replace("{0}", storage.Url.AbsoluteUri, StringComparison.Ordinal)));
        using var client = Client(server);

        var exception = await Assert.ThrowsAsync<UploadException>(
            () => client.UploadAsync(UploadFile.FromBytes(_picture, "a.png"), cancellationToken: Token));

        Assert.Equal((UploadStep.Initiate, UploadRemains.Nothing), (exception.Step, exception.Remains));
        Assert.Contains(problem, exception.Message);
        Assert.Empty(storage.Requests);
    }

    [Theory]
    [InlineData("""{"bad\nname":"x"}""")]
    [InlineData("""{"x":"a\r\nHost: evil"}""")]
    [InlineData("""{"Content-Type":"image/png\r\nX-Evil: 1"}""")]
    [InlineData("""{"content-type":"image/pñg"}""")]
    public async Task A_header_that_would_inject_others_is_refused(string headers)
    {
        await using var storage = new FakeServer(FakeServer.Reply(200, ""));
        await using var server = new FakeServer(Granted(storage, headers));
        using var client = Client(server);

        var exception = await Assert.ThrowsAsync<UploadException>(
            () => client.UploadAsync(UploadFile.FromBytes(_picture, "a.png"), cancellationToken: Token));

        Assert.Equal((UploadStep.Transfer, UploadRemains.Nothing), (exception.Step, exception.Remains));
        Assert.Empty(storage.Requests);
    }

    [Theory]
    [InlineData(403, 1, UploadRemains.Nothing)]
    [InlineData(503, 3, UploadRemains.Unknown)]
    [InlineData(307, 1, UploadRemains.Unknown)]
    public async Task A_storage_that_does_not_take_it_says_what_remains(int status, int times, UploadRemains remains)
    {
        await using var storage = new FakeServer(FakeServer.Reply(status, "<Error/>", "Location: https://elsewhere.example/up"));
        await using var server = new FakeServer(Granted(storage));
        using var client = Client(server);

        var exception = await Assert.ThrowsAsync<UploadException>(
            () => client.UploadAsync(UploadFile.FromBytes(_picture, "a.png"), cancellationToken: Token));

        Assert.Equal((UploadStep.Transfer, remains, "shelf-7"), (exception.Step, exception.Remains, exception.Promised!.Reference));
        Assert.Equal(times, storage.Requests.Length);
        Assert.EndsWith("Nothing was submitted.", exception.Message);
        Assert.DoesNotContain("sig=1", exception.Message);
    }

    [Fact]
    public async Task A_storage_that_does_not_respond_ends_the_upload_in_time()
    {
        await using var storage = new FakeServer(FakeServer.Hang);
        await using var server = new FakeServer(Granted(storage));
        using var client = Client(server);
        var options = new UploadOptions { StallTimeout = TimeSpan.FromSeconds(1), Attempts = 1 };

        var exception = await Assert.ThrowsAsync<UploadException>(() => client.UploadAsync(UploadFile.FromBytes(_picture, "a.png"), options, Token));

        Assert.Equal((UploadStep.Transfer, UploadRemains.Unknown), (exception.Step, exception.Remains));
        Assert.Equal(TransportFailure.TimedOut, Assert.IsType<TransportException>(exception.InnerException).Failure);
    }

    [Fact]
    public async Task The_whole_upload_has_a_deadline_too()
    {
        await using var storage = new FakeServer(FakeServer.Hang);
        await using var server = new FakeServer(Granted(storage));
        using var client = Client(server, options => options.TransferTimeout = TimeSpan.FromSeconds(2));

        var exception = await Assert.ThrowsAsync<UploadException>(
            () => client.UploadAsync(UploadFile.FromBytes(_picture, "a.png"), cancellationToken: Token));

        Assert.Contains("did not complete within 00:00:02", exception.Message);
        Assert.Equal(UploadRemains.Unknown, exception.Remains);
    }

    [Fact]
    public async Task A_caller_that_cancels_has_the_cancellation()
    {
        await using var storage = new FakeServer(FakeServer.Hang);
        await using var server = new FakeServer(Granted(storage));
        using var client = Client(server);
        using var source = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));

        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => client.UploadAsync(UploadFile.FromBytes(_picture, "a.png"), cancellationToken: source.Token));

        Assert.Equal(source.Token, exception.CancellationToken);
    }

    [Fact]
    public async Task A_file_that_becomes_unreadable_is_not_sent_again()
    {
        await using var storage = new FakeServer(FakeServer.Reply(200, ""));
        await using var server = new FakeServer(Granted(storage));
        using var client = Client(server);
        await using var broken = new Broken(_picture.Length);

        var exception = await Assert.ThrowsAsync<UploadException>(
            () => client.UploadAsync(UploadFile.FromStream(broken, "a.png"), cancellationToken: Token));

        Assert.Equal((UploadStep.Transfer, UploadRemains.Nothing), (exception.Step, exception.Remains));
        Assert.Contains("the disk is gone", exception.Message);
        Assert.Equal(1, broken.Reads);
    }

    [Fact]
    public async Task A_client_whose_headers_may_hold_a_secret_does_not_send_files()
    {
        await using var storage = new FakeServer(FakeServer.Reply(200, ""));
        await using var server = new FakeServer(Granted(storage, "{}"));
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        http.DefaultRequestHeaders.Add("X-Gateway-Token", "of-the-gateway");
        using var client = Client(server, options => options.HttpClient = http);

        await client.UploadAsync(UploadFile.FromBytes(_picture, "a.png"), cancellationToken: Token);

        Assert.Contains("of-the-gateway", Assert.Single(server.Requests));
        Assert.DoesNotContain("of-the-gateway", Assert.Single(storage.Requests));
    }

    [Fact]
    public async Task Options_of_another_provider_are_refused()
    {
        await using var server = new FakeServer(FakeServer.Reply(200, "{}"));
        using var client = Client(server);

        await Assert.ThrowsAsync<ArgumentException>(() => client.UploadAsync(UploadFile.FromBytes(_picture, "a.png"), new OtherOptions(), Token));
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task A_client_that_was_disposed_sends_nothing()
    {
        await using var storage = new FakeServer(FakeServer.Reply(200, ""));
        await using var server = new FakeServer(Granted(storage));
        var client = Client(server);
        client.Dispose();

        var exception = await Assert.ThrowsAsync<UploadException>(
            () => client.UploadAsync(UploadFile.FromBytes(_picture, "a.png"), cancellationToken: Token));

        Assert.Equal((UploadStep.Initiate, UploadRemains.Nothing), (exception.Step, exception.Remains));
        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_client_that_is_disposed_during_an_upload_says_what_may_be_stored(bool isUsers)
    {
        var sent = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var storage = new FakeServer(async exchange =>
        {
            sent.TrySetResult();
            await exchange.HangAsync();
        });
        await using var server = new FakeServer(Granted(storage));
        using var http = isUsers ? new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) : null;
        var client = Client(server, options => options.HttpClient = http);
        var uploading = client.UploadAsync(UploadFile.FromBytes(_picture, "a.png"), cancellationToken: Token);
        await sent.Task;

        client.Dispose();

        var exception = await Assert.ThrowsAsync<UploadException>(() => uploading);
        Assert.Equal((UploadStep.Transfer, UploadRemains.Unknown, "shelf-7"), (exception.Step, exception.Remains, exception.Promised!.Reference));
        Assert.Contains("disposed", exception.Message);
        Assert.Single(storage.Requests);
    }

    private static Func<FakeServer.Exchange, Task> Granted(FakeServer storage, string? headers = null) => FakeServer.Reply(200, $$$"""
        {"name":"shelf-7","number":7,"until":1900000000,"where":{"to":"{{{storage.Url}}}up?sig=1",
         "with":{{{headers ?? """{"x-amz-acl":"private","Authorization":"AWS4 of-storage","Host":"127.0.0.1","Content-Type":"image/png"}"""}}}}}
        """);

    private static OddClient Client(FakeServer server, Action<OddClientOptions>? change = null)
    {
        var options = new OddClientOptions { ApiKey = "secret", BaseUrl = server.Url, Jitter = new Random(1) };
        change?.Invoke(options);
        return new OddClient(options);
    }

    private sealed class OtherOptions : UploadOptions;

    private sealed class Recorder : IProgress<UploadProgress>
    {
        private readonly List<UploadProgress> _reports = [];

        public UploadProgress[] Reports
        {
            get
            {
                lock (_reports)
                    return [.. _reports];
            }
        }

        public void Report(UploadProgress value)
        {
            lock (_reports)
                _reports.Add(value);
        }
    }
}
