using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Zoetrope.Errors;
using Zoetrope.Extensions.Hosting;
using Zoetrope.Fal;
using Zoetrope.Jobs;
using Zoetrope.Json;
using static Zoetrope.TestKit.FakeServer;

namespace Zoetrope.Hosting.Tests;

/// <summary>What users do with the HTTP client works, and redirects stay off.</summary>
public sealed class HandlerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Handlers_headers_and_proxies_of_the_user_are_used()
    {
        await using var proxy = new FakeServer(Reply(404, "{}"));
        await using var services = new TestServices(TestServices.At(new Uri("http://fal.test/")), services =>
        {
            services.AddTransient<Stamping>();
            services.AddFal()
                .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, Proxy = new WebProxy(proxy.Url) })
                .AddHttpMessageHandler<Stamping>()
                .ConfigureHttpClient(client => client.DefaultRequestHeaders.Add("X-Client", "users"));
        });

        await TestServices.AskAsync(services.Get<FalClient>());

        var request = Assert.Single(proxy.Requests);
        Assert.StartsWith("GET http://fal.test/", request);
        Assert.Contains("\r\nX-Stamp: 1\r\n", request);
        Assert.Contains("\r\nX-Client: users\r\n", request);
    }

    [Fact]
    public async Task The_defaults_of_all_HTTP_clients_are_used()
    {
        await using var proxy = new FakeServer(Reply(404, "{}"));
        await using var services = new TestServices(TestServices.At(new Uri("http://fal.test/")), services =>
        {
            services.AddFal();
            services.ConfigureHttpClientDefaults(static http => http.AddHttpMessageHandler(static () => new Stamping()));
            services.ConfigureHttpClientDefaults(
                http => http.ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, Proxy = new WebProxy(proxy.Url) }));
        });

        await TestServices.AskAsync(services.Get<FalClient>());

        Assert.Contains("\r\nX-Stamp: 1\r\n", Assert.Single(proxy.Requests));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_primary_handler_that_follows_redirects_is_refused(bool isOld)
    {
        await using var services = new TestServices(TestServices.At(Nowhere()), services => services.AddFal().ConfigurePrimaryHttpMessageHandler(
            () => new Stamping { InnerHandler = isOld ? new HttpClientHandler() : new SocketsHttpHandler() }));

        var exception = Assert.Throws<InvalidOperationException>(() => services.Get<FalClient>());

        Assert.Contains("'Zoetrope:Fal'", exception.Message);
        Assert.Contains("AllowAutoRedirect = false", exception.Message);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_redirect_is_not_followed(bool hasHandler)
    {
        await using var server = new FakeServer(Reply(307, "", "Location: /elsewhere"));
        await using var services = new TestServices(TestServices.At(server.Url), services =>
        {
            var fal = services.AddFal();
            if (hasHandler)
                fal.AddHttpMessageHandler(static () => new Stamping());
        });

        var exception = await Assert.ThrowsAsync<SubmitException>(
            () => services.Get<FalClient>().SubmitAsync("some/model", RawJson.Parse("{}"), null, Token));

        Assert.Equal(TransportFailure.Redirected, Assert.IsType<TransportException>(exception.InnerException).Failure);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task What_a_host_waits_for_ends_with_it()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = new FakeServer(Reply(200, """{"request_id":"job-1"}"""), async exchange =>
        {
            asked.TrySetResult();
            await exchange.ReplyAsync(200, """{"status":"IN_PROGRESS","request_id":"job-1"}""");
        });
        await using var services = new TestServices(TestServices.At(server.Url), services => services.AddFal());
        var fal = services.Get<FalClient>();
        var job = await fal.SubmitAsync("some/model", RawJson.Parse("{}"), null, Token);
        var waiting = job.WaitAsync(new() { PollInterval = TimeSpan.FromMilliseconds(5) }, Token);
        await asked.Task;

        await services.DisposeAsync();

        Assert.Equal(job.Handle, (await Assert.ThrowsAsync<JobWatchException>(() => waiting)).Handle);
        var submit = await Assert.ThrowsAsync<SubmitException>(() => fal.SubmitAsync("some/model", RawJson.Parse("{}"), null, Token));
        Assert.True(submit.WasNotAccepted);
        Assert.Single(server.Requests, static request => request.StartsWith("POST", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_wait_outlives_its_handlers()
    {
        var chains = 0;
        await using var server = new FakeServer(Reply(200, """{"request_id":"job-1"}"""), exchange => exchange.ReplyAsync(
            200,
            exchange.Request.Contains("/status", StringComparison.Ordinal)
                ? $$"""{"status":"{{(Volatile.Read(ref chains) < 3 ? "IN_PROGRESS" : "COMPLETED")}}","request_id":"job-1"}"""
                : """{"done":true}"""));
        await using var services = new TestServices(TestServices.At(server.Url), services => services.AddFal()
            .ConfigurePrimaryHttpMessageHandler(() =>
            {
                Interlocked.Increment(ref chains);
                return new SocketsHttpHandler { AllowAutoRedirect = false };
            })
            // The shortest that there is.
            .SetHandlerLifetime(TimeSpan.FromSeconds(1)));
        var failures = new List<PollFailure>();

        var job = await services.Get<FalClient>().SubmitAsync("some/model", RawJson.Parse("{}"), null, Token);
        var result = await job.WaitAsync(new() { PollInterval = TimeSpan.FromMilliseconds(20), OnPollFailure = failures.Add }, Token);

        Assert.Equal("""{"done":true}""", result.Raw.ToString());
        Assert.Empty(failures);
        Assert.True(chains >= 3);
    }

    [Fact]
    public async Task Without_handlers_of_the_user_each_submit_has_a_connection_of_its_own()
    {
        var connections = new List<string>();
        await using var listener = new Listener(async (socket, stop) =>
        {
            var connection = new Connection(socket, stop);
            var heads = "";
            int index;
            lock (connections)
            {
                index = connections.Count;
                connections.Add("");
            }
            while (await connection.ReadHeadAsync() is { } head)
            {
                await connection.ReadBodyAsync(head);
                heads += head[..head.IndexOf(' ', StringComparison.Ordinal)] + " ";
                lock (connections)
                    connections[index] = heads;
                await connection.SendAsync(CannedResponse.OfJson("""{"request_id":"job-1","status":"IN_PROGRESS"}"""), null);
            }
        });
        await using var services = new TestServices(TestServices.At(listener.Url), services => services.AddFal());
        var fal = services.Get<FalClient>();

        for (var i = 0; i < 2; i++)
        {
            var job = await fal.SubmitAsync("some/model", RawJson.Parse("{}"), null, Token);
            await job.GetStatusAsync(cancellationToken: Token);
            await job.GetStatusAsync(cancellationToken: Token);
        }

        Assert.Equal(["GET GET GET GET ", "POST ", "POST "], connections.Order());
    }

    [Fact]
    public async Task Backup_hosts_are_used_unless_the_connections_are_the_users()
    {
        FalClientOptions? plain = null, handled = null, own = null;
        await using var services = new TestServices(
            new() { ["Zoetrope:Fal:ApiKey"] = TestServices.Key, ["Zoetrope:Fal:handled:ApiKey"] = "other-key-1", ["Zoetrope:Fal:own:ApiKey"] = "other-key-2" },
            services =>
            {
                services.AddFal(options => plain = options);
                services.AddFal("handled", options => handled = options).AddHttpMessageHandler(static () => new Stamping());
                services.AddFal("own", options => own = options)
                    .ConfigurePrimaryHttpMessageHandler(static () => new SocketsHttpHandler { AllowAutoRedirect = false });
            });

        services.Get<FalClient>();
        services.Get<FalClient>("handled");
        services.Get<FalClient>("own");

        Assert.Equal((true, true, null), (plain!.UseBackupHosts, handled!.UseBackupHosts, own!.UseBackupHosts));
    }

    [Fact]
    public async Task A_host_does_not_start_with_a_handler_that_follows_redirects()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration["Zoetrope:Fal:ApiKey"] = TestServices.Key;
        builder.Services.AddFal().ConfigurePrimaryHttpMessageHandler(static () => new HttpClientHandler());
        using var host = builder.Build();

        await Assert.ThrowsAsync<InvalidOperationException>(() => host.StartAsync(Token));
    }

    /// <summary>The connections of this package do not check the addresses that names resolve to, which files need.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Files_have_connections_that_check_addresses_unless_the_primary_handler_is_the_users(bool isUsers)
    {
        await using var server = new FakeServer(
            Reply(200, "abc"),
            exchange => exchange.ReplyAsync(200, $$"""{"upload_url":"{{At(exchange)}}stored","file_url":"{{At(exchange)}}stored"}"""), Reply(200, ""));
        await using var services = new TestServices(TestServices.At(server.Url), services =>
        {
            var fal = services.AddFal();
            fal.AddHttpMessageHandler(static () => new Stamping());
            if (isUsers)
                fal.ConfigurePrimaryHttpMessageHandler(static () => new SocketsHttpHandler { AllowAutoRedirect = false });
        });
        var client = services.Get<FalClient>();

        await client.DownloadAsync(new Media.MediaFile { Url = $"{server.Url}a.bin" }, new MemoryStream(), Token);
        await client.Files.UploadAsync(Uploads.UploadFile.FromBytes([1, 2, 3], "a.png"), new FalUploadOptions { Attempts = 1, Fallback = false }, Token);

        Assert.Equal(
            [isUsers, true, isUsers], server.Requests.Select(static request => request.Contains("\r\nX-Stamp: 1\r\n", StringComparison.Ordinal)));

        static string At(Exchange exchange) => $"http://{Connection.HeaderOf(exchange.Request, "Host")}/";
    }

    /// <summary>As many streams of statuses as there are connections would leave none for polls and cancels.</summary>
    [Fact]
    public async Task A_stream_of_statuses_has_a_connection_of_its_own()
    {
        var isComplete = false;
        var connections = new List<string>();
        await using var listener = new Listener(async (socket, stop) =>
        {
            var connection = new Connection(socket, stop);
            int index;
            lock (connections)
            {
                index = connections.Count;
                connections.Add("");
            }
            while (await connection.ReadHeadAsync() is { } head)
            {
                await connection.ReadBodyAsync(head);
                var isStream = head.Contains("/stream", StringComparison.Ordinal);
                if (isStream)
                    Volatile.Write(ref isComplete, true);
                lock (connections)
                    connections[index] += isStream ? "stream " : "poll ";
                var status = $$"""{"request_id":"job-1","status":"{{(Volatile.Read(ref isComplete) ? "COMPLETED" : "IN_PROGRESS")}}"}""";
                var text = isStream ? $"data: {status}\n\n" : status;
                var type = isStream ? "text/event-stream" : "application/json";
                await connection.WriteAsync(System.Text.Encoding.UTF8.GetBytes(
                    $"HTTP/1.1 200 OK\r\nContent-Type: {type}\r\nContent-Length: {text.Length}\r\n\r\n{text}"));
            }
        });
        await using var services = new TestServices(TestServices.At(listener.Url), services => services.AddFal());
        var fal = services.Get<FalClient>();
        var job = fal.Resume(new JobHandle("fal", "some/model", "job-1"));

        await job.GetStatusAsync(cancellationToken: Token);
        var seen = new List<JobState>();
        await foreach (var status in job.WatchAsync(new() { StatusFeed = fal.StatusFeed }, Token))
            seen.Add(status.State);
        await job.GetStatusAsync(cancellationToken: Token);

        Assert.Equal([JobState.Completed], seen);
        // Whatever else is asked for meanwhile.
        Assert.StartsWith("poll poll ", Assert.Single(connections, static requests => requests != "stream "));
        Assert.Equal(2, connections.Count);
    }

    /// <summary>The connections of this package do not report each write that failed, and each message of a WebSocket counts.</summary>
    [Fact]
    public async Task A_WebSocket_has_a_connection_of_its_own()
    {
        await using var server = new FakeServer(Reply(404, "{}"));
        await using var services = new TestServices(
            TestServices.At(server.Url), services => services.AddFal().AddHttpMessageHandler(static () => new Stamping()));

        await Assert.ThrowsAnyAsync<ZoetropeException>(() => services.Get<FalClient>().ConnectRealtimeAsync("some/model", cancellationToken: Token));

        var handshake = Assert.Single(server.Requests);
        Assert.Contains("Upgrade: websocket", handshake);
        Assert.DoesNotContain("X-Stamp", handshake);
    }

    private sealed class Stamping : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Headers.Add("X-Stamp", "1");
            return base.SendAsync(request, cancellationToken);
        }
    }
}
