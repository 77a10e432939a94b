using System.Net;
using System.Security.Cryptography;
using System.Text;
using Zoetrope.Errors;
using Zoetrope.Fal;
using Zoetrope.Fal.Models;
using Zoetrope.Fal.Realtime;
using Zoetrope.Json;
using Zoetrope.Validation;

namespace Zoetrope.Simulator.Tests;

/// <summary>Realtime connections of the SDK's client to the simulator.</summary>
public sealed class FalRealtimeTests
{
    private const string Model = "fal-ai/kling-video/o3/pro/image-to-video";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static KlingVideoO3ProImageToVideo.Request Request => new() { ImageUrl = Clients.Picture, Prompt = "The character walks forward" };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Typed_requests_get_typed_results_and_the_end_is_no_error(bool usesToken)
    {
        await using var simulator = await Clients.StartBrieflyAsync();
        using var fal = simulator.Fal();
        simulator.AddFault(new() { Kind = FaultKind.Status, Operation = SimulatorOperation.Submit, StatusCode = 500 });
        await using var connection = await fal.ConnectRealtimeAsync(KlingVideoO3ProImageToVideo.Endpoint, new() { UseToken = usesToken }, Token);
        var results = new List<FalRealtimeResult<KlingVideoO3ProImageToVideo.Result>>();

        Assert.True(await connection.SendAsync(Request, Token));
        var request = Request;
        request.ExtraProperties["request_id"] = "r-2";
        Assert.True(await connection.SendAsync(request, Token));
        await foreach (var result in connection.ReadAllAsync(Token))
        {
            results.Add(result);
            if (results.Count == 2)
                await connection.CloseAsync();
        }

        Assert.Equal(2, results.Count);
        Assert.All(results, result => Assert.StartsWith(simulator.BaseUrl.ToString(), result.Value.Video.Url));
        Assert.Contains("\"request_id\":\"r-2\"", results[1].Raw.ToString());
        var opening = simulator.Requests.Single(sent => sent.Operation == SimulatorOperation.Realtime);
        Assert.Equal(!usesToken, opening.Headers.ContainsKey("Authorization"));
        Assert.Equal((usesToken ? 1 : 0, 0), (simulator.Requests.Count(sent => sent.Operation == SimulatorOperation.Token), simulator.Submits));
        await Assert.ThrowsAsync<InvalidOperationException>(() => connection.SendAsync(Request, Token));
    }

    [Fact]
    public async Task An_error_of_the_app_is_thrown_and_the_connection_goes_on()
    {
        await using var simulator = await Clients.StartBrieflyAsync();
        using var fal = simulator.Fal();
        await using var connection = await fal.ConnectRealtimeAsync(Model, cancellationToken: Token);

        await connection.SendAsync(RawJson.Parse("""{"prompt":5}"""), Token);
        var exception = await Assert.ThrowsAsync<ServiceException>(() => FirstAsync(connection));
        await connection.SendAsync(RawJson.From(Request), Token);

        Assert.Equal("INTERNAL_ERROR", exception.Error.Type);
        Assert.Contains("prompt", exception.Error.Message);
        Assert.NotNull(await FirstAsync(connection));
    }

    [Fact]
    public async Task A_request_whose_sending_was_canceled_is_not_sent_again_and_the_next_one_gets_a_new_connection()
    {
        await using var simulator = await Clients.StartBrieflyAsync();
        using var fal = simulator.Fal();
        await using var connection = await fal.ConnectRealtimeAsync(Model, cancellationToken: Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connection.SendAsync(RawJson.From(Request), new CancellationToken(canceled: true)));
        await connection.SendAsync(RawJson.From(Request), Token);

        Assert.NotNull(await FirstAsync(connection));
    }

    [Fact]
    public async Task A_result_of_another_type_and_requests_that_cannot_be_sent_say_what_is_wrong()
    {
        await using var simulator = await Clients.StartBrieflyAsync();
        using var fal = simulator.Fal();
        await using var connection = await fal.ConnectRealtimeAsync<FalWorkflowEvent>(Model, new() { BinaryMembers = new HashSet<string> { "prompt" } }, Token);

        foreach (var request in new[] { """{"prompt":"not base64!"}""", """{"image_url":"\ud800"}""" })
            await Assert.ThrowsAsync<ArgumentException>(() => connection.SendAsync(RawJson.Parse(request), Token));
        Assert.DoesNotContain(simulator.Requests, sent => sent.Operation == SimulatorOperation.Submit);
    }

