using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Zoetrope.Clients;
using Zoetrope.Fal;
using Zoetrope.Fal.Models;
using Zoetrope.Jobs;
using Zoetrope.Json;
using Zoetrope.Simulator;

namespace Zoetrope.AspNetCore.Tests;

/// <summary>The progress of a job, as a browser receives it over a socket.</summary>
public sealed class JobProgressTests
{
    private static readonly SimulatorOptions _brief = new() { QueueTime = TimeSpan.Zero, JobDuration = TimeSpan.FromMilliseconds(120) };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_browser_receives_each_change_with_new_log_lines_and_the_result()
    {
        var clock = new SimulatorClock(new DateTimeOffset(2026, 11, 29, 12, 0, 0, TimeSpan.Zero));
        await using var simulator = await MediaSimulator.StartAsync(
            new() { TimeProvider = clock, QueueTime = TimeSpan.FromSeconds(60), JobDuration = TimeSpan.FromSeconds(100) }, Token);
        using var fal = Client(simulator);
        var job = await SubmitAsync(fal);
        await using var app = await StartAsync(job, new() { IncludeLogs = true, PollInterval = TimeSpan.FromMilliseconds(5) });

        // Time passes when a status was received.
        var events = await ReadAsync(app, onEvent: () => clock.Advance(TimeSpan.FromSeconds(70)));

        Assert.Equal("result", events[^1].EventType);
        Assert.Equal("end", events[^1].EventId);
        Assert.All(events[..^1], static one => Assert.Equal("status", one.EventType));
        var statuses = events[..^1].Select(static one => JsonDocument.Parse(one.Data).RootElement).ToList();
        Assert.Equal(["queued", "running", "completed"], statuses.Select(static status => status.GetProperty("state").GetString()).Distinct());
        Assert.Equal(0, statuses[0].GetProperty("queuePosition").GetInt32());
        var lines = statuses.SelectMany(Lines).ToList();
        Assert.Equal("100% done.", lines[^1]);
        Assert.Equal(lines.Distinct(), lines);
        var result = JsonModel.FromUtf8<KlingVideoO3ProImageToVideo.Result>(System.Text.Encoding.UTF8.GetBytes(events[^1].Data));
        Assert.StartsWith(simulator.BaseUrl + "files/", result.Video.Url, StringComparison.Ordinal);
        Assert.Equal(1, simulator.Submits);
        Assert.Equal("", app.Log);
    }

