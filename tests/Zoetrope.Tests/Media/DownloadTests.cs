using System.Net.Sockets;
using System.Text;
using Zoetrope.Errors;
using Zoetrope.Http;
using Zoetrope.Media;
using static Zoetrope.TestKit.FakeServer;

namespace Zoetrope.Tests;

/// <summary>What a result points to is downloaded without the key, and only from where a provider has business.</summary>
public sealed class DownloadTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("zoetrope-tests-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_file_is_saved_as_it_is_without_a_key()
    {
        await using var server = new FakeServer(Reply(200, "the video"));
        using var client = Client(server);

        var path = await client.SaveAsync(File(server, "a.mp4"), Path.Combine(_folder, "out.mp4"));

        Assert.Equal("the video", await System.IO.File.ReadAllTextAsync(path));
        Assert.True(Path.IsPathFullyQualified(path));
        Assert.DoesNotContain("Authorization", Assert.Single(server.Requests));
        Assert.Equal(["out.mp4"], Names());
    }

    [Fact]
    public async Task A_download_returns_the_number_of_bytes()
    {
        await using var server = new FakeServer(Raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n3\r\n!!!\r\n0\r\n\r\n"));
        using var client = Client(server);
        var destination = new MemoryStream();

        Assert.Equal(8, await client.DownloadAsync(File(server, "a"), destination));
        Assert.Equal("hello!!!", Encoding.UTF8.GetString(destination.ToArray()));
    }

    [Fact]
    public async Task A_file_that_is_there_already_is_replaced_only_by_a_whole_one()
    {
        var path = Path.Combine(_folder, "out.mp4");
        await System.IO.File.WriteAllTextAsync(path, "old");
        await using var server = new FakeServer(Raw("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"), Reply(200, "new"));
        using var client = Client(server);

        var exception = await Assert.ThrowsAsync<MediaDownloadException>(() => client.SaveAsync(File(server, "a"), path));
        Assert.Equal("old", await System.IO.File.ReadAllTextAsync(path));
        Assert.Equal(["out.mp4"], Names());
        Assert.Contains("broke off", exception.Message);

        await client.SaveAsync(File(server, "a"), path);
        Assert.Equal("new", await System.IO.File.ReadAllTextAsync(path));
        Assert.Equal(["out.mp4"], Names());
    }

    [Theory]
    [InlineData("http://127.0.0.1/a")]
    [InlineData("https://localhost/a")]
    [InlineData("https://10.0.0.1/a")]
    [InlineData("http://169.254.169.254/latest/meta-data")]
    [InlineData("https://[::1]/a")]
    [InlineData("https://intranet/a")]
    [InlineData("https://user:password@files.test/a")]
    [InlineData("file:///etc/passwd")]
    [InlineData("ftp://files.test/a")]
    [InlineData("/relative")]
    [InlineData("")]
    public async Task Addresses_that_a_provider_has_no_business_with_are_refused(string url)
    {
        using var client = new FakeClient(new FakeProtocol());

        var exception = await Assert.ThrowsAsync<MediaDownloadException>(() => client.DownloadAsync(new MediaFile { Url = url }, Stream.Null));

        Assert.Null(exception.StatusCode);
        Assert.DoesNotContain("password@", exception.Message);
    }

    [Fact]
    public async Task Each_hop_of_a_redirect_is_checked_the_same_way()
    {
        await using var server = new FakeServer(Reply(302, "", "Location: file:///etc/passwd"), Reply(302, "", "Location: /next"), Reply(200, "ok"));
        using var client = Client(server);

        await Assert.ThrowsAsync<MediaDownloadException>(() => client.DownloadAsync(File(server, "a"), Stream.Null));
        Assert.Equal(2, await client.DownloadAsync(File(server, "a"), Stream.Null));
        Assert.StartsWith("GET /next ", server.Requests[^1]);
    }

    [Theory]
    [InlineData("//[")]
    [InlineData("///")]
    [InlineData("//:80")]
    [InlineData("//%zz")]
    [InlineData("http:")]
    [InlineData("http://a:99999/")]
    [InlineData("file:///etc/hostname")]
    [InlineData("javascript:alert(1)")]
    public async Task A_redirect_to_an_invalid_URL_fails_the_download(string target)
    {
        await using var server = new FakeServer(Reply(302, "", $"Location: {target}"));
        using var own = Client(server);
        using var http = new HttpClient();
        using var users = new FakeClient(new FakeProtocol(), new MediaClientOptions { BaseUrl = server.Url, HttpClient = http });

        await Assert.ThrowsAsync<MediaDownloadException>(() => own.DownloadAsync(File(server, "a"), Stream.Null));
        await Assert.ThrowsAsync<MediaDownloadException>(() => users.DownloadAsync(File(server, "a"), Stream.Null));
    }

    [Theory]
    [InlineData("sockets", true)]
    [InlineData("handler", true)]
    [InlineData("retrying", true)]
    [InlineData("sockets", false)]
    public async Task A_private_network_is_not_connected_to_whatever_client_the_user_has(string kind, bool follows)
    {
        var asked = new List<string>();
        await using var elsewhere = new FakeServer(Reply(200, "a secret"));
        await using var server = new FakeServer(Reply(302, "", "Location: http://10.0.0.5/a.png"));
        var sockets = new SocketsHttpHandler
        {
            AllowAutoRedirect = follows,
            ConnectCallback = async (context, ct) =>
            {
                asked.Add(context.DnsEndPoint.Host);
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
                await socket.ConnectAsync("127.0.0.1", context.DnsEndPoint.Host == "10.0.0.5" ? elsewhere.Url.Port : context.DnsEndPoint.Port, ct);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
        using var http = kind switch
        {
            "sockets" => new HttpClient(sockets),
            "handler" => new HttpClient(new HttpClientHandler { AllowAutoRedirect = follows }),
            _ => new HttpClient(new RetryingHandler(sockets)),
        };
        using var client = new FakeClient(new FakeProtocol(), new MediaClientOptions { BaseUrl = server.Url, HttpClient = http });

        var exception = await Assert.ThrowsAsync<MediaDownloadException>(() => client.DownloadAsync(File(server, "a"), Stream.Null));

        Assert.Contains("private network (10.0.0.5)", exception.Message);
        Assert.DoesNotContain("10.0.0.5", asked);
        Assert.Empty(elsewhere.Requests);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Where_a_server_leads_to_is_not_quoted()
    {
        await using var server = new FakeServer(Reply(302, "", "Location: /words-of-the-server"), Reply(404, ""));
        using var client = Client(server);

        var exception = await Assert.ThrowsAsync<MediaDownloadException>(() => client.DownloadAsync(File(server, "a"), Stream.Null));

        Assert.DoesNotContain("words-of-the-server", exception.ToString());
        Assert.Contains("(redirected to 127.0.0.1)", exception.Message);
    }

    [Fact]
    public async Task What_a_users_client_adds_to_requests_is_not_sent_to_the_hosts_of_files()
    {
        await using var other = new FakeServer(Reply(200, "a"));
        await using var server = new FakeServer(Reply(302, "", $"Location: {other.Url}a.txt"));
        var sent = 0;
        using var http = new HttpClient(new Counting(() => sent++));
        http.DefaultRequestHeaders.Add("X-Gateway-Token", "of-the-gateway");
        http.DefaultRequestHeaders.Authorization = new("Bearer", "of-the-gateway");
        using var client = new FakeClient(new FakeProtocol(), new MediaClientOptions { BaseUrl = server.Url, HttpClient = http });

        Assert.Equal(1, await client.DownloadAsync(File(server, "a.txt"), Stream.Null));

        Assert.DoesNotContain("of-the-gateway", Assert.Single(server.Requests));
        Assert.DoesNotContain("of-the-gateway", Assert.Single(other.Requests));
        Assert.Equal(2, sent);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_disposed_client_downloads_nothing(bool isUsers)
    {
        await using var server = new FakeServer(Reply(200, "a"));
        using var http = isUsers ? new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) : null;
        var client = new FakeClient(new FakeProtocol(), new MediaClientOptions { BaseUrl = server.Url, HttpClient = http });
        client.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => client.DownloadAsync(File(server, "a"), Stream.Null));
        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("", true)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 2000\r\n\r\nthe start", false)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 2000\r\n\r\nthe start", true)]
    public async Task A_client_that_is_disposed_ends_its_downloads(string start, bool isUsers)
    {
        using var http = isUsers ? new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) : null;
        var sent = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = new FakeServer(async exchange =>
        {
            await exchange.WriteAsync(start);
            sent.SetResult();
            await Hang(exchange);
        });
        var options = new MediaClientOptions { BaseUrl = server.Url, PollTimeout = TimeSpan.FromHours(1), HttpClient = http };
        var client = new FakeClient(new FakeProtocol(), options);
        var download = client.DownloadAsync(File(server, "a"), Stream.Null);
        await sent.Task;

        client.Dispose();

        var exception = await Assert.ThrowsAsync<MediaDownloadException>(() => download);
        Assert.StartsWith("The client was disposed before", exception.Message);
    }

    [Fact]
    public async Task A_server_that_does_not_speak_HTTP_is_not_quoted()
    {
        await using var server = new FakeServer(Raw($"HTTX \u001b[31m{new string('a', 5000)}\r\n\r\n"));
        using var client = Client(server);

        var exception = await Assert.ThrowsAsync<MediaDownloadException>(() => client.DownloadAsync(File(server, "a"), Stream.Null));

        Assert.DoesNotContain("aaa", exception.ToString());
        Assert.EndsWith("did not send a valid HTTP response.", exception.Message);
    }

    [Fact]
    public async Task Redirects_end_after_five_hops()
    {
        await using var server = new FakeServer(Reply(302, "", "Location: /again"));
        using var client = Client(server);

        var exception = await Assert.ThrowsAsync<MediaDownloadException>(() => client.DownloadAsync(File(server, "a"), Stream.Null));

        Assert.Equal(6, server.Requests.Length);
        Assert.Contains("more than 5 times", exception.Message);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 2000\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n7d0\r\n")]
    public async Task A_file_larger_than_allowed_is_refused(string head)
    {
        await using var server = new FakeServer(Raw(head + new string('x', 2000) + "\r\n0\r\n\r\n"));
        using var client = new FakeClient(new FakeProtocol(), new MediaClientOptions { BaseUrl = server.Url, MaxDownloadBytes = 1999 });

        var exception = await Assert.ThrowsAsync<MediaDownloadException>(() => client.SaveAsync(File(server, "a"), Path.Combine(_folder, "a")));

        Assert.Contains("1999", exception.Message);
        Assert.Empty(Names());
    }

    [Fact]
    public async Task An_error_of_the_file_server_is_reported_without_the_secrets_of_a_signed_URL()
    {
        await using var server = new FakeServer(Reply(403, "expired"));
        using var client = Client(server);

        var exception = await Assert.ThrowsAsync<MediaDownloadException>(() => client.DownloadAsync(File(server, "a.mp4?signature=secret"), Stream.Null));

        Assert.Equal(403, (int)exception.StatusCode!);
        Assert.Contains("/a.mp4", exception.Message);
        Assert.DoesNotContain("secret", exception.ToString());
    }

    [Fact]
    public async Task A_download_that_stalls_ends()
    {
        var time = new FakeTime();
        await using var server = new FakeServer(async exchange =>
        {
            // So much that its type is known, and it is written.
            await exchange.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 2000\r\n\r\n" + new string('x', 1000));
            await exchange.HangAsync();
        });
        using var client = new FakeClient(new FakeProtocol(), new MediaClientOptions { BaseUrl = server.Url, TimeProvider = time });
        using var received = new MemoryStream();
        var download = client.DownloadAsync(File(server, "a"), received);
        // No deadline goes on while it is written: the next one is that of the rest.
        while (received.Length < 1000 || time.Timers == 0)
            await Task.Delay(1);

        time.Advance(TimeSpan.FromSeconds(30));


        Assert.Contains("sent nothing for 00:00:30", (await Assert.ThrowsAsync<MediaDownloadException>(() => download)).Message);
    }

    [Fact]
    public async Task A_caller_can_cancel_and_no_part_of_the_file_stays()
    {
        using var cancellation = new CancellationTokenSource();
        await using var server = new FakeServer(async exchange =>
        {
            await exchange.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
            await cancellation.CancelAsync();
            await exchange.HangAsync();
        });
        using var client = Client(server);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.SaveAsync(File(server, "a"), Path.Combine(_folder, "a"), cancellation.Token));

        Assert.Empty(Names());
    }

    [Fact]
    public async Task An_unreachable_server_is_reported()
    {
        var nowhere = Nowhere();
        using var client = new FakeClient(new FakeProtocol(), new MediaClientOptions { BaseUrl = nowhere });

        var exception = await Assert.ThrowsAsync<MediaDownloadException>(() => client.DownloadAsync(new MediaFile { Url = nowhere.AbsoluteUri }, Stream.Null));

        Assert.IsType<HttpRequestException>(exception.InnerException);
    }

    [Theory]
    [InlineData("data:text/plain;base64,aGVsbG8=", "hello")]
    [InlineData("data:,hel%6Co", "hello")]
    public async Task A_data_URI_is_decoded(string url, string text)
    {
        using var client = new FakeClient(new FakeProtocol());
        var path = await client.SaveAsync(new MediaFile { Url = url }, Path.Combine(_folder, "a.txt"));

        Assert.Equal(text, await System.IO.File.ReadAllTextAsync(path));
    }

    [Theory]
    [InlineData("data:image/png;base64,@@@@")]
    [InlineData("data:image/png;base64")]
    public async Task A_malformed_data_URI_is_reported(string url)
    {
        using var client = new FakeClient(new FakeProtocol());

        await Assert.ThrowsAsync<MediaDownloadException>(() => client.SaveAsync(new MediaFile { Url = url }, Path.Combine(_folder, "a.png")));

        Assert.Empty(Names());
    }

    [Fact]
    public async Task A_file_cannot_be_saved_to_a_folder()
    {
        await using var server = new FakeServer(Reply(200, "x"));
        using var client = Client(server);

        await Assert.ThrowsAsync<IOException>(() => client.SaveAsync(File(server, "a"), _folder));
        await Assert.ThrowsAsync<DirectoryNotFoundException>(() => client.SaveAsync(File(server, "a"), Path.Combine(_folder, "none", "a")));

        Assert.Empty(server.Requests);
    }

    private string[] Names() => [.. Directory.EnumerateFileSystemEntries(_folder).Select(path => Path.GetFileName(path))];

    private static FakeClient Client(FakeServer server) => new(new FakeProtocol(), new MediaClientOptions { BaseUrl = server.Url });

    private static MediaFile File(FakeServer server, string name) => new() { Url = new Uri(server.Url, name).AbsoluteUri };

    private sealed class Counting(Action count) : DelegatingHandler(new SocketsHttpHandler { AllowAutoRedirect = false })
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            count();
            return base.SendAsync(request, cancellationToken);
        }
    }
}
