using System.Diagnostics;
using System.Diagnostics.Metrics;
using Zoetrope.Errors;
using Zoetrope.Http;
using Zoetrope.Jobs;
using Zoetrope.Json;
using static Zoetrope.Tests.FakeProtocol;

namespace Zoetrope.Tests;

public sealed class MetricsTests
{
    [Fact]
    public async Task Submits_polls_failures_and_outcomes_are_counted()
    {
        var counts = new Dictionary<string, double>();
        var names = new HashSet<string>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == "Zoetrope")
                    self.EnableMeasurementEvents(instrument);
            },
        };
        void Count(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            var mine = false;
            var outcome = "";
            foreach (var tag in tags)
            {
                mine |= tag is { Key: "zoetrope.provider", Value: "counted" };
                if (tag.Key == "zoetrope.outcome")
                    outcome = $" {tag.Value}";
                names.Add(tag.Key);
            }
            if (mine)
                counts[instrument.Name + outcome] = counts.GetValueOrDefault(instrument.Name + outcome) + value;
        }
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Count(instrument, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Count(instrument, value, tags));
        listener.Start();
        var time = new FakeTime();
        var protocol = new FakeProtocol("counted");
        protocol.Statuses.Add(Says(JobState.Running));
        protocol.Statuses.Add(Throws(new TransportException("x", TransportFailure.Broken)));
        protocol.Statuses.Add(Says(JobState.Completed));
        using var client = new FakeClient(protocol, new MediaClientOptions { TimeProvider = time, Jitter = new Random(1) });

        var job = await client.SubmitAsync("m", RawJson.Parse("{}"));
        await time.RunAsync(() => job.WaitAsync());
        await time.RunAsync(() => job.WaitAsync());

        Assert.DoesNotContain("zoetrope.job_id", names);
        Assert.Equal(1, counts["zoetrope.submits accepted"]);
        Assert.Equal(5, counts["zoetrope.polls"]);
        Assert.Equal(1, counts["zoetrope.poll.failures"]);
        Assert.Equal(1, counts["zoetrope.jobs completed"]);
        Assert.Equal(time.Fired.Sum(pause => pause.TotalSeconds), counts["zoetrope.job.duration completed"], 3);
    }

    [Fact]
    public async Task A_listener_that_throws_costs_neither_the_handle_nor_the_result()
    {
        using var meters = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == "Zoetrope")
                    self.EnableMeasurementEvents(instrument);
            },
        };
        void Throw(ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            foreach (var tag in tags)
            {
                if (tag is { Key: "zoetrope.provider", Value: "thrown" })
                    throw new InvalidOperationException("mine");
            }
        }
        meters.SetMeasurementEventCallback<long>((_, _, tags, _) => Throw(tags));
        meters.SetMeasurementEventCallback<double>((_, _, tags, _) => Throw(tags));
        meters.Start();
        var stopped = 0;
        using var activities = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Zoetrope",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                if (!Equals(activity.GetTagItem("zoetrope.provider"), "thrown"))
                    return;
                stopped++;
                throw new InvalidOperationException("mine");
            },
        };
        ActivitySource.AddActivityListener(activities);
        var time = new FakeTime();
        using var client = new FakeClient(new FakeProtocol("thrown"), new MediaClientOptions { TimeProvider = time });

        var job = await client.SubmitAsync("m", RawJson.Parse("{}"));
        var result = await time.RunAsync(() => job.WaitAsync());

        Assert.Equal("job-1", job.Handle.JobId);
        Assert.Single(result.Media);
        Assert.Equal(2, stopped);
    }
}