    [Fact]
    public async Task The_response_is_not_cached_or_buffered_and_says_when_to_come_back()
    {
        await using var simulator = await MediaSimulator.StartAsync(_brief, Token);
        using var fal = Client(simulator);
        await using var app = await StartAsync(await SubmitAsync(fal), new() { Reconnect = TimeSpan.FromSeconds(7) });

        using var response = await app.Client.GetAsync("/progress", Token);

        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.ToString());
        Assert.Equal("no-store", response.Headers.CacheControl!.ToString());
        Assert.Equal("no", Assert.Single(response.Headers.GetValues("X-Accel-Buffering")));
        Assert.StartsWith("retry: 7000\n\n", await response.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_browser_that_comes_back_receives_no_log_line_twice_and_after_the_end_nothing()
    {
        await using var simulator = await MediaSimulator.StartAsync(_brief, Token);
        using var fal = Client(simulator);
        await using var app = await StartAsync(await SubmitAsync(fal), new() { IncludeLogs = true, PollInterval = TimeSpan.FromMilliseconds(5) });
        var whole = await ReadAsync(app);
        var all = whole[..^1].SelectMany(static one => Lines(JsonDocument.Parse(one.Data).RootElement)).ToList();

        var again = await ReadAsync(app, lastId: "1");
        using var end = Request(lastId: whole[^1].EventId);
        using var after = await app.Client.SendAsync(end, Token);

        Assert.Equal(all.Skip(1), again[..^1].SelectMany(static one => Lines(JsonDocument.Parse(one.Data).RootElement)));
        Assert.Equal(HttpStatusCode.NoContent, after.StatusCode);
    }

    [Fact]
    public async Task A_result_with_line_breaks_arrives_whole()
    {
        await using var simulator = await MediaSimulator.StartAsync(_brief, Token);
        using var fal = Client(simulator);
        await using var app = await StartAsync(await SubmitAsync(fal), new()
        {
            OnResult = static (result, _) => ValueTask.FromResult(RawJson.Parse($"{{\r\n  \"job\": \"{result.Handle.Provider}\",\r  \"n\":\n 1\n}}")),
        });

        var events = await ReadAsync(app);

        using var json = JsonDocument.Parse(events[^1].Data);
        Assert.Equal("fal", json.RootElement.GetProperty("job").GetString());
        Assert.Equal(1, json.RootElement.GetProperty("n").GetInt32());
    }

    [Fact]
    public async Task A_failed_job_ends_in_the_providers_words()
    {
        await using var simulator = await MediaSimulator.StartAsync(_brief, Token);
        simulator.AddFault(new SimulatorFault { Kind = FaultKind.JobFailure });
        using var fal = Client(simulator);
        var job = await SubmitAsync(fal);
        await using var app = await StartAsync(job, new() { PollInterval = TimeSpan.FromMilliseconds(5) });

        var last = (await ReadAsync(app))[^1];

        Assert.Equal(("failure", "end"), (last.EventType, last.EventId));
        using var json = JsonDocument.Parse(last.Data);
        Assert.Equal("failed", json.RootElement.GetProperty("state").GetString());
        var failure = await Assert.ThrowsAsync<JobFailedException>(() => job.WaitAsync(cancellationToken: Token));
        Assert.Equal(failure.Error.Message, json.RootElement.GetProperty("message").GetString());
        Assert.DoesNotContain(job.Handle.JobId, last.Data, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_job_that_is_not_there_ends_without_what_is_for_the_log()
    {
        await using var simulator = await MediaSimulator.StartAsync(_brief, Token);
        using var fal = Client(simulator);
        var job = fal.KlingVideoO3ProImageToVideo.Resume(new JobHandle("fal", KlingVideoO3ProImageToVideo.Endpoint.Id, Guid.NewGuid().ToString()));
        await using var app = await StartAsync(job, new() { PollInterval = TimeSpan.FromMilliseconds(5) });

        var last = (await ReadAsync(app))[^1];

        Assert.Equal("""{"state":"unknown","message":"The job cannot be followed."}""", last.Data);
        Assert.Contains(nameof(JobWatchException), app.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_browser_that_leaves_ends_the_polls_and_not_the_job()
    {
        await using var simulator = await MediaSimulator.StartAsync(
            new() { QueueTime = TimeSpan.Zero, JobDuration = TimeSpan.FromMinutes(10) }, Token);
        using var fal = Client(simulator);
        var job = await SubmitAsync(fal);
        await using var app = await StartAsync(job, new() { PollInterval = TimeSpan.FromMilliseconds(5), KeepAlive = TimeSpan.FromMilliseconds(10) });
        using (var request = Request())
        using (var response = await app.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token))
        using (var reader = new StreamReader(await response.Content.ReadAsStreamAsync(Token)))
        {
            // A comment keeps the connection, after the first status.
            while (await reader.ReadLineAsync(Token) != ":")
            {
            }
        }

        for (int polls = -1, attempts = 0; polls != simulator.Requests.Count; attempts++)
        {
            Assert.True(attempts < 100, "The polls do not end.");
            polls = simulator.Requests.Count;
            await Task.Delay(200, Token);
        }
        Assert.Equal(JobState.Running, (await job.GetStatusAsync(cancellationToken: Token)).State);
        Assert.DoesNotContain(simulator.Requests, static request => request.Operation == SimulatorOperation.Cancel);
        Assert.Equal("", app.Log);
    }

    [Fact]
    public async Task An_app_that_stops_does_not_wait_for_jobs()
    {
        await using var simulator = await MediaSimulator.StartAsync(
            new() { QueueTime = TimeSpan.Zero, JobDuration = TimeSpan.FromMinutes(10) }, Token);
        using var fal = Client(simulator);
        IHostApplicationLifetime? lifetime = null;
        await using var app = await TestApp.StartAsync(app =>
        {
            lifetime = app.Lifetime;
            Map(app, fal.Resume(KlingVideoO3ProImageToVideo.Endpoint, SubmitAsync(fal).GetAwaiter().GetResult().Handle), new());
        });
        using var request = Request();
        using var response = await app.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);

        lifetime!.StopApplication();

        // The response ends, so that the browser comes back to another instance.
        Assert.DoesNotContain("id: end", await response.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_apps_own_code_throws_is_logged_and_the_browser_comes_back()
    {
        await using var simulator = await MediaSimulator.StartAsync(_brief, Token);
        using var fal = Client(simulator);
        var failures = 1;
        await using var app = await StartAsync(await SubmitAsync(fal), new()
        {
            OnResult = (result, _) => failures-- > 0 ? throw new InvalidOperationException("the store is full") : ValueTask.FromResult(result.Raw),
        });

        var first = await ReadAsync(app);
        var second = await ReadAsync(app, lastId: first[^1].EventId);

        Assert.Equal("status", first[^1].EventType);
        Assert.Equal("result", second[^1].EventType);
        Assert.Contains("the store is full", app.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failure_of_another_job_in_the_apps_own_code_is_not_that_of_the_job()
    {
        await using var simulator = await MediaSimulator.StartAsync(_brief, Token);
        using var fal = Client(simulator);
        await using var app = await StartAsync(await SubmitAsync(fal), new()
        {
            OnResult = static (result, _) => throw new JobFailedException(result.Handle, null, new() { Message = "the upscaler failed" }),
        });

        var events = await ReadAsync(app);

        Assert.Equal("status", events[^1].EventType);
        Assert.Contains("the upscaler failed", app.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_connection_is_kept_while_the_app_works_on_the_result()
    {
        await using var simulator = await MediaSimulator.StartAsync(_brief, Token);
        using var fal = Client(simulator);
        var stored = new TaskCompletionSource();
        await using var app = await StartAsync(await SubmitAsync(fal), new()
        {
            KeepAlive = TimeSpan.FromMilliseconds(5),
            OnResult = async (result, _) =>
            {
                await stored.Task;
                return result.Raw;
            },
        });
        using var request = Request();
        using var response = await app.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(Token));
        while (await reader.ReadLineAsync(Token) is { } line && !line.Contains("completed", StringComparison.Ordinal))
        {
        }
        while (await reader.ReadLineAsync(Token) is { } line && line != ":")
        {
        }

        stored.SetResult();

        Assert.Contains("event: result", await reader.ReadToEndAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Times_are_validated_before_anything_is_sent()
    {
        await using var simulator = await MediaSimulator.StartAsync(_brief, Token);
        using var fal = Client(simulator);
        var job = await SubmitAsync(fal);

        Assert.Throws<ArgumentOutOfRangeException>(() => Results.Extensions.JobProgress(job, new() { KeepAlive = TimeSpan.Zero }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Results.Extensions.JobProgress(job, new() { Reconnect = TimeSpan.FromSeconds(-1) }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Results.Extensions.JobProgress(job, new() { PollInterval = TimeSpan.Zero }));
    }

    [Fact]
    public async Task An_endpoint_says_what_it_returns()
    {
        await using var simulator = await MediaSimulator.StartAsync(_brief, Token);
        using var fal = Client(simulator);
        var job = await SubmitAsync(fal);
        EndpointDataSource? endpoints = null;
        await using var app = await TestApp.StartAsync(app =>
        {
            app.MapGet("/typed", JobProgressResult<KlingVideoO3ProImageToVideo.Result> () => Results.Extensions.JobProgress(job));
            endpoints = app.Services.GetRequiredService<EndpointDataSource>();
        });

        var responses = Assert.Single(endpoints!.Endpoints).Metadata.GetOrderedMetadata<IProducesResponseTypeMetadata>();

        Assert.Contains(responses, static response => response.StatusCode == 200 && response.ContentTypes.Contains("text/event-stream"));
        Assert.Contains(responses, static response => response.StatusCode == 204);
    }

    private static FalClient Client(MediaSimulator simulator) => new(new() { BaseUrl = simulator.BaseUrl, ApiKey = "any" });

    private static Task<Job<KlingVideoO3ProImageToVideo.Result>> SubmitAsync(FalClient fal) => fal.KlingVideoO3ProImageToVideo.SubmitAsync(
        new() { ImageUrl = "https://example.com/a.png", Prompt = "She walks" }, cancellationToken: Token);

    private static Task<TestApp> StartAsync<TResult>(Job<TResult> job, JobProgressOptions<TResult> options) =>
        TestApp.StartAsync(app => Map(app, job, options));

    private static void Map<TResult>(WebApplication app, Job<TResult> job, JobProgressOptions<TResult> options) =>
        app.MapGet("/progress", IResult () => Results.Extensions.JobProgress(job, options));

    private static HttpRequestMessage Request(string? lastId = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/progress");
        if (lastId is not null)
            request.Headers.Add("Last-Event-ID", lastId);
        return request;
    }

    private static async Task<List<SseItem<string>>> ReadAsync(TestApp app, string? lastId = null, Action? onEvent = null)
    {
        using var request = Request(lastId);
        using var response = await app.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);
        var items = new List<SseItem<string>>();
        await foreach (var item in SseParser.Create(await response.Content.ReadAsStreamAsync(Token)).EnumerateAsync(Token))
        {
            items.Add(item);
            onEvent?.Invoke();
        }
        return items;
    }

    private static IEnumerable<string> Lines(JsonElement status) =>
        status.TryGetProperty("logs", out var logs) ? logs.EnumerateArray().Select(static line => line.GetProperty("message").GetString()!) : [];
}
