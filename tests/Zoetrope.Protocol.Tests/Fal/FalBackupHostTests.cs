using System.Net.Sockets;
using Zoetrope.Errors;
using Zoetrope.Fal;
using Zoetrope.Http;
using Zoetrope.Jobs;
using Zoetrope.Json;
using Zoetrope.Uploads;
using static Zoetrope.TestKit.FakeServer;

namespace Zoetrope.Protocol.Tests.Fal;

/// <summary>
/// fal's backup hosts: a request goes to one only where no connection to the usual host was made, so that nothing can be paid twice, and the key goes to no
/// other host.
/// </summary>
public sealed class FalBackupHostTests
{
    private const string Id = "fal-ai/some/model";
    private const string Receipt = """{"request_id":"r-1","status":"IN_QUEUE"}""";
    private const string Authorization = "\r\nAuthorization: Key test-key-id:test-key-secret\r\n";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>The ways in which no connection is made.</summary>
    public enum Outage
    {
        Refused,
        NoName,
        TooSlow,
    }

    [Theory]
    [InlineData(Outage.Refused)]
    [InlineData(Outage.NoName)]
    [InlineData(Outage.TooSlow)]
    public async Task A_submit_that_reaches_nobody_goes_to_the_backup_once_and_its_job_is_followed_at_either(Outage outage)
    {
        await using var backup = new FakeServer(Reply(200, Receipt), Reply(200, """{"status":"COMPLETED"}"""));
        await using var usual = new FakeServer(Reply(200, """{"status":"COMPLETED"}"""), Reply(200, """{"ok":1}"""));
        using var hosts = new Hosts { ["queue.fal.run"] = AddressOf(outage), ["queue.falrun.com"] = backup.Url };
        using var fal = Client(hosts);
        var retries = new List<SubmitRetry>();

        var job = await fal.SubmitAsync(Id, RawJson.Parse("{}"), new FalSubmitOptions { OnRetry = retries.Add }, Token);
        var status = await job.GetStatusAsync(cancellationToken: Token);
        hosts["queue.fal.run"] = usual.Url;
        var result = await fal.Resume(JobHandle.Parse(job.Handle.ToString())).WaitAsync(cancellationToken: Token);

        Assert.Equal(("fal:fal-ai/some/model:r-1", JobState.Completed, """{"ok":1}"""), (job.Handle.ToString(), status.State, result.Raw.ToString()));
        Assert.Equal(["POST /fal-ai/some/model HTTP/1.1", "GET /fal-ai/some/requests/r-1/status?logs=0 HTTP/1.1"], Lines(backup));
        Assert.All(backup.Requests, request => Assert.Contains(Authorization, request));
        Assert.All(backup.Requests, request => Assert.Contains("\r\nHost: queue.falrun.com\r\n", request));
        var retry = Assert.Single(retries);
        Assert.Equal(("queue.falrun.com", 1, TimeSpan.Zero), (retry.BackupHost, retry.Attempt, retry.RetryIn));
        Assert.Equal(TransportFailure.NotConnected, Assert.IsType<TransportException>(retry.Reason).Failure);
    }

    [Fact]
    public async Task Direct_runs_streams_and_cancels_go_to_the_backup_too()
    {
        await using var backup = new FakeServer(Reply(200, "7"), Reply(200, "8"), Reply(202, """{"status":"CANCELLATION_REQUESTED"}"""));
        using var hosts = new Hosts { ["falrun.com"] = backup.Url, ["queue.falrun.com"] = backup.Url };
        using var fal = Client(hosts);

        var direct = await fal.RunDirectAsync(Id, RawJson.Parse("{}"), cancellationToken: Token);
        await using var stream = await fal.OpenStreamAsync(Id, RawJson.Parse("{}"), cancellationToken: Token);
        var outcome = await fal.Resume(new JobHandle("fal", Id, "r-1")).CancelAsync(Token);

        Assert.Equal(("7", CancelOutcome.Requested), (direct.Raw.ToString(), outcome));
        Assert.Equal(["POST /fal-ai/some/model", "POST /fal-ai/some/model/stream", "PUT /fal-ai/some/requests/r-1/cancel"],
            Lines(backup).Select(line => line[..line.LastIndexOf(' ')]));
    }

