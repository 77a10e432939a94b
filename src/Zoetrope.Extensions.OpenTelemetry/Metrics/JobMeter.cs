using System.Diagnostics;
using System.Diagnostics.Metrics;
using Zoetrope.Jobs;

namespace Zoetrope.Extensions.OpenTelemetry.Metrics;

/// <summary>
/// The metrics that need to know a job from one status to the next: how many are in flight, how long they queue and run. Their attributes name providers and
/// models, never jobs.
/// </summary>
internal sealed class JobMeter
{
    // A job takes from a second to an hour.
    private static readonly double[] Seconds = [0.5, 1, 2, 5, 10, 20, 30, 60, 120, 180, 300, 600, 1200, 1800, 3600];

    // Those of the convention, and beyond them up to an hour and a half.
    private static readonly double[] OperationSeconds =
        [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92, 163.84, 327.68, 655.36, 1310.72, 2621.44, 5242.88];

    private readonly FollowedJobs _jobs = new();
    private readonly Histogram<double> _queueTimes;
    private readonly Histogram<double> _runTimes;
    private readonly Histogram<double> _operations;
    private readonly ObservableUpDownCounter<long> _inFlight;

    public JobMeter()
    {
        var meter = new Meter("Zoetrope");
        _queueTimes = meter.CreateHistogram(
            "zoetrope.job.queue_time", "s", "From the submit of a job until it was first seen running.", null, Buckets(Seconds));
        _runTimes = meter.CreateHistogram("zoetrope.job.run_time", "s", "From when a job was first seen running until its end.", null, Buckets(Seconds));
        _operations = meter.CreateHistogram(
            "gen_ai.client.operation.duration", "s", "From the submit to the end of a job, as the convention names it.", null, Buckets(OperationSeconds));
        _inFlight = meter.CreateObservableUpDownCounter(
            "zoetrope.jobs.in_flight", InFlight, "{job}", "Jobs that this process has submitted or follows, and has not seen end.");
    }

    // Without a listener, nothing is kept.
    private bool IsOn => _inFlight.Enabled || _queueTimes.Enabled || _runTimes.Enabled || _operations.Enabled;

    public void Accepted(JobHandle handle, JobStatus status)
    {
        if (IsOn && !status.IsTerminal)
            _jobs.Accept(handle, status.State);
    }

    public void Forget() => _jobs.Clear();

    public void Heard(JobHandle handle)
    {
        if (IsOn)
            _jobs.Hear(handle);
    }

    public void Saw(JobHandle handle, JobState state)
    {
        if (IsOn && _jobs.See(handle, state) is { } queued)
            _queueTimes.Record(queued.TotalSeconds, TagsOf(handle));
    }

    public void Ended(JobHandle handle, JobState state)
    {
        if (!IsOn || _jobs.End(handle) is not { } times)
            return;
        var tags = TagsOf(handle);
        if (times.Queued is { } queued)
            _queueTimes.Record(queued.TotalSeconds, tags);
        tags.Add("zoetrope.outcome", state.Name());
        if (times.Ran is { } ran)
            _runTimes.Record(ran.TotalSeconds, tags);
        if (times.Total is not { } total)
            return;
        var named = new TagList
        {
            { "gen_ai.operation.name", "generate_content" }, { "gen_ai.provider.name", handle.Provider }, { "gen_ai.request.model", handle.EndpointId },
        };
        if (state is not JobState.Completed)
            named.Add("error.type", state == JobState.Failed ? nameof(JobFailedException) : nameof(JobCanceledException));
        _operations.Record(total.TotalSeconds, named);
    }

    private static TagList TagsOf(JobHandle handle) => new() { { "zoetrope.provider", handle.Provider }, { "zoetrope.endpoint", handle.EndpointId } };

    private static InstrumentAdvice<double> Buckets(double[] bounds) => new() { HistogramBucketBoundaries = bounds };

    private IEnumerable<Measurement<long>> InFlight() => _jobs.Count().Select(static model => new Measurement<long>(
        model.Count, new("zoetrope.provider", model.Provider), new KeyValuePair<string, object?>("zoetrope.endpoint", model.EndpointId)));
}
