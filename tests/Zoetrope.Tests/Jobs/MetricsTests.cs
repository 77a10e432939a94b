using System.Diagnostics.Metrics;
using Zoetrope.Json;
using static Zoetrope.Tests.FakeProtocol;

namespace Zoetrope.Tests;

public sealed class MetricsTests
{
    [Fact]
    public async Task Submits_polls_failures_and_outcomes_are_counted()
    {
        var counts = new Dictionary<string, double>();
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
                Assert.NotEqual("zoetrope.job_id", tag.Key);
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

        Assert.Equal(1, counts["zoetrope.submits accepted"]);
        Assert.Equal(5, counts["zoetrope.polls"]);
        Assert.Equal(1, counts["zoetrope.poll.failures"]);
        Assert.Equal(1, counts["zoetrope.jobs completed"]);
        Assert.Equal(time.Fired.Sum(pause => pause.TotalSeconds), counts["zoetrope.job.duration completed"], 3);
    }
}