    [Theory]
    [InlineData("bad-key", Model, 401)]
    [InlineData("a:b", "fal-ai/unknown", 404)]
    public async Task A_connection_that_is_refused_says_why(string key, string model, int status)
    {
        await using var simulator = await Clients.StartBrieflyAsync();
        using var fal = simulator.Fal(key);

        var exception = await Assert.ThrowsAsync<ServiceException>(() => fal.ConnectRealtimeAsync(model, cancellationToken: Token));

        Assert.Equal(status, (int)exception.StatusCode);
        Assert.DoesNotContain("token", exception.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Each_connection_has_a_fresh_token_and_a_broken_one_is_opened_again_by_the_next_request()
    {
        await using var simulator = await Clients.StartBrieflyAsync();
        using var fal = simulator.Fal();
        await using var connection = await fal.ConnectRealtimeAsync(Model, new() { UseToken = true }, Token);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);

        stop.CancelAfter(100);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => FirstAsync(connection, stop.Token));
        await connection.SendAsync(RawJson.From(Request), Token);
        Assert.NotNull(await FirstAsync(connection));

        var tokens = simulator.Requests.Where(sent => sent.Operation == SimulatorOperation.Realtime).Select(sent => sent.Query).ToArray();
        Assert.Equal(2, tokens.Distinct().Count());
        Assert.All(tokens, query => Assert.Contains("fal_jwt_token=", query));
    }

    [Fact]
    public async Task A_client_that_is_disposed_ends_its_connections()
    {
        await using var simulator = await Clients.StartBrieflyAsync();
        var fal = simulator.Fal();
        await using var connection = await fal.ConnectRealtimeAsync(Model, cancellationToken: Token);
        var reading = FirstAsync(connection);

        fal.Dispose();

        Assert.Contains("broke off: the client was disposed", (await Assert.ThrowsAsync<TransportException>(() => reading)).Message);
        var refused = await Assert.ThrowsAsync<TransportException>(() => connection.SendAsync(RawJson.From(Request), Token));
        Assert.Equal(TransportFailure.Refused, refused.Failure);
    }

    [Fact]
    public async Task The_older_tokens_are_used_where_the_newer_ones_are_not_found()
    {
        await using var simulator = await Clients.StartBrieflyAsync();
        using var fal = simulator.Fal();
        simulator.AddFault(new() { Kind = FaultKind.Status, Operation = SimulatorOperation.Token, StatusCode = 404 });

        await using var connection = await fal.ConnectRealtimeAsync(Model, new() { UseToken = true }, Token);

        Assert.Equal(["/tokens/realtime", "/tokens/", $"/run/{Model}/realtime"], simulator.Requests.Select(sent => sent.Path));
        Assert.Equal("""{"allowed_apps":["kling-video"],"token_expiration":120}""", simulator.Requests[1].Body);
    }

