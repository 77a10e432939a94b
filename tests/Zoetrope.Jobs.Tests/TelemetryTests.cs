using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Zoetrope.Simulator;

namespace Zoetrope.Jobs.Tests;

/// <summary>Declared providers are seen in traces and metrics under the same names and tags as those whose protocol is written by hand.</summary>
public sealed class TelemetryTests
{
    private const string Key = "never-in-telemetry";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Declarations => [.. DeclaredProvider.Declarations];

    [Theory]
    [MemberData(nameof(Declarations))]
    public async Task A_job_is_traced_and_counted(string declaration)
    {
        var provider = DeclaredProvider.At(declaration);
        var model = provider.Description.Models[0];
        var activities = new ConcurrentQueue<Activity>();
        var counts = new ConcurrentDictionary<string, double>();
        var tagNames = new ConcurrentDictionary<string, bool>();
        using var activityListener = Listen(provider.Description.Name, Key + declaration, activities);
        using var meterListener = Listen(provider.Description.Name, Key + declaration, counts, tagNames);
        await using var simulator = await MediaSimulator.StartAsync(
            new() { SpecsFolder = provider.Folder, QueueTime = TimeSpan.Zero, JobDuration = TimeSpan.Zero }, Token);
        using var client = provider.Connect(Key, options => options.BaseUrl = new Uri(simulator.BaseUrl, provider.Description.Name));

        using var mine = new ActivitySource(Key + declaration).StartActivity("test");
        var job = await client.SubmitAsync(model.Endpoint.Id, DeclaredProvider.InputOf(model), cancellationToken: Token);
        await job.WaitAsync(cancellationToken: Token);
        mine!.Stop();

        Assert.Equal(["zoetrope.submit", "zoetrope.wait"], activities.Select(activity => activity.OperationName));
        Assert.All(activities, activity => Assert.Equal(
            (provider.Description.Name, model.Endpoint.Id, job.Handle.JobId),
            (activity.GetTagItem("zoetrope.provider"), activity.GetTagItem("zoetrope.endpoint"), activity.GetTagItem("zoetrope.job_id"))));
        Assert.All(activities, activity => Assert.DoesNotContain(activity.TagObjects, tag => $"{tag.Value}".Contains(Key, StringComparison.Ordinal)));
        Assert.Equal((1, 1), (counts["zoetrope.submits accepted"], counts["zoetrope.jobs completed"]));
        Assert.True(counts["zoetrope.polls"] >= 1);
        Assert.Contains("zoetrope.job.duration completed", counts.Keys);
        // The unit is of those that are billed in units.
        Assert.Equal(
            ["zoetrope.endpoint", "zoetrope.outcome", "zoetrope.provider"],
            tagNames.Keys.Where(static name => name != "zoetrope.unit").Order(StringComparer.Ordinal));
    }

    private static ActivityListener Listen(string provider, string source, ConcurrentQueue<Activity> activities)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = listened => listened.Name == "Zoetrope" || listened.Name == source,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                if (activity.Source.Name == "Zoetrope" && Equals(activity.GetTagItem("zoetrope.provider"), provider) && IsWithin(activity, source))
                    activities.Enqueue(activity);
            },
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    private static MeterListener Listen(
        string provider, string source, ConcurrentDictionary<string, double> counts, ConcurrentDictionary<string, bool> tagNames)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == "Zoetrope")
                    self.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Count(instrument, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Count(instrument, value, tags));
        listener.Start();
        return listener;

        void Count(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            var named = tags.ToArray().ToDictionary(tag => tag.Key, tag => tag.Value);
            if (!Equals(named.GetValueOrDefault("zoetrope.provider"), provider) || !IsWithin(Activity.Current, source))
                return;
            foreach (var name in named.Keys)
                tagNames.TryAdd(name, true);
            var outcome = named.TryGetValue("zoetrope.outcome", out var text) ? $" {text}" : "";
            counts.AddOrUpdate(instrument.Name + outcome, value, (_, before) => before + value);
        }
    }

    // Other tests use the same providers at the same time; what is caused by this test is below its own activity.
    private static bool IsWithin(Activity? activity, string source)
    {
        for (; activity is not null; activity = activity.Parent)
        {
            if (activity.Source.Name == source)
                return true;
        }
        return false;
    }
}