    [Fact]
    public async Task Addresses_that_a_backup_returns_are_paths_of_the_usual_host()
    {
        const string Urls = """
            {"request_id":"r-1","status_url":"https://queue.falrun.com/other/requests/r-1/status",
             "response_url":"https://queue.falrun.com/other/requests/r-1/response","cancel_url":"https://queue.falrun.com.evil.example/x/r-1/cancel"}
            """;
        await using var backup = new FakeServer(Reply(200, Urls));
        await using var usual = new FakeServer(Reply(200, """{"status":"IN_QUEUE"}"""), Reply(202, "{}"));
        using var hosts = new Hosts { ["queue.falrun.com"] = backup.Url };
        using var fal = Client(hosts);

        var job = await fal.SubmitAsync(Id, RawJson.Parse("{}"), cancellationToken: Token);
        hosts["queue.fal.run"] = usual.Url;
        await job.GetStatusAsync(cancellationToken: Token);
        await job.CancelAsync(Token);

        Assert.Equal(["GET /other/requests/r-1/status?logs=0 HTTP/1.1", "PUT /fal-ai/some/requests/r-1/cancel HTTP/1.1"], Lines(usual));
        Assert.Single(backup.Requests);
    }

    [Fact]
    public async Task What_may_have_been_sent_or_has_a_response_does_not_go_to_the_backup()
    {
        Func<Exchange, Task>[] steps = [Reset, Reply(503, "{}"), Reply(502, "<html>"), Reply(404, "{}"), Raw("HTTP/1.1 200 OK\r\n\r\n{\"req")];
        foreach (var step in steps)
        {
            await using var backup = new FakeServer(Reply(200, Receipt));
            await using var usual = new FakeServer(step);
            using var hosts = new Hosts { ["queue.fal.run"] = usual.Url, ["queue.falrun.com"] = backup.Url };
            using var fal = Client(hosts);

            await Assert.ThrowsAsync<SubmitException>(() => fal.SubmitAsync(Id, RawJson.Parse("{}"), cancellationToken: Token));

            Assert.Equal((1, 0), (usual.Requests.Length, backup.Requests.Length));
        }
    }

    [Fact]
    public async Task A_failure_of_tls_does_not_go_to_the_backup_because_somebody_is_there()
    {
        await using var backup = new FakeServer(Reply(200, Receipt));
        await using var other = new Listener(static async (socket, ct) => await socket.SendAsync("no TLS\r\n"u8.ToArray(), ct));
        using var hosts = new Hosts { ["queue.fal.run"] = new Uri($"https://127.0.0.1:{other.Url.Port}/"), ["queue.falrun.com"] = backup.Url };
        using var fal = Client(hosts, options => options.SubmitAttempts = 1);

        var exception = await Assert.ThrowsAsync<SubmitException>(() => fal.SubmitAsync(Id, RawJson.Parse("{}"), cancellationToken: Token));

        Assert.True(exception.WasNotAccepted);
        Assert.Empty(backup.Requests);
    }

    [Fact]
    public async Task Where_neither_is_reached_the_usual_host_is_reported_and_nothing_was_sent()
    {
        using var hosts = new Hosts();
        using var fal = Client(hosts);
        var retries = new List<SubmitRetry>();

        var exception = await Assert.ThrowsAsync<SubmitException>(
            () => fal.SubmitAsync(Id, RawJson.Parse("{}"), new FalSubmitOptions { OnRetry = retries.Add }, Token));

        Assert.Equal((true, 3), (exception.WasNotAccepted, exception.Attempts));
        Assert.Contains("No connection to https://queue.fal.run/fal-ai/some/model", exception.Message);
        Assert.Equal(["queue.falrun.com", null, "queue.falrun.com", null, "queue.falrun.com"], retries.Select(retry => retry.BackupHost));
        Assert.Equal([1, 1, 2, 2, 3], retries.Select(retry => retry.Attempt));
        Assert.Equal(["queue.fal.run", "queue.falrun.com"], hosts.Asked.Distinct());
        Assert.Equal(6, hosts.Asked.Count);
    }