    [Fact]
    public async Task Throttling_is_off_by_default_and_drops_all_but_the_latest_when_on()
    {
        await using var simulator = await Clients.StartBrieflyAsync();
        using var fal = simulator.Fal();
        await using var all = await fal.ConnectRealtimeAsync(Model, cancellationToken: Token);
        await using var some = await fal.ConnectRealtimeAsync(Model, new() { ThrottleInterval = TimeSpan.FromMilliseconds(700) }, Token);

        for (var i = 0; i < 5; i++)
            Assert.True(await all.SendAsync(RawJson.From(Request), Token));
        Assert.True(await some.SendAsync(RawJson.From(Request), Token));
        var sent = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => some.SendAsync(RawJson.From(Request), Token)));

        Assert.Equal(1, sent.Count(isSent => isSent));
    }

    [Theory]
    [InlineData("not an id", null)]
    [InlineData(Model, 61)]
    public async Task Invalid_options_are_refused(string model, int? buffering)
    {
        using var fal = new FalClient(new FalClientOptions { ApiKey = "a:b", BaseUrl = FakeServer.Nowhere() });

        await Assert.ThrowsAsync<ArgumentException>(() => fal.ConnectRealtimeAsync(model, new() { MaxBuffering = buffering }, Token));
        await Assert.ThrowsAsync<ArgumentException>(() => fal.ConnectRealtimeAsync(Model, new() { Path = "../x" }, Token));
        var nobody = await Assert.ThrowsAsync<TransportException>(() => fal.ConnectRealtimeAsync(Model, cancellationToken: Token));
        Assert.Equal(TransportFailure.NotConnected, nobody.Failure);
    }

    [Theory]
    [InlineData("{\"type\":\"x-fal-error\",\"error\":\"TIMEOUT\",\"reason\":\"no inputs\"}")]
    [InlineData(null)]
    public async Task A_connection_that_ended_while_nobody_read_is_not_used_again(string? control)
    {
        byte[] frame = control is null ? [0x88, 2, 0x03, 0xE8] : [0x81, (byte)control.Length, .. Encoding.UTF8.GetBytes(control)];
        await using var server = new FakeServer(exchange => AcceptAsync(exchange, frame), exchange => AcceptAsync(exchange, []));
        using var fal = new FalClient(new FalClientOptions { BaseUrl = server.Url, ApiKey = "any" });
        await using var connection = await fal.ConnectRealtimeAsync("fal-ai/some", cancellationToken: Token);
        await Task.Delay(1000, Token);

        Assert.True(await connection.SendAsync(RawJson.Parse("{}"), Token));

        Assert.Equal(2, server.Requests.Length);
    }

    [Fact]
    public async Task Disposing_ends_the_results_and_what_waits_to_be_sent()
    {
        await using var server = new FakeServer(exchange => AcceptAsync(exchange, []));
        using var fal = new FalClient(new FalClientOptions { BaseUrl = server.Url, ApiKey = "any" });
        var connection = await fal.ConnectRealtimeAsync("fal-ai/some", new() { ThrottleInterval = TimeSpan.FromSeconds(30) }, Token);
        await connection.SendAsync(RawJson.Parse("{}"), Token);

        var reading = FirstAsync(connection);
        var waiting = connection.SendAsync(RawJson.Parse("{}"), Token);
        await connection.DisposeAsync();

        Assert.Null(await reading);
        await Assert.ThrowsAsync<InvalidOperationException>(() => waiting);
        await Assert.ThrowsAsync<InvalidOperationException>(() => connection.SendAsync(RawJson.Parse("{}"), Token));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await using var elsewhere = new FakeServer(exchange => AcceptAsync(exchange, []));
        await using var server = new FakeServer(FakeServer.Reply(302, "", $"Location: {elsewhere.Url}"));
        using var fal = new FalClient(new FalClientOptions { BaseUrl = server.Url, ApiKey = "any" });

        var exception = await Assert.ThrowsAsync<TransportException>(() => fal.ConnectRealtimeAsync("fal-ai/some", cancellationToken: Token));

        Assert.Equal((TransportFailure.Redirected, 0), (exception.Failure, elsewhere.Requests.Length));
    }

    [Fact]
    public async Task A_refused_handshake_carries_the_response()
    {
        await using var server = new FakeServer(FakeServer.Reply(
            403, """{"detail":"this app is private"}""", "x-fal-request-id: x-7", "X-Fal-Served-From: eu-1"));
        using var fal = new FalClient(new FalClientOptions { BaseUrl = server.Url, ApiKey = "any-key-id:any-key-secret" });

        var exception = await Assert.ThrowsAsync<ServiceException>(() => fal.ConnectRealtimeAsync("fal-ai/some", cancellationToken: Token));

        Assert.Equal((HttpStatusCode.Forbidden, "this app is private", "x-7"), (exception.StatusCode, exception.Error.Message, exception.Error.RequestId));
        Assert.Equal("eu-1", exception.Header("X-Fal-Served-From"));
        Assert.Contains("\r\nAuthorization: Key any-key-id:any-key-secret\r\n", server.Requests[0]);
        Assert.Matches(@"\r\nUser-Agent: zoetrope-dotnet/\d", server.Requests[0]);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")]
    [InlineData("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: wrong\r\n\r\n")]
    public async Task A_response_that_opens_no_socket_is_malformed(string response)
    {
        await using var server = new FakeServer(FakeServer.Raw(response));
        using var fal = new FalClient(new FalClientOptions { BaseUrl = server.Url, ApiKey = "any" });

        var exception = await Assert.ThrowsAsync<TransportException>(() => fal.ConnectRealtimeAsync("fal-ai/some", cancellationToken: Token));

        Assert.Equal(TransportFailure.Malformed, exception.Failure);
    }

    [Fact]
    public async Task A_connection_that_nobody_takes_or_that_takes_too_long_says_so()
    {
        using var nowhere = new FalClient(new FalClientOptions { BaseUrl = FakeServer.Nowhere(), ApiKey = "any" });
        await using var server = new FakeServer(FakeServer.Hang);
        using var fal = new FalClient(new FalClientOptions { BaseUrl = server.Url, ApiKey = "any" });
        using var source = new CancellationTokenSource(TimeSpan.FromSeconds(1));

        var refused = await Assert.ThrowsAsync<TransportException>(() => nowhere.ConnectRealtimeAsync("fal-ai/some", cancellationToken: Token));
        var late = await Assert.ThrowsAsync<TransportException>(
            () => fal.ConnectRealtimeAsync("fal-ai/some", new() { ConnectTimeout = TimeSpan.FromSeconds(1) }, Token));
        var canceled = await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => fal.ConnectRealtimeAsync("fal-ai/some", cancellationToken: source.Token));

        Assert.Equal((TransportFailure.NotConnected, TransportFailure.TimedOut), (refused.Failure, late.Failure));
        Assert.Equal(source.Token, canceled.CancellationToken);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_users_client_opens_the_connection_unless_it_follows_redirects(bool follows)
    {
        await using var server = new FakeServer(exchange => AcceptAsync(exchange, []));
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = follows });
        http.DefaultRequestHeaders.Add("X-Mine", "yes");
        using var fal = new FalClient(new FalClientOptions { BaseUrl = server.Url, ApiKey = "any", HttpClient = http });

        await using var connection = await fal.ConnectRealtimeAsync("fal-ai/some", cancellationToken: Token);

        Assert.Equal(!follows, Assert.Single(server.Requests).Contains("\r\nX-Mine: yes\r\n"));
    }

    [Fact]
    public async Task A_redirect_that_a_users_client_follows_all_the_same_is_a_failure()
    {
        await using var elsewhere = new FakeServer(exchange => AcceptAsync(exchange, []));
        await using var server = new FakeServer(FakeServer.Reply(302, "", $"Location: {elsewhere.Url}"));
        // What follows the redirect is not seen.
        using var http = new HttpClient(new Hidden());
        using var fal = new FalClient(new FalClientOptions { BaseUrl = server.Url, ApiKey = "any-key-id:any-key-secret", HttpClient = http });

        var exception = await Assert.ThrowsAsync<TransportException>(() => fal.ConnectRealtimeAsync("fal-ai/some", cancellationToken: Token));

        Assert.Equal(TransportFailure.Redirected, exception.Failure);
        Assert.DoesNotContain("any-key", Assert.Single(elsewhere.Requests));
    }

    [Fact]
    public async Task Each_part_of_a_message_renews_the_idle_time()
    {
        const int Parts = 7;
        await using var server = new FakeServer(async exchange =>
        {
            await AcceptAsync(exchange, [0x01, 0x01, (byte)'['], stays: false);
            for (var i = 1; i <= Parts; i++)
            {
                await Task.Delay(TimeSpan.FromSeconds(0.5), Token);
                await exchange.WriteAsync([0x00, 0x01, (byte)' ']);
            }
            await exchange.WriteAsync([0x80, 0x01, (byte)']']);
            await exchange.HangAsync();
        });
        using var fal = new FalClient(new FalClientOptions { BaseUrl = server.Url, ApiKey = "any" });
        await using var connection = await fal.ConnectRealtimeAsync("fal-ai/some", new() { IdleTimeout = TimeSpan.FromSeconds(2.5) }, Token);

        await using var results = connection.ReadAllAsync(Token).GetAsyncEnumerator(Token);

        Assert.True(await results.MoveNextAsync());
        Assert.Equal("[]", results.Current.Raw.ToString());
        Assert.Equal(TransportFailure.TimedOut, (await Assert.ThrowsAsync<TransportException>(async () => await results.MoveNextAsync())).Failure);
    }

    [Fact]
    public async Task A_request_of_a_model_is_validated_and_another_providers_model_is_refused()
    {
        await using var server = new FakeServer(exchange => AcceptAsync(exchange, []));
        using var fal = new FalClient(new FalClientOptions { BaseUrl = server.Url, ApiKey = "any" });
        await using var connection = await fal.ConnectRealtimeAsync("fal-ai/some", cancellationToken: Token);

        await Assert.ThrowsAsync<RequestValidationException>(
            () => connection.SendAsync(new KlingVideoO3ProImageToVideo.Request { ImageUrl = "not a URL", Prompt = "" }, Token));
        await Assert.ThrowsAsync<ArgumentException>(
            () => fal.ConnectRealtimeAsync(Zoetrope.Eachlabs.Models.KlingO3ProImageToVideo.Endpoint, cancellationToken: Token));
    }

    // The handshake, then what the server sends.
    private static async Task AcceptAsync(FakeServer.Exchange exchange, byte[] frames, bool stays = true)
    {
        const string Name = "Sec-WebSocket-Key: ";
        var start = exchange.Request.IndexOf(Name, StringComparison.OrdinalIgnoreCase) + Name.Length;
        var key = exchange.Request[start..exchange.Request.IndexOf('\r', start)] + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
        await exchange.WriteAsync(
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
                + Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key))) + "\r\n\r\n");
        await exchange.WriteAsync(frames);
        if (stays)
            await exchange.HangAsync();
    }

    private static async Task<RawJson?> FirstAsync(FalRealtimeConnection<RawJson> connection, CancellationToken? token = null)
    {
        await foreach (var result in connection.ReadAllAsync(token ?? Token))
            return result.Value;
        return null;
    }

    /// <summary>A handler that does not show which handler it has.</summary>
    private sealed class Hidden : HttpMessageHandler
    {
        private readonly HttpMessageInvoker _inner = new(new SocketsHttpHandler());

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            _inner.SendAsync(request, cancellationToken);

        protected override void Dispose(bool disposing)
        {
            _inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
