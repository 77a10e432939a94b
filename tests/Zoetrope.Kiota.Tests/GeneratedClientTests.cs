using System.Net;
using System.Text.Json;
using Microsoft.Kiota.Abstractions;
using Microsoft.Kiota.Http.HttpClientLibrary;
using Microsoft.Kiota.Http.HttpClientLibrary.Middleware.Options;
using Peers.Kiota.Kling;
using Peers.Kiota.Kling.Models;
using Peers.Kiota.Studio;
using Peers.Kiota.Studio.Models;
using Zoetrope.Errors;
using Zoetrope.Http;
using Zoetrope.Operations;
using Zoetrope.Simulator;
using static Zoetrope.TestKit.FakeServer;

namespace Zoetrope.Kiota.Tests;

/// <summary>Clients that Kiota's tool generates run over our transport: its trust, its redaction, its limits and its rules about sending again.</summary>
public sealed class GeneratedClientTests
{
    private const string Key = "key-0123456789-abcdef";

    private static readonly ApiDefinition _studio = new("Studio")
    {
        Server = "https://api.studio.example/v1",
        ApiKeyLocation = ApiKeyLocation.Bearer,
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>A whole job: submit, status and result, at the simulator, which validates the request.</summary>
    [Fact]
    public async Task A_generated_client_runs_a_job()
    {
        await using var simulator = await MediaSimulator.StartAsync(new() { SpecsFolder = Repository.PathOf("specs") }, Token);
        using var adapter = new ZoetropeRequestAdapter(
            new("fal") { Server = "https://queue.fal.run", ApiKeyLocation = ApiKeyLocation.Header("Authorization", "Key ") },
            new() { ApiKey = Key, BaseUrl = simulator.BaseUrl });
        var model = new KlingClient(adapter).FalAi.KlingVideo.O3.Pro.ImageToVideo;

        var job = await model.PostAsync(
            new() { Prompt = new() { String = "The character walks forward" }, ImageUrl = "https://example.com/a.png" }, cancellationToken: Token);
        // The document has other paths than the service, which names the right ones.
        var requests = model.Requests[job!.RequestId!];
        while ((await requests.Status.WithUrl(job.StatusUrl!).GetAsync(cancellationToken: Token))!.Status != QueueStatus_status.COMPLETED)
            await Task.Delay(20, Token);
        var result = await requests.WithUrl(job.ResponseUrl!).GetAsync(cancellationToken: Token);

        Assert.NotNull(result!.Video!.Url);
        Assert.Equal(1, simulator.Submits);
        Assert.All(simulator.Requests, static request => Assert.True(request.Headers.ContainsKey("Authorization")));
    }

    [Fact]
    public async Task The_key_the_query_and_the_body_are_sent_as_the_document_says()
    {
        await using var server = new FakeServer(Reply(200, """{"clips":[{"id":"c1"}]}"""), Reply(201, """{"id":"c2"}"""), Reply(204, ""));
        using var adapter = At(server);
        var studio = new StudioClient(adapter);

        var page = await studio.Clips.GetAsync(
            request =>
            {
                request.QueryParameters.Limit = 5;
                request.QueryParameters.Filter = "title eq 'a b'";
                request.Headers.Add("X-Trace", "t1");
            },
            Token);
        var made = await studio.Clips.PostAsync(new() { Title = "First" }, cancellationToken: Token);
        await studio.Clips["c 2"].DeleteAsync(cancellationToken: Token);

        Assert.Equal("c1", Assert.Single(page!.Clips!).Id);
        Assert.Equal("c2", made!.Id);
        Assert.StartsWith("GET /clips?", server.Requests[0]);
        Assert.Contains("limit=5", server.Requests[0]);
        // Kiota decodes the names of parameters in a handler of its own.
        Assert.Contains("$filter=title%20eq%20%27a%20b%27", server.Requests[0]);
        Assert.Contains("\r\nX-Trace: t1\r\n", server.Requests[0]);
        Assert.Contains("kiota-dotnet/", server.Requests[0]);
        Assert.StartsWith("POST /clips HTTP", server.Requests[1]);
        Assert.EndsWith("""{"title":"First"}""", server.Requests[1]);
        Assert.StartsWith("DELETE /clips/c%202 HTTP", server.Requests[2]);
        Assert.All(server.Requests, static request => Assert.Contains($"\r\nAuthorization: Bearer {Key}\r\n", request));
    }

    /// <summary>Only a definite rejection is sent again, after the time that the service asks for.</summary>
    [Theory]
    [InlineData("429", 2)]
    [InlineData("503", 1)]
    [InlineData("504", 1)]
    [InlineData("close", 1)]
    [InlineData("reset", 1)]
    public async Task A_submit_is_repeated_only_after_a_definite_rejection(string first, int sent)
    {
        await using var server = new FakeServer(First(first), Reply(201, """{"id":"c1"}"""));
        using var adapter = At(server);

        var exception = await Record.ExceptionAsync(() => MakeAsync(adapter));

        Assert.Equal(sent, server.Requests.Length);
        Assert.Equal(sent == 1, exception is not null);
        Assert.Equal(0, server.StrayBytes);
        if (int.TryParse(first, out var status) && sent == 1)
            Assert.Equal(status, Assert.IsType<ApiException>(exception).ResponseStatusCode);
        else if (sent == 1)
            Assert.Equal(TransportFailure.Broken, Assert.IsType<TransportException>(exception).Failure);
    }

    /// <summary>Neither options of the pipeline nor those of a call bring back what the transport decides.</summary>
    [Fact]
    public async Task Kiotas_own_retries_and_redirects_stay_off()
    {
        await using var elsewhere = new FakeServer(Reply(200, "{}"));
        await using var server = new FakeServer(Reply(503, "{}"), Reply(307, "", $"Location: {elsewhere.Url}"), Reply(200, "{}"));
        var retries = new RetryHandlerOption { Delay = 1, ShouldRetry = static (_, _, _) => true };
        var redirects = new RedirectHandlerOption { ShouldRedirect = static _ => true };
        using var adapter = At(server, handlers: KiotaClientFactory.CreateDefaultHandlers([retries, redirects]));
        var studio = new StudioClient(adapter);

        await Assert.ThrowsAsync<Problem>(() => studio.Clips.GetAsync(request => request.Options.Add(retries), Token));
        var exception = await Assert.ThrowsAsync<TransportException>(() => studio.Clips.GetAsync(request => request.Options.Add(redirects), Token));

        Assert.Equal(TransportFailure.Redirected, exception.Failure);
        Assert.Equal(2, server.Requests.Length);
        Assert.Empty(elsewhere.Requests);
    }

    /// <summary>A handler of the user's own that does not know the rules is stopped before a byte of the second request, whatever it sends again.</summary>
    [Theory]
    [InlineData(Resent.Same)]
    [InlineData(Resent.Copy)]
    [InlineData(Resent.CopyWithoutOptions)]
    public async Task A_handler_that_sends_a_submit_again_is_stopped(Resent what)
    {
        await using var server = new FakeServer(Reply(503, """{"detail":"try later"}"""), Reply(201, """{"id":"c1"}"""));
        using var adapter = At(server, handlers: [new Twice { Sends = what }]);

        var exception = await Assert.ThrowsAsync<TransportException>(() => MakeAsync(adapter));

        Assert.Single(server.Requests);
        Assert.Equal(TransportFailure.Repeated, exception.Failure);
        // What the first brought is not hidden.
        Assert.Equal(503, (int)Assert.IsType<ServiceException>(exception.InnerException).StatusCode);
    }

    [Fact]
    public async Task A_handler_may_send_again_what_is_idempotent_and_a_new_call_is_not_a_repetition()
    {
        await using var server = new FakeServer(
            Reply(503, "{}"), Reply(200, """{"next":"n"}"""), Reply(503, "{}"), Reply(204, ""), Reply(201, "{}"), Reply(201, "{}"));
        using var adapter = At(server, handlers: [new Twice()]);
        var studio = new StudioClient(adapter);

        var page = await studio.Clips.GetAsync(cancellationToken: Token);
        await studio.Clips["c1"].File.PutAsync(new MemoryStream([1, 2, 3]), cancellationToken: Token);
        await MakeAsync(adapter);
        await MakeAsync(adapter);

        Assert.Equal("n", page!.Next);
        Assert.Equal(6, server.Requests.Length);
    }

    /// <summary>Where no connection was made, nothing was sent, and a second attempt is not a repetition.</summary>
    [Fact]
    public async Task A_handler_that_sends_again_does_not_hide_that_there_was_no_connection()
    {
        using var adapter = new ZoetropeRequestAdapter(_studio, new() { ApiKey = Key, BaseUrl = Nowhere(), Attempts = 1 }, [new Twice()]);

        var exception = await Assert.ThrowsAsync<TransportException>(() => MakeAsync(adapter));

        Assert.Equal(TransportFailure.NotConnected, exception.Failure);
    }

    [Theory]
    [InlineData("https://api.studio.example:443/v1")]
    [InlineData("HTTPS://API.Studio.example/v1/")]
    public async Task A_base_URL_takes_the_place_of_a_server_in_any_spelling(string spelling)
    {
        await using var server = new FakeServer(Reply(200, "{}"), Reply(200, "{}"));
        using var adapter = new ZoetropeRequestAdapter(
            new("Studio") { Server = spelling, ApiKeyLocation = ApiKeyLocation.Bearer }, new() { ApiKey = Key, BaseUrl = server.Url, Attempts = 1 });
        var studio = new StudioClient(adapter);

        await studio.Clips.GetAsync(cancellationToken: Token);
        adapter.BaseUrl = spelling.TrimEnd('/');
        await studio.Clips.GetAsync(cancellationToken: Token);

        Assert.All(server.Requests, static request => Assert.StartsWith("GET /clips HTTP", request));
        Assert.Equal(2, server.Requests.Length);
    }

    [Fact]
    public async Task An_address_of_another_server_is_refused_before_anything_is_sent()
    {
        await using var elsewhere = new FakeServer(Reply(200, "{}"));
        await using var server = new FakeServer(Reply(200, "{}"));
        using var adapter = At(server);
        var studio = new StudioClient(adapter);

        var exception = await Assert.ThrowsAsync<TransportException>(
            () => studio.Clips.WithUrl($"{elsewhere.Url}clips").GetAsync(cancellationToken: Token));
        adapter.BaseUrl = elsewhere.Url.AbsoluteUri;
        await Assert.ThrowsAsync<TransportException>(() => studio.Clips.GetAsync(cancellationToken: Token));

        Assert.Equal(TransportFailure.Refused, exception.Failure);
        Assert.Contains("not trusted", exception.Message);
        Assert.Empty(elsewhere.Requests);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task A_link_to_the_server_of_the_document_leads_to_the_base_URL()
    {
        await using var server = new FakeServer(Reply(200, "{}"));
        using var adapter = At(server);

        await new StudioClient(adapter).Clips.WithUrl("https://api.studio.example/v1/clips?cursor=a%2Bb").GetAsync(cancellationToken: Token);

        Assert.StartsWith("GET /clips?cursor=a%2Bb HTTP", Assert.Single(server.Requests));
    }

    [Fact]
    public async Task Errors_are_the_generated_ones_and_never_show_the_key()
    {
        await using var server = new FakeServer(
            Reply(422, $$"""{"reason":"not with {{Key}}"}""", "Retry-After: 7", $"X-Debug: Bearer {Key}"),
            Reply(401, $$"""{"detail":"the key {{Key}} is unknown"}""", $"WWW-Authenticate: Bearer error_description=\"{Key} has expired\""),
            Reply(502, "<html>Bad gateway</html>", "Content-Type: text/html"));
        using var adapter = At(server);
        var studio = new StudioClient(adapter);

        var typed = await Assert.ThrowsAsync<Problem>(() => studio.Clips.GetAsync(cancellationToken: Token));
        var untyped = await Assert.ThrowsAsync<ApiException>(() => MakeAsync(adapter));
        var page = await Assert.ThrowsAsync<ApiException>(() => studio.Clips.GetAsync(cancellationToken: Token));

        Assert.Equal("not with ***", typed.Reason);
        Assert.Equal(422, typed.ResponseStatusCode);
        Assert.Equal("7", Assert.Single(typed.ResponseHeaders["Retry-After"]));
        Assert.Equal(401, untyped.ResponseStatusCode);
        Assert.Contains("the key *** is unknown", untyped.Message);
        Assert.IsType<ServiceException>(untyped.InnerException);
        Assert.Equal(502, page.ResponseStatusCode);
        Assert.Contains("502: an HTML page", page.Message);
        Assert.Equal("***", Assert.Single(typed.ResponseHeaders["X-Debug"]));
        Assert.Contains("*** has expired", Assert.Single(untyped.ResponseHeaders["WWW-Authenticate"]));
        Assert.All([typed, untyped, page], static exception =>
        {
            Assert.DoesNotContain(Key, exception.ToString());
            Assert.DoesNotContain(Key, string.Join('\n', exception.ResponseHeaders.SelectMany(static header => header.Value)));
        });
    }

    [Fact]
    public async Task A_response_that_is_too_large_ends_the_call()
    {
        await using var server = new FakeServer(Reply(200, $$"""{"next":"{{new string('a', 5000)}}"}"""));
        using var adapter = At(server, static options => options.MaxResponseBytes = 4096);

        var exception = await Assert.ThrowsAsync<TransportException>(() => new StudioClient(adapter).Clips.GetAsync(cancellationToken: Token));

        Assert.Equal(TransportFailure.TooLarge, exception.Failure);
    }

    [Theory]
    [InlineData(TransportFailure.TimedOut)]
    [InlineData(TransportFailure.NotConnected)]
    public async Task A_call_without_a_response_says_why(TransportFailure failure)
    {
        await using var server = new FakeServer(Hang);
        var address = failure == TransportFailure.TimedOut ? server.Url : Nowhere();
        using var adapter = new ZoetropeRequestAdapter(
            _studio, new() { ApiKey = Key, BaseUrl = address, Timeout = TimeSpan.FromSeconds(2), Attempts = 1 });

        var exception = await Assert.ThrowsAsync<TransportException>(() => MakeAsync(adapter));

        Assert.Equal(failure, exception.Failure);
    }

    [Fact]
    public async Task A_call_can_be_canceled()
    {
        using var stop = new CancellationTokenSource();
        await using var server = new FakeServer(async exchange =>
        {
            await stop.CancelAsync();
            await exchange.HangAsync();
        });
        using var adapter = At(server);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new StudioClient(adapter).Clips.GetAsync(cancellationToken: stop.Token));
    }

    [Fact]
    public async Task A_malformed_response_is_an_exception()
    {
        await using var server = new FakeServer(Reply(200, "not JSON"), Raw("HTTP/1.1 200 OK\r\nContent-Length: 100\r\nContent-Type: application/json\r\n\r\n{"));
        using var adapter = At(server);
        var studio = new StudioClient(adapter);

        var unreadable = await Assert.ThrowsAsync<ApiException>(() => studio.Clips.GetAsync(cancellationToken: Token));
        var exception = await Assert.ThrowsAsync<TransportException>(() => studio.Clips.GetAsync(cancellationToken: Token));

        Assert.IsAssignableFrom<JsonException>(unreadable.GetBaseException());
        Assert.Equal(TransportFailure.Broken, exception.Failure);
    }

    /// <summary>What is received of a file can be read before the rest has come.</summary>
    [Fact]
    public async Task Files_are_streamed_both_ways()
    {
        var isRead = new TaskCompletionSource();
        await using var server = new FakeServer(
            async exchange =>
            {
                await exchange.WriteAsync("HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\nContent-Length: 100000\r\n\r\nabc");
                await isRead.Task.WaitAsync(Token);
                await exchange.WriteAsync(new string('d', 99_997));
            },
            Reply(204, ""));
        using var adapter = At(server);
        var clip = new StudioClient(adapter).Clips["c1"];

        await using var file = await clip.File.GetAsync(cancellationToken: Token);
        var buffer = new byte[3];
        await file!.ReadExactlyAsync(buffer, Token);
        isRead.SetResult();
        var rest = await new StreamReader(file).ReadToEndAsync(Token);
        // Larger than what is kept in memory to be sent again.
        await clip.File.PutAsync(new MemoryStream(new byte[2_000_000]), cancellationToken: Token);

        Assert.Equal("abc"u8.ToArray(), buffer);
        Assert.Equal(99_997, rest.Length);
        Assert.StartsWith("PUT /clips/c1/file HTTP", server.Requests[1]);
        Assert.Contains("\r\nContent-Length: 2000000\r\n", server.Requests[1]);
    }

    [Fact]
    public async Task Calls_run_in_parallel()
    {
        await using var server = new FakeServer(static exchange =>
            exchange.ReplyAsync(200, $$"""{"next":"{{exchange.Request.Split("limit=")[1].Split(' ')[0]}}"}"""));
        using var adapter = At(server);
        var studio = new StudioClient(adapter);

        var pages = await Task.WhenAll(Enumerable.Range(1, 40).Select(number =>
            studio.Clips.GetAsync(request => request.QueryParameters.Limit = number, Token)));

        Assert.Equal(Enumerable.Range(1, 40).Select(static number => $"{number}"), pages.Select(static page => page!.Next));
    }

    [Fact]
    public async Task A_request_that_is_sent_twice_by_the_caller_has_nothing_of_the_first_call()
    {
        await using var server = new FakeServer(Reply(401, """{"detail":"first"}"""), Reply(409, """{"detail":"second"}"""));
        using var adapter = At(server);
        var request = new StudioClient(adapter).Clips.ToPostRequestInformation(new() { Title = "a" });

        var first = await Assert.ThrowsAsync<ApiException>(() => adapter.SendAsync(request, Clip.CreateFromDiscriminatorValue, null, Token));
        request.Content = new MemoryStream("{}"u8.ToArray());
        var second = await Assert.ThrowsAsync<ApiException>(() => adapter.SendAsync(request, Clip.CreateFromDiscriminatorValue, null, Token));

        Assert.Contains("first", first.Message);
        Assert.Contains("second", second.Message);
    }

    [Fact]
    public async Task The_adapter_closes_its_own_connections_and_leaves_handlers_to_their_owner()
    {
        await using var server = new FakeServer(Reply(200, "{}"));
        var handler = new Watched();
        var adapter = At(server, handlers: [handler]);
        var studio = new StudioClient(adapter);
        await studio.Clips.GetAsync(cancellationToken: Token);

        adapter.Dispose();

        Assert.False(handler.IsDisposed);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => studio.Clips.GetAsync(cancellationToken: Token));
    }

