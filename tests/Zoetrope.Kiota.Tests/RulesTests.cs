using Microsoft.Kiota.Abstractions;
using Microsoft.Kiota.Abstractions.Authentication;
using Microsoft.Kiota.Http.HttpClientLibrary;
using Microsoft.Kiota.Http.HttpClientLibrary.Middleware;
using Zoetrope.Errors;
using Zoetrope.Fal;
using Zoetrope.Fal.Platform;
using Zoetrope.Http;
using Zoetrope.Jobs;
using Zoetrope.Json;
using Zoetrope.Operations;
using static Zoetrope.TestKit.FakeServer;

namespace Zoetrope.Kiota.Tests;

/// <summary>What is refused, and what goes wrong at Kiota's side.</summary>
public sealed class RulesTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_key_goes_only_to_hosts_that_its_provider_allows()
    {
        await using var server = new FakeServer(Reply(200, """{"request_id":"job-1"}"""));
        using var fal = new FalClient(new FalClientOptions { BaseUrl = server.Url }.UseKiota(KiotaSetups.Bearer("queue.fal.run")));

        var exception = await Assert.ThrowsAsync<SubmitException>(() => SubmitAsync(fal));

        Assert.True(exception.WasNotAccepted);
        Assert.Equal(TransportFailure.Refused, Assert.IsType<TransportException>(exception.InnerException).Failure);
        Assert.Contains("allowed hosts", exception.Message);
        Assert.Empty(server.Requests);
    }

    /// <summary>With an authorization handler the request leaves without a key, as its provider wants it, and the provider's word is reported.</summary>
    [Fact]
    public async Task An_authorization_handler_that_does_not_allow_the_host_sends_no_key()
    {
        await using var server = new FakeServer(Reply(401, "{}"));
        using var fal = new FalClient(
            new FalClientOptions { BaseUrl = server.Url, ApiKey = KiotaSetups.OwnKey }.UseKiota([new AuthorizationHandler(KiotaSetups.Bearer("queue.fal.run"))]));

        var exception = await Assert.ThrowsAsync<SubmitException>(() => SubmitAsync(fal));

        Assert.True(exception.WasNotAccepted);
        Assert.DoesNotContain("Authorization", Assert.Single(server.Requests));
    }

    [Fact]
    public async Task A_provider_that_fails_sent_nothing_and_is_asked_again()
    {
        await using var server = new FakeServer(Reply(200, """{"request_id":"job-1"}"""));
        var authentication = new Scripted((request, call) =>
        {
            if (call == 1)
                throw new HttpRequestException("the vault is away");
            request.Headers.Add("Authorization", $"Bearer token-number-{call}");
        });
        using var fal = new FalClient(new FalClientOptions { BaseUrl = server.Url, Jitter = new Random(1) }.UseKiota(authentication));
        var reasons = new List<string>();

        var job = await fal.SubmitAsync(
            "some/model", RawJson.Parse("{}"), new FalSubmitOptions { OnRetry = retry => reasons.Add(retry.Reason.Message) }, Token);

        Assert.Equal("job-1", job.Handle.JobId);
        Assert.Contains("token-number-2", Assert.Single(server.Requests));
        Assert.Contains("the vault is away", Assert.Single(reasons));
    }

    [Fact]
    public async Task A_key_that_is_not_valid_in_a_header_is_refused()
    {
        await using var server = new FakeServer(Reply(200, "{}"));
        using var fal = new FalClient(new FalClientOptions { BaseUrl = server.Url }
            .UseKiota(new Scripted(static (request, _) => request.Headers.Add("Authorization", "Bearer secret-of-kiota\r\nX-Other: 1"))));

        var exception = await Assert.ThrowsAsync<SubmitException>(() => SubmitAsync(fal));

        Assert.Contains("not valid in a header", exception.Message);
        Assert.DoesNotContain("secret-of-kiota", exception.ToString());
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task A_provider_that_changes_the_server_is_refused()
    {
        await using var elsewhere = new FakeServer(Reply(200, "{}"));
        await using var server = new FakeServer(Reply(200, "{}"));
        using var fal = new FalClient(new FalClientOptions { BaseUrl = server.Url }.UseKiota(new Scripted((request, _) => request.URI = elsewhere.Url)));

        await Assert.ThrowsAsync<SubmitException>(() => SubmitAsync(fal));

        Assert.Empty(server.Requests);
        Assert.Empty(elsewhere.Requests);
    }

    /// <summary>In the query, in a header of its own, and in a cookie: wherever the client's own key would be, and wherever Kiota's is.</summary>
    [Theory]
    [InlineData("query", "query")]
    [InlineData("header", "query")]
    [InlineData("query", "header")]
    [InlineData("cookie", "header")]
    [InlineData("basic", "header")]
    public async Task A_key_of_a_whole_API_is_replaced_wherever_it_is(string own, string kiotas)
    {
        const string secret = "kiota secret/0123";
        await using var server = new FakeServer(
            Reply(200, """{"models":[],"has_more":false,"next_cursor":null}"""), Reply(400, $$$"""{"error":{"message":"{{{secret}}} is wrong"}}"""));
        var authentication = new Scripted((request, _) =>
        {
            if (kiotas == "query")
                request.URI = new Uri($"{request.URI.AbsoluteUri}{(request.URI.Query.Length > 0 ? "&" : "?")}k={Uri.EscapeDataString(secret)}");
            else
                request.Headers.Add("X-Own", secret);
        });
        using var platform = new FalPlatformClient(new ApiClientOptions
        {
            BaseUrl = server.Url,
            ApiKeyLocation = own switch
            {
                "query" => ApiKeyLocation.Query("key"),
                "cookie" => ApiKeyLocation.Cookie("key"),
                "basic" => ApiKeyLocation.Basic,
                _ => ApiKeyLocation.Header("X-Key"),
            },
        }.UseKiota(authentication));

        await platform.ListModelsAsync(new() { Q = "a b" }, cancellationToken: Token);
        var exception = await Assert.ThrowsAnyAsync<ServiceException>(() => platform.ListModelsAsync(new(), cancellationToken: Token));

        Assert.Equal(2, server.Requests.Length);
        Assert.All(server.Requests, static request => Assert.DoesNotContain("key-of-kiota", request));
        Assert.All(server.Requests, static request => Assert.DoesNotContain("\r\nCookie", request));
        Assert.All(server.Requests, static request => Assert.DoesNotContain("\r\nAuthorization", request));
        Assert.All(server.Requests, request => Assert.Contains(kiotas == "query" ? "k=kiota%20secret%2F0123" : $"\r\nX-Own: {secret}\r\n", request));
        Assert.Contains("q=a%20b", server.Requests[0]);
        Assert.DoesNotContain(secret, exception.Message);
    }

    /// <summary>A result may contain what a provider adds beside the key, such as the project or the version in the URL of a file that was paid for.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Only_the_key_is_removed_of_what_a_provider_adds(bool isAdapter)
    {
        const string page = """{"models":[{"endpoint_id":"kling-video/2024-06-01"}],"has_more":false,"next_cursor":null}""";
        const int calls = 18;
        await using var server = new FakeServer(
            [.. Enumerable.Repeat(Reply(200, page), calls), Reply(401, $$$"""{"error":{"message":"{{{KiotaSetups.KiotaKey}}} is unknown"}}""")]);
        var authentication = new Scripted(static (request, call) =>
        {
            request.Headers.Add("X-Api-Key", KiotaSetups.KiotaKey);
            request.Headers.Add("X-Project", "kling-video");
            // More than the last few that are kept.
            request.Headers.Add("X-Request-Id", $"request-number-{call}");
            request.URI = new Uri($"{request.URI.AbsoluteUri}{(request.URI.Query.Length > 0 ? "&" : "?")}api-version=2024-06-01");
        });
        var options = new ApiClientOptions { BaseUrl = server.Url, ApiKeyLocation = ApiKeyLocation.Header("X-Api-Key") };
        using var platform = new FalPlatformClient(isAdapter ? options.UseKiota(KiotaSetups.Adapter(authentication)) : options.UseKiota(authentication));

        for (var call = 0; call < calls; call++)
        {
            var models = (await platform.ListModelsAsync(new(), cancellationToken: Token)).Models;
            Assert.Equal("kling-video/2024-06-01", Assert.Single(models).EndpointId);
        }
        var exception = await Assert.ThrowsAnyAsync<ServiceException>(() => platform.ListModelsAsync(new(), cancellationToken: Token));

        Assert.Contains("*** is unknown", exception.Message);
        Assert.DoesNotContain(KiotaSetups.KiotaKey, exception.ToString());
        Assert.All(server.Requests, static request => Assert.Contains("\r\nX-Project: kling-video\r\n", request));
    }

    /// <summary>The same for the result of a job, whose file would be lost.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_URL_of_a_file_stays_whatever_a_provider_adds(bool isAdapter)
    {
        const string url = "https://files.example/kling-video/a.mp4";
        await using var server = new FakeServer(Reply(200, $$$"""{"video":{"url":"{{{url}}}"}}"""));
        var authentication = new Scripted(static (request, _) =>
        {
            request.Headers.Add("Authorization", "Key " + KiotaSetups.KiotaKey);
            request.Headers.Add("X-Project", "kling-video");
        });
        var options = new FalClientOptions { BaseUrl = server.Url };
        using var fal = new FalClient(isAdapter ? options.UseKiota(KiotaSetups.Adapter(authentication)) : options.UseKiota(authentication));

        var result = await fal.RunDirectAsync("some/model", RawJson.Parse("{}"), null, Token);

        Assert.Contains(url, result.Value.ToString());
    }

    /// <summary>An adapter may name the whole address where it fails.</summary>
    [Fact]
    public async Task A_key_in_the_query_is_removed_from_what_an_adapter_throws()
    {
        const string secret = "kiota-secret-0123";
        var authentication = new Scripted(static (request, _) => request.URI = new Uri($"{request.URI.AbsoluteUri}?api_key={secret}"));
        using var http = new HttpClient(new Unreachable());
        using var platform = new FalPlatformClient(new ApiClientOptions { BaseUrl = Nowhere(), Attempts = 1 }
            .UseKiota(new HttpClientRequestAdapter(authentication, httpClient: http)));

        var exception = await Assert.ThrowsAsync<TransportException>(() => platform.ListModelsAsync(new(), cancellationToken: Token));

        Assert.Contains("No route to", exception.ToString());
        Assert.DoesNotContain(secret, exception.ToString());
    }

    /// <summary>A whole API, too, whose responses and errors are those of its own transport.</summary>
    [Fact]
    public async Task A_whole_API_runs_over_an_adapter()
    {
        await using var server = new FakeServer(Reply(200, """{"models":[{"endpoint_id":"a/b"}],"has_more":false,"next_cursor":null}"""), Reply(503, "{}"));
        using var platform = new FalPlatformClient(new ApiClientOptions { BaseUrl = server.Url }.UseKiota(KiotaSetups.Adapter(KiotaSetups.Bearer())));

        var page = await platform.ListModelsAsync(new() { Q = "video" }, cancellationToken: Token);
        var exception = await Assert.ThrowsAnyAsync<ServiceException>(() => platform.ListModelsAsync(new(), cancellationToken: Token));

        Assert.Equal("a/b", Assert.Single(page.Models).EndpointId);
        Assert.Equal(503, (int)exception.StatusCode);
        Assert.Equal(2, server.Requests.Length);
        Assert.All(server.Requests, static request => Assert.Contains($"\r\nAuthorization: Bearer {KiotaSetups.KiotaKey}\r\n", request));
    }

    /// <summary>A handler that does not know the rules is stopped before a byte of the second request.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_handler_that_sends_again_is_stopped(bool isAdapter)
    {
        await using var server = new FakeServer(Reply(503, "{}"), Reply(200, """{"request_id":"job-1"}"""));
        var options = new FalClientOptions { BaseUrl = server.Url, ApiKey = KiotaSetups.OwnKey };
        if (isAdapter)
        {
            var http = KiotaClientFactory.Create([new Twice()], KiotaSetups.Connections());
            options.UseKiota(new HttpClientRequestAdapter(new AnonymousAuthenticationProvider(), httpClient: http), sendsOwnKey: true);
        }
        else
        {
            options.UseKiota([new Twice()]);
        }
        using var fal = new FalClient(options);

        var exception = await Assert.ThrowsAsync<SubmitException>(() => SubmitAsync(fal));

        Assert.Single(server.Requests);
        Assert.False(exception.WasNotAccepted);
        Assert.Equal(TransportFailure.Repeated, Assert.IsType<TransportException>(exception.InnerException).Failure);
    }

    /// <summary>A limit: .NET sends what a handler has had it buffer without asking for the content again, so that nothing sees the second time.</summary>
    [Fact]
    public async Task A_handler_that_sends_again_what_an_adapter_has_buffered_is_not_seen()
    {
        await using var server = new FakeServer(Reply(503, "{}"), Reply(200, """{"request_id":"job-1"}"""));
        using var http = KiotaClientFactory.Create([.. KiotaSetups.Handlers(inspects: true), new Twice()], KiotaSetups.Connections());
        using var fal = new FalClient(new FalClientOptions { BaseUrl = server.Url, ApiKey = KiotaSetups.OwnKey }
            .UseKiota(new HttpClientRequestAdapter(new AnonymousAuthenticationProvider(), httpClient: http), sendsOwnKey: true));

        var job = await SubmitAsync(fal);

        Assert.Equal("job-1", job.Handle.JobId);
        Assert.Equal(2, server.Requests.Length);
    }

    /// <summary>Kiota meets a challenge for claims by sending the request again, which a submit must not be.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_challenge_for_claims_is_a_rejection_of_a_submit_and_met_for_a_poll(bool isAdapter)
    {
        var challenge = Reply(401, "{}", "WWW-Authenticate: Bearer error=\"insufficient_claims\", claims=\"eyJhIjoxfQ==\"");
        await using var server = new FakeServer(challenge, Reply(200, """{"request_id":"job-1"}"""), challenge, Reply(200, """{"status":"IN_QUEUE"}"""));
        var options = new FalClientOptions { BaseUrl = server.Url };
        using var fal = new FalClient(isAdapter
            ? options.UseKiota(KiotaSetups.Adapter(KiotaSetups.Bearer()))
            : options.UseKiota([.. KiotaSetups.Handlers(), new AuthorizationHandler(KiotaSetups.Bearer())]));

        var exception = await Assert.ThrowsAsync<SubmitException>(() => SubmitAsync(fal));
        var sent = server.Requests.Length;
        var status = await (await SubmitAsync(fal)).GetStatusAsync(cancellationToken: Token);

        Assert.Equal(401, (int)exception.Service!.StatusCode);
        Assert.True(exception.WasNotAccepted);
        Assert.Equal(1, sent);
        Assert.Equal(JobState.Queued, status.State);
        Assert.Equal(4, server.Requests.Length);
    }

    /// <summary>A content that is not kept in memory is sent while it is read.</summary>
    [Fact]
    public async Task A_large_body_goes_through_an_adapter_and_is_sent_once()
    {
        await using var server = new FakeServer(Reply(503, "{}"), Reply(200, "{}"));
        using var platform = new FalPlatformClient(
            new ApiClientOptions { BaseUrl = server.Url }.UseKiota(KiotaSetups.Adapter(KiotaSetups.Bearer(), inspects: false)));

        await Assert.ThrowsAnyAsync<ServiceException>(
            () => platform.SendRawAsync(HttpMethod.Post, "/large", new ByteArrayContent(new byte[2_000_000]), cancellationToken: Token));

        var request = Assert.Single(server.Requests);
        Assert.Contains("\r\nContent-Length: 2000000\r\n", request);
        Assert.EndsWith(new string('\0', 1000), request);
    }

    [Fact]
    public async Task An_adapter_that_follows_redirects_is_found_out()
    {
        await using var elsewhere = new FakeServer(Reply(200, """{"request_id":"job-1","status":"IN_QUEUE"}"""));
        await using var server = new FakeServer(Reply(200, """{"request_id":"job-1"}"""), Reply(302, "", $"Location: {elsewhere.Url}"));
        using var http = new HttpClient();
        using var fal = new FalClient(new FalClientOptions { BaseUrl = server.Url }
            .UseKiota(new HttpClientRequestAdapter(KiotaSetups.Bearer(), httpClient: http)));
        var job = await SubmitAsync(fal);

        var exception = await Assert.ThrowsAsync<JobWatchException>(() => job.GetStatusAsync(cancellationToken: Token));

        Assert.Equal(TransportFailure.Redirected, Assert.IsType<TransportException>(exception.InnerException).Failure);
        Assert.Contains("AllowAutoRedirect = false", exception.Message);
        // .NET has left the key out.
        Assert.All(elsewhere.Requests, static request => Assert.DoesNotContain(KiotaSetups.KiotaKey, request));
    }

    [Fact]
    public void What_would_have_two_meanings_is_refused()
    {
        using var http = new HttpClient();
        var taken = new FalClientOptions { HttpClient = http };
        var tokens = new FalClientOptions { TokenProvider = static _ => new("key") };

        Assert.Throws<InvalidOperationException>(() => taken.UseKiota([]));
        Assert.Throws<InvalidOperationException>(() => taken.UseKiota(KiotaSetups.Bearer()));
        Assert.Throws<InvalidOperationException>(() => tokens.UseKiota(KiotaSetups.Bearer()));
        Assert.Throws<InvalidOperationException>(() => tokens.UseKiota(KiotaSetups.Adapter(KiotaSetups.Bearer())));
        Assert.Throws<ArgumentException>("finalHandler", () => new FalClientOptions().UseKiota([], new SocketsHttpHandler()));
        Assert.Throws<ArgumentException>(() => new FalClientOptions().UseKiota(KiotaSetups.Bearer(), null, new HttpClientHandler()));
        Assert.Throws<ArgumentException>(() => new FalClientOptions().UseKiota(KiotaSetups.Bearer(), [new AuthorizationHandler(KiotaSetups.Bearer())]));
        Assert.Null(tokens.HttpClient);
    }

    /// <summary>Kiota's own providers for keys are asked, and refuse http themselves.</summary>
    [Fact]
    public async Task Kiotas_provider_for_keys_says_that_it_wants_https()
    {
        using var fal = new FalClient(new FalClientOptions { BaseUrl = Nowhere(), SubmitAttempts = 1 }.UseKiota(
            new ApiKeyAuthenticationProvider("Key " + KiotaSetups.KiotaKey, "Authorization", ApiKeyAuthenticationProvider.KeyLocation.Header)));

        var exception = await Assert.ThrowsAsync<SubmitException>(() => SubmitAsync(fal));

        Assert.True(exception.WasNotAccepted);
        Assert.Contains("https", exception.Message);
    }

    [Fact]
    public async Task The_rules_can_be_added_to_a_pipeline_that_something_else_makes()
    {
        await using var server = new FakeServer(Reply(503, "{}"), Reply(200, """{"request_id":"job-1"}"""));
        using var http = KiotaClientFactory.Create([new KiotaRulesHandler(), .. KiotaSetups.Handlers()], KiotaSetups.Connections());
        using var fal = new FalClient(new FalClientOptions { BaseUrl = server.Url, ApiKey = KiotaSetups.OwnKey, HttpClient = http });

        var exception = await Assert.ThrowsAsync<SubmitException>(() => SubmitAsync(fal));

        Assert.Equal(503, (int)exception.Service!.StatusCode);
        Assert.Single(server.Requests);
    }

    private static Task<Clients.Job<RawJson>> SubmitAsync(FalClient fal) =>
        fal.SubmitAsync("some/model", RawJson.Parse("""{"prompt":"a cat"}"""), null, Token);

    private sealed class Unreachable : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            throw new HttpRequestException($"No route to {request.RequestUri!.AbsoluteUri}");
    }

    /// <summary>Does with the request of each call what a test says.</summary>
    private sealed class Scripted(Action<RequestInformation, int> script) : IAuthenticationProvider
    {
        private int _calls;

        public Task AuthenticateRequestAsync(
            RequestInformation request, Dictionary<string, object>? additionalAuthenticationContext = null, CancellationToken cancellationToken = default)
        {
            script(request, ++_calls);
            return Task.CompletedTask;
        }
    }
}
