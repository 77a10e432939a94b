using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Logging;
using Polly;
using Zoetrope.Errors;
using Zoetrope.Extensions.Hosting;
using Zoetrope.Fal;
using Zoetrope.Jobs;
using Zoetrope.Json;
using static Zoetrope.TestKit.FakeServer;

namespace Zoetrope.Hosting.Tests;

/// <summary>Whatever is in the pipeline of the HTTP client, a server gets each submit once.</summary>
public sealed class ResilienceTests
{
    private static readonly Dictionary<string, Action<IServiceCollection>> _careful = new()
    {
        ["zoetrope"] = static services => services.AddFal().AddZoetropeResilience().Configure(Fast),
        ["standard"] = static services => services.AddFal().AddStandardResilienceHandler().Configure(Fast),
        ["hedging"] = static services => services.AddFal().AddStandardHedgingHandler(),
        ["defaults"] = static services =>
        {
            services.ConfigureHttpClientDefaults(static http => http.AddStandardResilienceHandler().Configure(Fast));
            services.AddFal();
        },
        ["defaults, then zoetrope"] = static services =>
        {
            services.ConfigureHttpClientDefaults(static http => http.AddStandardHedgingHandler());
            services.AddFal().AddZoetropeResilience().Configure(Fast);
        },
        ["own pipeline"] = static services => services.AddFal().AddResilienceHandler("own", static pipeline => pipeline.AddRetry(new HttpRetryStrategyOptions
        {
            Delay = TimeSpan.FromMilliseconds(1),
            ShouldHandle = static arguments => new(arguments.Context.MayBeSentAgain() && HttpClientResiliencePredicates.IsTransient(arguments.Outcome)),
        })),
    };

    private static readonly Dictionary<string, Action<IServiceCollection>> _careless = new()
    {
        ["own pipeline without the predicate"] = static services => services.AddFal().AddResilienceHandler("own", static pipeline =>
            pipeline.AddRetry(new HttpRetryStrategyOptions { Delay = TimeSpan.FromMilliseconds(1) })),
        ["same message"] = static services => services.AddFal().AddHttpMessageHandler(static () => new Retrying(static request => request)),
        ["copied message"] = static services => services.AddFal().AddHttpMessageHandler(static () => new Retrying(Copied)),
        ["copied content"] = static services => services.AddFal().AddHttpMessageHandler(static () => new Buffering(new Retrying(CopiedWhole))),
        ["hedge"] = static services => services.AddFal().AddHttpMessageHandler(static () => new Doubling()),
    };

    public static TheoryData<string, string> Careful => Each(_careful, "503", "408", "close", "reset");

    public static TheoryData<string, string> Careless => Each(_careless, "503", "close");

