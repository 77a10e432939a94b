using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net;
using Zoetrope.Errors;
using Zoetrope.Operations;
using static Zoetrope.TestKit.FakeServer;

namespace Zoetrope.Tests;

/// <summary>When a call is sent again, when no more attempts are made, and what is reported about it.</summary>
public sealed class CallRuleTests
{
    // Deadlines are longer, and do not fire by themselves.
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(60);

    private static readonly Func<Exchange, Task> TooMany = Reply(429, """{"message":"slow down"}""", "Retry-After: 7");
    private static readonly Func<Exchange, Task> Done = Reply(200, """{"id":"a"}""");

    [Fact]
    public async Task A_rate_limited_call_is_sent_again_when_the_service_asks()
    {
        await using var server = new FakeServer(TooMany, TooMany, Done);
        var time = new FakeTime { FireAtOnce = LongestDelay };
        using var client = DemoClient.At(server.Url, options => options.TimeProvider = time);
        var statuses = new List<HttpStatusCode>();

        var asset = await client.CreateAssetAsync(new() { Name = "n" }, new() { OnResponse = head => statuses.Add(head.StatusCode) });

        Assert.Equal("a", asset?.Id);
        Assert.Equal(2, time.Fired.Count(length => length == TimeSpan.FromSeconds(7)));
        Assert.Equal([HttpStatusCode.TooManyRequests, HttpStatusCode.TooManyRequests, HttpStatusCode.OK], statuses);
        Assert.All(server.Requests, static request => Assert.EndsWith("""{"name":"n"}""", request));
    }

