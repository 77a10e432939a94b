using System.Text.Json;
using Zoetrope.Clients;
using Zoetrope.Errors;
using Zoetrope.Fal;
using Zoetrope.Jobs;
using Zoetrope.Json;
using Zoetrope.Media;
using Zoetrope.Simulator;
using static Zoetrope.TestKit.FakeServer;

namespace Zoetrope.Kiota.Tests;

/// <summary>Our clients over what an app has set up for Kiota, in each form: they work, and none of our rules is lost.</summary>
public sealed class ClientsOverKiotaTests(ClientsOverKiotaTests.Simulated simulated) : IClassFixture<ClientsOverKiotaTests.Simulated>
{
    public static TheoryData<string> Setups => KiotaSetups.Names;

    public static TheoryData<string, string> Failures => KiotaSetups.With("503", "504", "408", "close", "reset");

    public static TheoryData<string, string> Redirects => KiotaSetups.With("submit", "poll");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Setups))]
    public async Task A_job_runs_to_its_end_and_its_file_is_saved(string setup)
    {
        var simulator = simulated.Simulator;
        var earlier = simulator.Requests.Count;
        using var fal = KiotaSetups.Client(setup, simulator.BaseUrl);
        using var folder = new TemporaryFolder();

        var job = await fal.SubmitAsync(
            "fal-ai/kling-video/o3/pro/image-to-video",
            RawJson.Parse("""{"prompt":"The character walks forward","image_url":"https://example.com/a.png"}"""),
            null,
            Token);
        var result = await job.WaitAsync(new() { PollInterval = TimeSpan.FromMilliseconds(50) }, Token);
        using var output = JsonDocument.Parse(result.Value.Utf8Memory);
        var url = output.RootElement.GetProperty("video").GetProperty("url").GetString()!;
        await fal.SaveAsync(new MediaFile { Url = url }, Path.Combine(folder.Path, "a.mp4"), Token);

        var requests = simulator.Requests.Skip(earlier).ToList();
        Assert.Single(requests, static request => request.Operation == SimulatorOperation.Submit);
        Assert.Contains(requests, static request => request.Provider.Length == 0);
        Assert.All(requests, static request => Assert.Equal(request.Provider.Length > 0, request.Headers.ContainsKey("Authorization")));
    }

    [Theory]
    [MemberData(nameof(Setups))]
    public async Task The_key_is_that_of_who_authenticates(string setup)
    {
        await using var server = new FakeServer(Reply(200, """{"request_id":"job-1"}"""), Reply(200, """{"status":"IN_QUEUE"}"""));
        using var fal = KiotaSetups.Client(setup, server.Url);

        var job = await SubmitAsync(fal);
        await job.GetStatusAsync(cancellationToken: Token);

        var scheme = setup == "key" || KiotaSetups.SendsOwnKey(setup) ? "Key" : "Bearer";
        Assert.Equal(2, server.Requests.Length);
        Assert.All(server.Requests, request => Assert.Contains($"\r\nAuthorization: {scheme} {KiotaSetups.KeyOf(setup)}\r\n", request));
        Assert.All(server.Requests, static request => Assert.DoesNotContain("key-of-", request));
        Assert.StartsWith("POST /some/model HTTP", server.Requests[0]);
        Assert.EndsWith("""{"prompt":"a cat"}""", server.Requests[0]);
    }

    /// <summary>The outcome is that of the first and only attempt, and not the refusal of another.</summary>
    [Theory]
    [MemberData(nameof(Failures))]
    public async Task A_submit_leaves_once(string setup, string first)
    {
        await using var server = new FakeServer(First(first), Reply(200, """{"request_id":"job-1"}"""));
        using var fal = KiotaSetups.Client(setup, server.Url);

        var exception = await Assert.ThrowsAsync<SubmitException>(() => SubmitAsync(fal));

        Assert.Single(server.Requests);
        Assert.Equal(0, server.StrayBytes);
        Assert.False(exception.WasNotAccepted);
        Assert.NotEqual(TransportFailure.Repeated, (exception.InnerException as TransportException)?.Failure);
        Assert.Equal(int.TryParse(first, out var status) ? status : 0, (int?)exception.Service?.StatusCode ?? 0);
    }

    [Theory]
    [MemberData(nameof(Setups))]
    public async Task A_submit_that_was_rejected_is_sent_again_by_the_client(string setup)
    {
        await using var server = new FakeServer(Reply(429, "{}", "Retry-After: 0"), Reply(200, """{"request_id":"job-1"}"""));
        using var fal = KiotaSetups.Client(setup, server.Url);

        var job = await SubmitAsync(fal);

        Assert.Equal("job-1", job.Handle.JobId);
        Assert.Equal(2, server.Requests.Length);
        Assert.All(server.Requests, static request => Assert.DoesNotContain("Retry-Attempt", request));
    }

    [Theory]
    [MemberData(nameof(Setups))]
    public async Task Without_a_connection_nothing_was_accepted(string setup)
    {
        using var fal = KiotaSetups.Client(setup, Nowhere(), attempts: 1);

        var exception = await Assert.ThrowsAsync<SubmitException>(() => SubmitAsync(fal));

        // .NET sends from a buffer of its own then, so that whether it has is not seen.
        var isUnknown = setup == KiotaSetups.BufferingAdapter;
        Assert.Equal(!isUnknown, exception.WasNotAccepted);
        Assert.Equal(
            isUnknown ? TransportFailure.Broken : TransportFailure.NotConnected, Assert.IsType<TransportException>(exception.InnerException).Failure);
    }

    [Theory]
    [MemberData(nameof(Redirects))]
    public async Task A_redirect_is_not_followed(string setup, string operation)
    {
        await using var elsewhere = new FakeServer(Reply(200, """{"request_id":"job-1","status":"IN_QUEUE"}"""));
        var redirect = Reply(307, "", $"Location: {elsewhere.Url}");
        await using var server = operation == "submit" ? new FakeServer(redirect) : new FakeServer(Reply(200, """{"request_id":"job-1"}"""), redirect);
        using var fal = KiotaSetups.Client(setup, server.Url);

        var exception = await Assert.ThrowsAnyAsync<ZoetropeException>(async () =>
        {
            var job = await SubmitAsync(fal);
            await job.GetStatusAsync(cancellationToken: Token);
        });

        Assert.Equal(TransportFailure.Redirected, ((exception as TransportException) ?? Assert.IsType<TransportException>(exception.InnerException)).Failure);
        Assert.Empty(elsewhere.Requests);
    }

    [Theory]
    [MemberData(nameof(Setups))]
    public async Task A_key_that_the_service_echoes_is_removed(string setup)
    {
        var key = KiotaSetups.KeyOf(setup);
        await using var server = new FakeServer(Reply(401, $$"""{"detail":"The credential {{key}} is unknown"}"""));
        using var fal = KiotaSetups.Client(setup, server.Url);

        var exception = await Assert.ThrowsAsync<SubmitException>(() => SubmitAsync(fal));

        Assert.True(exception.WasNotAccepted);
        Assert.Contains("The credential *** is unknown", exception.Message);
        Assert.DoesNotContain(key, exception.ToString());
        Assert.DoesNotContain(key, exception.Service!.Error.Body.ToString());
    }

    /// <summary>Storage is not the provider's, and must not receive the key that handlers add to whatever they send.</summary>
    [Theory]
    [MemberData(nameof(Setups))]
    public async Task An_upload_takes_no_key_to_storage(string setup)
    {
        await using var storage = new FakeServer(Reply(200, ""));
        await using var server = new FakeServer(Reply(200, $$"""{"upload_url":"{{storage.Url}}a?X-Amz-Signature=a%2Bb%2F","file_url":"https://files.example/a.png"}"""));
        using var fal = KiotaSetups.Client(setup, server.Url);

        await fal.Files.UploadAsync(
            Uploads.UploadFile.FromBytes([1, 2, 3], "a.png"), new FalUploadOptions { Attempts = 1, Fallback = false }, Token);

        var put = Assert.Single(storage.Requests);
        Assert.StartsWith("PUT /a?X-Amz-Signature=a%2Bb%2F HTTP", put);
        Assert.DoesNotContain("Authorization", put);
        Assert.DoesNotContain(KiotaSetups.KeyOf(setup), put);
        Assert.Contains(KiotaSetups.KeyOf(setup), Assert.Single(server.Requests));
    }

    /// <summary>An event is there before the stream has ended.</summary>
    [Theory]
    [MemberData(nameof(Setups))]
    public async Task Events_arrive_one_by_one(string setup)
    {
        var isRead = new TaskCompletionSource();
        await using var server = new FakeServer(async exchange =>
        {
            await exchange.WriteAsync("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\ndata: {\"part\":1}\n\n");
            await isRead.Task.WaitAsync(Token);
            await exchange.WriteAsync("data: {\"part\":2}\n\n");
            exchange.Close();
        });
        using var fal = KiotaSetups.Client(setup, server.Url);
        var parts = new List<string>();

        await foreach (var part in fal.StreamAsync("some/model", RawJson.Parse("{}"), cancellationToken: Token))
        {
            parts.Add(part.ToString());
            isRead.TrySetResult();
        }

        Assert.Equal(["""{"part":1}""", """{"part":2}"""], parts);
    }

    [Theory]
    [MemberData(nameof(Setups))]
    public async Task A_submit_that_is_canceled_says_whether_a_job_may_exist(string setup)
    {
        using var stop = new CancellationTokenSource();
        await using var server = new FakeServer(async exchange =>
        {
            await stop.CancelAsync();
            await exchange.HangAsync();
        });
        using var fal = KiotaSetups.Client(setup, server.Url);

        await Assert.ThrowsAsync<SubmitCanceledException>(() => fal.SubmitAsync("some/model", RawJson.Parse("{}"), null, stop.Token));

        Assert.Single(server.Requests);
    }

    [Theory]
    [MemberData(nameof(Setups))]
    public async Task Jobs_are_submitted_in_parallel(string setup)
    {
        await using var server = new FakeServer(static exchange =>
            exchange.ReplyAsync(200, $$"""{"request_id":"job-{{exchange.Request.Split("number\":")[1].TrimEnd('}')}}"}"""));
        using var fal = KiotaSetups.Client(setup, server.Url);

        var jobs = await Task.WhenAll(Enumerable.Range(1, 20).Select(number =>
            fal.SubmitAsync("some/model", RawJson.Parse($$"""{"number":{{number}}}"""), null, Token)));

        Assert.Equal(Enumerable.Range(1, 20).Select(static number => $"job-{number}"), jobs.Select(static job => job.Handle.JobId));
        Assert.Equal(20, server.Requests.Length);
    }

    private static Task<Job<RawJson>> SubmitAsync(FalClient fal) => fal.SubmitAsync("some/model", RawJson.Parse("""{"prompt":"a cat"}"""), null, Token);

    private static Func<Exchange, Task> First(string first) => first switch
    {
        "close" => Raw(""),
        "reset" => Reset,
        _ => Reply(int.Parse(first, System.Globalization.CultureInfo.InvariantCulture), "{}", "Retry-After: 0"),
    };

    /// <summary>One simulator for all of them.</summary>
    public sealed class Simulated : IAsyncLifetime
    {
        public MediaSimulator Simulator { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Simulator = await MediaSimulator.StartAsync(new() { SpecsFolder = Repository.PathOf("specs") });

        public ValueTask DisposeAsync() => Simulator.DisposeAsync();
    }
}