    public static TheoryData<string> CarefulNames => [.. _careful.Keys];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Careful))]
    public async Task A_handler_that_knows_the_marks_leaves_a_submit_alone(string handler, string first)
    {
        await using var server = new FakeServer(First(first), Reply(200, """{"request_id":"job-1"}"""));
        await using var services = new TestServices(TestServices.At(server.Url), _careful[handler]);

        var exception = await Assert.ThrowsAsync<SubmitException>(() => SubmitAsync(services));

        Assert.Single(server.Requests);
        Assert.Equal(0, server.StrayBytes);
        Assert.False(exception.WasNotAccepted);
        // The outcome is that of the first and only attempt.
        Assert.NotEqual(TransportFailure.Repeated, (exception.InnerException as TransportException)?.Failure);
        Assert.Equal(int.TryParse(first, out var status) ? status : 0, (int?)exception.Service?.StatusCode ?? 0);
        Assert.DoesNotContain(services.Log, static entry => entry.Level == LogLevel.Critical);
    }

    [Theory]
    [MemberData(nameof(Careless))]
    public async Task A_handler_that_does_not_is_stopped_and_reported(string handler, string first)
    {
        await using var server = new FakeServer(First(first), Reply(200, """{"request_id":"job-1"}"""));
        await using var services = new TestServices(TestServices.At(server.Url), _careless[handler]);

        var exception = await Assert.ThrowsAsync<SubmitException>(() => SubmitAsync(services));

        Assert.Single(server.Requests);
        Assert.False(exception.WasNotAccepted);
        var report = Assert.Single(services.Log, static entry => entry.Level == LogLevel.Critical);
        Assert.Equal(13, report.Id);
        Assert.Contains("some/model", report.Text);
    }

    /// <summary>A handler that hides the exception of the second attempt cannot hide the report.</summary>
    [Fact]
    public async Task A_handler_that_falls_back_to_the_first_response_is_reported_all_the_same()
    {
        await using var server = new FakeServer(Reply(503, "{}"), Reply(200, """{"request_id":"job-1"}"""));
        await using var services = new TestServices(TestServices.At(server.Url), static services =>
            services.AddFal().AddHttpMessageHandler(static () => new Retrying(static request => request) { FallsBack = true }));

        var exception = await Assert.ThrowsAsync<SubmitException>(() => SubmitAsync(services));

        Assert.Equal(503, (int)exception.Service!.StatusCode);
        Assert.Single(server.Requests);
        Assert.Single(services.Log, static entry => entry.Id == 13);
    }

    [Theory]
    [MemberData(nameof(CarefulNames))]
    public async Task A_poll_is_sent_again(string handler)
    {
        await using var server = new FakeServer(
            Reply(200, """{"request_id":"job-1"}"""), Reply(503, "{}"), Reply(200, """{"request_id":"job-1","status":"IN_PROGRESS"}"""));
        await using var services = new TestServices(TestServices.At(server.Url), _careful[handler]);
        var job = await SubmitAsync(services);

        var status = await job.GetStatusAsync(cancellationToken: Token);

        Assert.Equal(JobState.Running, status.State);
        Assert.Equal(3, server.Requests.Length);
    }

    [Theory]
    [InlineData("zoetrope")]
    [InlineData("standard")]
    [InlineData("hedging")]
    [InlineData("defaults")]
    public async Task A_submit_may_take_longer_than_an_attempt_may(string handler)
    {
        await using var server = new FakeServer(async exchange =>
        {
            // Longer than the limits of attempts, and the delay of a hedge.
            await Task.Delay(TimeSpan.FromMilliseconds(900), Token);
            await exchange.ReplyAsync(200, """{"request_id":"job-1"}""");
        });
        await using var services = new TestServices(TestServices.At(server.Url), services =>
        {
            _careful[handler](services);
            Limit(services);
        });

        var job = await SubmitAsync(services);

        Assert.Equal("job-1", job.Handle.JobId);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task With_an_open_circuit_a_submit_is_surely_not_sent()
    {
        await using var server = new FakeServer(Reply(503, "{}"));
        await using var services = new TestServices(
            TestServices.At(server.Url),
            static services => services.AddFal().AddZoetropeResilience().Configure(options =>
            {
                Fast(options);
                options.CircuitBreaker.MinimumThroughput = 2;
            }));
        await TestServices.AskAsync(services.Get<FalClient>());
        var requests = server.Requests.Length;

        var exception = await Assert.ThrowsAsync<SubmitException>(() => SubmitAsync(services));

        Assert.True(exception.WasNotAccepted);
        Assert.Equal(requests, server.Requests.Length);
    }

    [Fact]
    public async Task A_primary_handler_may_send_requests_of_its_own()
    {
        await using var server = new FakeServer(Reply(200, "abc"), Reply(200, """{"request_id":"job-1"}"""));
        await using var services = new TestServices(
            TestServices.At(server.Url), static services => services.AddFal().ConfigurePrimaryHttpMessageHandler(static () => new WithToken()));

        await SubmitAsync(services);

        Assert.Equal(
            ["POST /token", "POST /some/model"],
            server.Requests.Select(static request => request[..request.IndexOf(" HTTP", StringComparison.Ordinal)]));
        Assert.Contains("X-Token: abc", server.Requests[1]);
        Assert.DoesNotContain(services.Log, static entry => entry.Level == LogLevel.Critical);
    }

    /// <summary>A file takes as long as it is large, and not as an attempt may.</summary>
    [Fact]
    public async Task An_upload_may_take_longer_than_an_attempt_may()
    {
        await using var server = new FakeServer(
            exchange => exchange.ReplyAsync(200, $$"""{"upload_url":"{{At(exchange)}}stored","file_url":"{{At(exchange)}}stored"}"""),
            async exchange =>
            {
                await Task.Delay(TimeSpan.FromMilliseconds(900), Token);
                await exchange.ReplyAsync(200, "");
            });
        await using var services = new TestServices(TestServices.At(server.Url), static services =>
        {
            services.AddFal().ConfigurePrimaryHttpMessageHandler(static () => new SocketsHttpHandler { AllowAutoRedirect = false })
                .AddStandardResilienceHandler().Configure(Fast);
            Limit(services);
        });

        var file = await services.Get<FalClient>().Files.UploadAsync(
            Uploads.UploadFile.FromBytes([1, 2, 3], "a.png"), new Fal.FalUploadOptions { Attempts = 1, Fallback = false }, Token);

        Assert.EndsWith("/stored", file.Url);
        Assert.Equal(2, server.Requests.Length);

        static string At(Exchange exchange) => $"http://{Connection.HeaderOf(exchange.Request, "Host")}/";
    }

    private static TheoryData<string, string> Each(Dictionary<string, Action<IServiceCollection>> handlers, params string[] firsts) =>
        [.. from handler in handlers.Keys from first in firsts select (handler, first)];

    private static Task<Clients.Job<RawJson>> SubmitAsync(TestServices services) =>
        services.Get<FalClient>().SubmitAsync("some/model", RawJson.Parse("""{"prompt":"a cat"}"""), null, Token);

    private static Func<Exchange, Task> First(string first) => first switch
    {
        "close" => Raw(""),
        "reset" => Reset,
        _ => Reply(int.Parse(first, System.Globalization.CultureInfo.InvariantCulture), "{}"),
    };

    private static void Fast(HttpStandardResilienceOptions options)
    {
        options.Retry.Delay = TimeSpan.FromMilliseconds(1);
        options.Retry.BackoffType = DelayBackoffType.Constant;
    }

    // Only where a server takes longer: on a busy machine, other responses do, too.
    private static void Limit(IServiceCollection services)
    {
        services.ConfigureAll<HttpStandardResilienceOptions>(static options =>
        {
            options.AttemptTimeout.Timeout = TimeSpan.FromMilliseconds(300);
            options.TotalRequestTimeout.Timeout = TimeSpan.FromMilliseconds(600);
        });
        services.ConfigureAll<HttpStandardHedgingResilienceOptions>(static options =>
        {
            options.Hedging.Delay = TimeSpan.FromMilliseconds(100);
            options.Endpoint.Timeout.Timeout = TimeSpan.FromMilliseconds(300);
            options.TotalRequestTimeout.Timeout = TimeSpan.FromMilliseconds(600);
        });
    }

    private static HttpRequestMessage Copied(HttpRequestMessage request)
    {
        var copy = new HttpRequestMessage(request.Method, request.RequestUri) { Content = request.Content };
        foreach (var (name, values) in request.Headers)
            copy.Headers.TryAddWithoutValidation(name, values);
        return copy;
    }

    // The content was buffered before.
    private static HttpRequestMessage CopiedWhole(HttpRequestMessage request)
    {
        var copy = Copied(request);
        var bytes = new MemoryStream();
        request.Content!.CopyTo(bytes, null, Token);
        copy.Content = new ByteArrayContent(bytes.ToArray());
        copy.Content.Headers.ContentType = request.Content.Headers.ContentType;
        return copy;
    }

    /// <summary>Sends again what failed, in the same message or a copy of it.</summary>
    private sealed class Retrying(Func<HttpRequestMessage, HttpRequestMessage> copy) : DelegatingHandler
    {
        public bool FallsBack { get; init; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            HttpResponseMessage? first = null;
            try
            {
                first = await base.SendAsync(copy(request), cancellationToken);
                if ((int)first.StatusCode < 500)
                    return first;
            }
            catch (HttpRequestException)
            {
                // Sent again.
            }
            try
            {
                return await base.SendAsync(copy(request), cancellationToken);
            }
            catch (Exception) when (FallsBack && first is not null)
            {
                return first;
            }
        }
    }

    /// <summary>Reads the content into memory, as handlers do that log or sign it.</summary>
    private sealed class Buffering : DelegatingHandler
    {
        private readonly HttpMessageInvoker _next;

        public Buffering(Retrying next)
        {
            next.InnerHandler = new Passing(this);
            _next = new HttpMessageInvoker(next);
        }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await request.Content!.LoadIntoBufferAsync(cancellationToken);
            return await _next.SendAsync(request, cancellationToken);
        }

        private Task<HttpResponseMessage> PassAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            base.SendAsync(request, cancellationToken);

        private sealed class Passing(Buffering owner) : HttpMessageHandler
        {
            protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
                owner.PassAsync(request, cancellationToken);
        }
    }

    /// <summary>Sends two copies at once.</summary>
    private sealed class Doubling : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var both = new[] { base.SendAsync(Copied(request), cancellationToken), base.SendAsync(Copied(request), cancellationToken) };
            try
            {
                await Task.WhenAll(both);
            }
            catch (Exception)
            {
                // The first of them counts.
            }
            return await both[1];
        }
    }

    /// <summary>A primary handler that first gets a token from the same server.</summary>
    private sealed class WithToken : HttpMessageHandler
    {
        private readonly HttpMessageInvoker _sockets = new(new SocketsHttpHandler { AllowAutoRedirect = false });

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            using var asked = new HttpRequestMessage(HttpMethod.Post, new Uri(request.RequestUri!, "/token")) { Content = new StringContent("a") };
            using var token = await _sockets.SendAsync(asked, cancellationToken);
            request.Headers.Add("X-Token", await token.Content.ReadAsStringAsync(cancellationToken));
            return await _sockets.SendAsync(request, cancellationToken);
        }
    }
}