    [Fact]
    public async Task A_call_is_sent_as_often_as_allowed_and_the_last_error_is_thrown()
    {
        await using var server = new FakeServer(TooMany);
        var time = new FakeTime { FireAtOnce = LongestDelay };
        using var client = DemoClient.At(server.Url, options => (options.TimeProvider, options.Attempts) = (time, 2));

        var exception = await Assert.ThrowsAsync<ServiceException<Demo.Problem>>(() => client.CreateAssetAsync(new()));

        Assert.Equal("slow down", exception.Details.Message);
        Assert.Equal(2, server.Requests.Length);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(408)]
    public async Task A_call_that_may_have_been_accepted_is_not_sent_again(int status)
    {
        await using var server = new FakeServer(Reply(status, "{}", "Retry-After: 0"), Done);
        using var client = DemoClient.At(server.Url);

        await Assert.ThrowsAnyAsync<ServiceException>(() => client.CreateAssetAsync(new()));

        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_broken_connection_is_reported_and_the_call_is_not_sent_again()
    {
        await using var server = new FakeServer(Reset);
        using var client = DemoClient.At(server.Url);

        var exception = await Assert.ThrowsAsync<TransportException>(() => client.CreateAssetAsync(new()));

        Assert.Equal(TransportFailure.Broken, exception.Failure);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Where_no_server_listens_it_is_tried_as_often_as_allowed()
    {
        var time = new FakeTime { FireAtOnce = LongestDelay };
        using var client = DemoClient.At(Nowhere(), options => (options.TimeProvider, options.Attempts, options.Jitter) = (time, 4, new Random(1)));

        var exception = await Assert.ThrowsAsync<TransportException>(() => client.GetAssetAsync("a"));

        Assert.Equal(TransportFailure.NotConnected, exception.Failure);
        Assert.Equal(3, time.Fired.Count);
        Assert.Equal(time.Fired.Order(), time.Fired);
    }

    [Fact]
    public async Task A_deadline_is_distinguished_from_a_cancellation()
    {
        await using var server = new FakeServer(Hang);
        var time = new FakeTime();
        using var client = DemoClient.At(server.Url, options => options.TimeProvider = time);
        using var source = new CancellationTokenSource();

        var late =
            await Assert.ThrowsAsync<TransportException>(() => time.RunAsync(() => client.GetAssetAsync("a", new() { Timeout = TimeSpan.FromSeconds(3) })));
        var call = client.GetAssetAsync("a", cancellationToken: source.Token);
        await source.CancelAsync();
        var cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);

        Assert.Equal(TransportFailure.TimedOut, late.Failure);
        Assert.Contains("did not respond within 00:00:03", late.Message);
        Assert.Equal(source.Token, cancelled.CancellationToken);
    }

    [Fact]
    public async Task A_wait_before_the_next_attempt_can_be_canceled()
    {
        await using var server = new FakeServer(TooMany);
        using var client = DemoClient.At(server.Url, static options => options.TimeProvider = new FakeTime());
        using var source = new CancellationTokenSource();

        var call = client.GetAssetAsync("a", new() { OnResponse = _ => source.Cancel() }, source.Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_call_that_is_canceled_already_sends_nothing()
    {
        await using var server = new FakeServer(Done);
        using var client = DemoClient.At(server.Url);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.GetAssetAsync("a", cancellationToken: new CancellationToken(true)));

        Assert.Empty(server.Requests);
    }

    [Fact]
    public void Options_that_make_no_sense_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ApiClientOptions { Timeout = TimeSpan.Zero });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ApiClientOptions { Attempts = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ApiClientOptions { MaxResponseBytes = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new CallOptions { Timeout = TimeSpan.FromSeconds(-5) });
        Assert.Null(new CallOptions { Timeout = null }.Timeout);
    }

    [Fact]
    public async Task Calls_are_counted_and_traced_without_their_content()
    {
        var name = $"Demo{Guid.NewGuid():N}";
        var measured = new List<string>();
        var activities = new List<Activity>();
        using var meters = new MeterListener
        {
            InstrumentPublished = static (instrument, listener) =>
            {
                if (instrument.Meter.Name == "Zoetrope")
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        meters.SetMeasurementEventCallback<long>((instrument, _, tags, _) => Note(instrument, tags));
        meters.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Note(instrument, tags));
        meters.Start();
        using var traces = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == "Zoetrope",
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                if (Equals(activity.GetTagItem("zoetrope.provider"), name))
                    activities.Add(activity);
            },
        };
        ActivitySource.AddActivityListener(traces);
        await using var server = new FakeServer(Reply(429, "{}", "Retry-After: 0"), Done, Reply(500, """{"message":"secret words"}"""));
        using var client = new DemoClient(
            new()
            {
                BaseUrl = server.Url,
                ApiKey = TestTransport.Key,
                TimeProvider = new FakeTime { FireAtOnce = TimeSpan.Zero }
            }, DemoClient.Definition with { Name = name });

        await client.GetAssetAsync("a");
        await Assert.ThrowsAsync<ServiceException>(() => client.DeleteAssetAsync("secret-asset"));

        Assert.Equal(
            [
                "zoetrope.call.retries GetAsset ",
                "zoetrope.calls GetAsset completed", "zoetrope.call.duration GetAsset completed",
                "zoetrope.calls DeleteAsset failed", "zoetrope.call.duration DeleteAsset failed",
            ],
            measured);
        Assert.Equal(["GetAsset", "DeleteAsset"], activities.Select(static activity => activity.GetTagItem("zoetrope.endpoint")));
        Assert.All(activities, static activity => Assert.Equal("zoetrope.call", activity.OperationName));
        Assert.Equal("ServiceException", activities[1].GetTagItem("error.type"));
        Assert.DoesNotContain("secret", string.Join(' ', activities.SelectMany(static activity => activity.TagObjects)) + activities[1].StatusDescription);

        void Note(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            var all = tags.ToArray().ToDictionary();
            if (Equals(all["zoetrope.provider"], name))
                measured.Add($"{instrument.Name} {all["zoetrope.endpoint"]} {all.GetValueOrDefault("zoetrope.outcome")}");
        }
    }
}