    [Fact]
    public async Task A_native_response_can_be_taken_and_is_then_not_an_error()
    {
        await using var server = new FakeServer(Reply(302, "", "Location: https://files.example/a"));
        using var adapter = At(server);
        var native = new NativeResponseHandler();

        await new StudioClient(adapter).Clips.GetAsync(
            request => request.Options.Add(new ResponseHandlerOption { ResponseHandler = native }), Token);

        using var response = Assert.IsType<HttpResponseMessage>(native.Value);
        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal("https://files.example/a", response.Headers.Location!.OriginalString);
    }

    [Fact]
    public void A_definition_without_a_server_is_refused() =>
        Assert.Contains("Server", Assert.Throws<ArgumentException>(static () => new ZoetropeRequestAdapter(new ApiDefinition("Studio"))).Message);

    private static ZoetropeRequestAdapter At(
        FakeServer server, Action<ApiClientOptions>? configure = null, IEnumerable<DelegatingHandler>? handlers = null)
    {
        var options = new ApiClientOptions { ApiKey = Key, BaseUrl = server.Url };
        configure?.Invoke(options);
        return new(_studio, options, handlers);
    }

    private static Task<Clip?> MakeAsync(IRequestAdapter adapter) =>
        new StudioClient(adapter).Clips.PostAsync(new() { Title = "a" }, cancellationToken: Token);

    private static Func<Exchange, Task> First(string first) => first switch
    {
        "close" => Raw(""),
        "reset" => Reset,
        _ => Reply(int.Parse(first, System.Globalization.CultureInfo.InvariantCulture), "{}", "Retry-After: 0"),
    };

    private sealed class Watched : DelegatingHandler
    {
        public bool IsDisposed { get; private set; }

        protected override void Dispose(bool disposing)
        {
            IsDisposed = true;
            base.Dispose(disposing);
        }
    }
}