    [Theory]
    [InlineData(true, true, "https://queue.falrun.com/fal-ai/some/model")]
    [InlineData(false, false, "The connection to https://queue.falrun.com/fal-ai/some/model broke")]
    public async Task A_failure_at_the_backup_says_why_the_usual_host_was_left(bool hasNoTls, bool wasNotAccepted, string atBackup)
    {
        await using var broken = new FakeServer(Reset);
        await using var other = new Listener(static async (socket, ct) => await socket.SendAsync("no TLS\r\n"u8.ToArray(), ct));
        using var hosts = new Hosts { ["queue.falrun.com"] = hasNoTls ? new Uri($"https://127.0.0.1:{other.Url.Port}/") : broken.Url };
        using var fal = Client(hosts, options => options.SubmitAttempts = 1);

        var exception = await Assert.ThrowsAsync<SubmitException>(() => fal.SubmitAsync(Id, RawJson.Parse("{}"), cancellationToken: Token));

        Assert.Equal(wasNotAccepted, exception.WasNotAccepted);
        Assert.Contains("No connection to https://queue.fal.run/fal-ai/some/model", exception.Message, StringComparison.Ordinal);
        Assert.Contains("Its backup failed, too: ", exception.Message, StringComparison.Ordinal);
        Assert.Contains(atBackup, exception.Message, StringComparison.Ordinal);
        var reason = Assert.IsType<TransportException>(exception.InnerException);
        Assert.Equal(hasNoTls ? TransportFailure.NotConnected : TransportFailure.Broken, reason.Failure);
        var first = Assert.IsType<TransportException>(reason.InnerException);
        Assert.StartsWith("No connection to https://queue.fal.run/", first.Message, StringComparison.Ordinal);
        Assert.IsType<HttpRequestException>(first.InnerException);
    }

    [Theory]
    [InlineData("http://queue.fal.run")]
    [InlineData("http://fal.run/x")]
    [InlineData("http://queue.falrun.com")]
    [InlineData("http://falrun.com:8080")]
    [InlineData("http://rest.fal.ai")]
    [InlineData("http://api.fal.ai./v1")]
    public void No_host_of_fal_gets_the_key_over_http_whatever_it_is_set_as(string address)
    {
        Action<FalClientOptions, Uri>[] setters =
        [
            static (options, url) => options.BaseUrl = url, static (options, url) => options.RunUrl = url, static (options, url) => options.RestUrl = url,
        ];
        foreach (var set in setters)
        {
            var options = new FalClientOptions { ApiKey = "test-key-id:test-key-secret", BaseUrl = null };
            set(options, new Uri(address));
            Assert.Contains("use https", Assert.Throws<ArgumentException>(() => new FalClient(options)).Message, StringComparison.Ordinal);
            set(options, new Uri(address.Replace("http:", "https:", StringComparison.Ordinal)));
            new FalClient(options).Dispose();
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("k-1")]
    public async Task A_callback_that_throws_on_the_way_to_a_backup_ends_the_submit_and_keeps_what_is_known(string? idempotencyKey)
    {
        var options = new FalClientOptions { ApiKey = "test-key-id:test-key-secret", BaseUrl = null };
        using var transport = new Transport(
            "test", options, new FalErrorReader(), new TrustedHosts("usual.invalid").WithBackup("usual.invalid", "backup.invalid"),
            new("Authorization", "Key k"));
        var request = new TransportRequest
        {
            Method = HttpMethod.Post,
            Uri = new Uri("https://usual.invalid/a"),
            Json = "{}"u8.ToArray(),
            IdempotencyKey = idempotencyKey,
            Submit = new SubmitOptions { IdempotencyKey = idempotencyKey, OnRetry = static _ => throw new InvalidOperationException("enough") },
        };

        var exception = await Assert.ThrowsAnyAsync<Exception>(() => transport.SubmitAsync(request, Id, Token));

        if (idempotencyKey is null)
        {
            // Nothing was sent, ever.
            Assert.Equal("enough", Assert.IsType<InvalidOperationException>(exception).Message);
            return;
        }
        var submit = Assert.IsType<SubmitException>(exception);
        Assert.Equal((false, 1, "k-1"), (submit.WasNotAccepted, submit.Attempts, submit.IdempotencyKey));
        Assert.Contains("OnRetry ended the submit: enough", submit.Message, StringComparison.Ordinal);
        Assert.IsType<InvalidOperationException>(submit.InnerException!.InnerException);
    }

    [Fact]
    public async Task A_caller_that_cancels_or_stops_is_not_sent_to_the_backup()
    {
        await using var backup = new FakeServer(Reply(200, Receipt));
        using var hosts = new Hosts { ["queue.fal.run"] = new Uri("http://slow.invalid/"), ["queue.falrun.com"] = backup.Url };
        using var fal = Client(hosts);
        using var source = new CancellationTokenSource();
        hosts.Connecting = source.Cancel;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fal.SubmitAsync(Id, RawJson.Parse("{}"), cancellationToken: source.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => fal.SubmitAsync(Id, RawJson.Parse("{}"), new FalSubmitOptions { Stopping = source.Token }, Token));

        Assert.Empty(backup.Requests);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_option_switches_backups_off_and_addresses_that_are_set_have_none(bool isOff)
    {
        await using var backup = new FakeServer(Reply(200, Receipt));
        using var hosts = new Hosts { ["falrun.com"] = backup.Url, ["queue.falrun.com"] = backup.Url };
        using var fal = Client(hosts, options =>
        {
            options.SubmitAttempts = 1;
            options.UseBackupHosts = !isOff;
            options.BaseUrl = isOff ? null : new Uri("https://queue.fal.run");
            options.RunUrl = isOff ? null : new Uri("https://fal.run");
        });

        await Assert.ThrowsAsync<SubmitException>(() => fal.SubmitAsync(Id, RawJson.Parse("{}"), cancellationToken: Token));
        await Assert.ThrowsAsync<SubmitException>(() => fal.RunDirectAsync(Id, RawJson.Parse("{}"), cancellationToken: Token));

        Assert.Empty(backup.Requests);
        Assert.Equal(["queue.fal.run", "fal.run"], hosts.Asked);
    }

    [Fact]
    public async Task Other_services_of_fal_have_no_backup()
    {
        using var hosts = new Hosts();
        using var fal = Client(hosts, options => options.SubmitAttempts = 1);

        await fal.Protocol.GetPriceAsync(Id, Token).ContinueWith(static price => Assert.NotNull(price.Exception), Token, default, TaskScheduler.Default);
        await Assert.ThrowsAsync<UploadException>(
            () => fal.Files.UploadAsync(UploadFile.FromBytes([1], "a.png"), new FalUploadOptions { Attempts = 1 }, Token));

        Assert.Equal(["api.fal.ai", "rest.fal.ai"], hosts.Asked.Distinct());
    }

    [Fact]
    public async Task A_client_whose_handlers_send_elsewhere_has_no_backup_unless_it_is_asked_for()
    {
        await using var backup = new FakeServer(Reply(200, Receipt));
        using var hosts = new Hosts { ["queue.fal.run"] = Nowhere(), ["queue.falrun.com"] = backup.Url };
        using var fal = Client(hosts, options => options.UseBackupHosts = null);

        var exception = await Assert.ThrowsAsync<SubmitException>(() => fal.SubmitAsync(Id, RawJson.Parse("{}"), cancellationToken: Token));

        Assert.True(exception.WasNotAccepted);
        Assert.Empty(backup.Requests);
    }

    [Fact]
    public async Task A_stop_that_the_callback_asks_for_sends_nothing_to_the_backup()
    {
        await using var backup = new FakeServer(Reply(200, Receipt));
        using var hosts = new Hosts { ["queue.fal.run"] = Nowhere(), ["queue.falrun.com"] = backup.Url };
        using var fal = Client(hosts);
        using var stop = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fal.SubmitAsync(
            Id, RawJson.Parse("{}"), new FalSubmitOptions { Stopping = stop.Token, OnRetry = _ => stop.Cancel() }, Token));

        Assert.Empty(backup.Requests);
    }

    [Fact]
    public async Task The_clients_own_connections_know_that_nobody_was_reached()
    {
        // The name is reserved, so that nobody can have it.
        var options = new FalClientOptions { ApiKey = "test-key-id:test-key-secret", BaseUrl = null, SubmitAttempts = 1 };
        using var transport = new Transport(
            "test", options, new FalErrorReader(), new TrustedHosts("usual.invalid").WithBackup("usual.invalid", "backup.invalid"),
            new("Authorization", "Key k"));
        var retries = new List<SubmitRetry>();
        var request = new TransportRequest
        {
            Method = HttpMethod.Post,
            Uri = new Uri("https://usual.invalid/a?b=c"),
            Json = "{}"u8.ToArray(),
            Submit = new SubmitOptions { OnRetry = retries.Add },
        };

        var exception = await Assert.ThrowsAsync<SubmitException>(() => transport.SubmitAsync(request, Id, Token));

        Assert.Equal("backup.invalid", Assert.Single(retries).BackupHost);
        Assert.Contains("https://usual.invalid/a", exception.Message);
        Assert.False(transport.IsTrusted(new Uri("https://backup.invalid/a")));
    }

    private static Uri AddressOf(Outage outage) => outage switch
    {
        Outage.Refused => Nowhere(),
        Outage.NoName => new Uri("http://nobody.invalid/"),
        _ => new Uri("http://slow.invalid/"),
    };

    private static FalClient Client(Hosts hosts, Action<FalClientOptions>? change = null)
    {
        var options = new FalClientOptions
        {
            ApiKey = "test-key-id:test-key-secret",
            BaseUrl = null,
            HttpClient = new HttpClient(hosts, disposeHandler: false),
            UseBackupHosts = true,
            TimeProvider = new FakeTime { FireAtOnce = TimeSpan.FromSeconds(5) },
        };
        change?.Invoke(options);
        return new FalClient(options);
    }

    private static IEnumerable<string> Lines(FakeServer server) => server.Requests.Select(request => request[..request.IndexOf('\r')]);

    /// <summary>Stands in for the name service and TLS: requests for a host go to the address that is set for it, or to one where nobody listens.</summary>
    private sealed class Hosts : DelegatingHandler
    {
        private readonly Dictionary<string, Uri> _addresses = [];
        private readonly Uri _nowhere = Nowhere();

        public Hosts() => InnerHandler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            ConnectTimeout = TimeSpan.FromSeconds(1),
            ConnectCallback = async (context, ct) =>
            {
                if (context.DnsEndPoint.Host == "slow.invalid")
                {
                    Connecting?.Invoke();
                    await Task.Delay(Timeout.Infinite, ct);
                }
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
                await socket.ConnectAsync(context.DnsEndPoint, ct);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };

        /// <summary>Called when a connection is tried that is never made.</summary>
        public Action? Connecting { get; set; }

        /// <summary>The hosts that requests were for.</summary>
        public List<string> Asked { get; } = [];

        public Uri this[string host]
        {
            set => _addresses[host] = value;
        }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var address = request.RequestUri!;
            Asked.Add(address.Host);
            request.Headers.Host = address.Host;
            request.RequestUri = new Uri(_addresses.GetValueOrDefault(address.Host, _nowhere), address.PathAndQuery);
            return base.SendAsync(request, cancellationToken);
        }
    }
}
