using System.Diagnostics;
using System.Diagnostics.Metrics;
using Zoetrope.Costs;
using Zoetrope.Jobs;

namespace Zoetrope.Telemetry;

/// <summary>
/// The activities and meters named <c>Zoetrope</c>. They name providers, models, operations and jobs, and never contain keys, prompts or exception
/// messages. Without a listener they do nothing. Listeners belong to the program: an exception of a listener must neither lose the handle of a paid job nor
/// hide the outcome, and is not propagated.
/// </summary>
internal static class Instrumentation
{
    private const string Name = "Zoetrope";

    // A job takes from a second to an hour, and costs from a tenth of a cent to many dollars; the usual buckets are of milliseconds.
    private static readonly double[] JobSeconds = [0.5, 1, 2, 5, 10, 20, 30, 60, 120, 180, 300, 600, 1200, 1800, 3600];
    private static readonly double[] CallSeconds = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];
    private static readonly double[] Dollars = [0.001, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100];

    private static readonly ActivitySource Source = new(Name);
    private static readonly Meter Meter = new(Name);
    private static readonly Counter<long> Submits = Meter.CreateCounter<long>("zoetrope.submits", "{submit}", "Jobs submitted, by whether they were accepted.");
    private static readonly Counter<long> SubmitRetries =
        Meter.CreateCounter<long>("zoetrope.submit.retries", "{submit}", "Submits retried after a definite rejection.");
    private static readonly Counter<long> Polls = Meter.CreateCounter<long>("zoetrope.polls", "{poll}", "Requests for the status or the result of a job.");
    private static readonly Counter<long> PollFailures = Meter.CreateCounter<long>("zoetrope.poll.failures", "{poll}", "Polls without a usable response.");
    private static readonly Counter<long> Jobs = Meter.CreateCounter<long>("zoetrope.jobs", "{job}", "Jobs that were seen to end, by outcome.");
    private static readonly Histogram<double> Durations =
        Meter.CreateHistogram("zoetrope.job.duration", "s", "From the submit to the end of a job, as this process saw it.", null, Buckets(JobSeconds));

    private static readonly Histogram<double> Costs =
        Meter.CreateHistogram("zoetrope.job.cost", "USD", "What jobs cost, where it is billed in dollars.", null, Buckets(Dollars));
    private static readonly Histogram<double> Units =
        Meter.CreateHistogram<double>("zoetrope.job.units", "{unit}", "The units that jobs are billed, such as credits, where it is not known in dollars.");

    private static readonly Counter<long> Calls = Meter.CreateCounter<long>("zoetrope.calls", "{call}", "Calls of operations, by whether they succeeded.");
    private static readonly Counter<long> CallRetries =
        Meter.CreateCounter<long>("zoetrope.call.retries", "{call}", "Calls retried after a definite rejection.");
    private static readonly Histogram<double> CallDurations =
        Meter.CreateHistogram(
            "zoetrope.call.duration", "s", "From a call to its response, or to the headers of a streamed one.", null, Buckets(CallSeconds));

    public static TelemetrySpan Start(string operation, string? provider, string endpointId, JobHandle? handle = null)
    {
        var outer = Activity.Current;
        try
        {
            if (JobInstrumentation.Current is { } added)
                return new TelemetrySpan(added.Start(Source, operation, provider, endpointId, handle));
            var activity = Source.StartActivity(operation, ActivityKind.Client);
            activity?.SetTag("zoetrope.provider", provider);
            activity?.SetTag("zoetrope.endpoint", endpointId);
            var span = new TelemetrySpan(activity);
            if (handle is not null)
                span.SetJob(handle.JobId);
            return span;
        }
        catch (Exception)
        {
            // An exception of a listener; see the remarks of the class. The activity may have begun nevertheless: other listeners are waiting for its end.
            return new TelemetrySpan(Activity.Current is { } begun && begun != outer ? begun : null);
        }
    }

    /// <summary>Marks a span as failed with the type of the exception; the message may quote the service and is left out.</summary>
    public static void Fail(TelemetrySpan span, Exception exception) => span.Fail(exception);

    public static void SubmitFailed(string provider, string endpointId) => Add(Submits, provider, endpointId, "failed");

    /// <summary>Counts a job that was accepted, and returns the handle for the user.</summary>
    public static JobHandle Accepted(SubmitReceipt receipt)
    {
        var handle = receipt.Handle;
        Add(Submits, handle.Provider, handle.EndpointId, "accepted");
        return JobInstrumentation.Current?.Accepted(handle, receipt.Status) ?? handle;
    }

    public static void SubmitRetried(string provider, string endpointId, Exception failure)
    {
        Add(SubmitRetries, provider, endpointId, null);
        JobInstrumentation.Current?.Retried(failure);
    }

    public static void Polled(JobHandle handle, Exception? failure = null)
    {
        Add(Polls, handle.Provider, handle.EndpointId, null);
        if (failure is not null)
            Add(PollFailures, handle.Provider, handle.EndpointId, null);
        JobInstrumentation.Current?.Polled(handle, failure);
    }

    public static void Saw(JobHandle handle, JobStatus? previous, JobStatus status) => JobInstrumentation.Current?.Saw(handle, previous, status);

    /// <summary>Counts a job that has ended, once for a client.</summary>
    public static void Ended(JobHandle handle, JobState state, TimeSpan? duration, CountedJobs counted)
    {
        var outcome = state.Name();
        if (Jobs.Enabled && counted.IsFirst(handle, 'e'))
            Add(Jobs, handle.Provider, handle.EndpointId, outcome);
        if (duration is { } time)
            Record(Durations, time.TotalSeconds, handle.Provider, handle.EndpointId, outcome);
        JobInstrumentation.Current?.Ended(handle, state);
    }

    /// <summary>Whether somebody listens to the duration of calls.</summary>
    public static bool MeasuresCalls => CallDurations.Enabled;

    public static void Called(string provider, string operation, TimeProvider time, long? start, bool succeeded)
    {
        var outcome = succeeded ? "completed" : "failed";
        Add(Calls, provider, operation, outcome);
        if (start is { } began)
            Record(CallDurations, time.GetElapsedTime(began).TotalSeconds, provider, operation, outcome);
    }

    public static void CallRetried(string provider, string operation) => Add(CallRetries, provider, operation, null);

    public static void Received(JobHandle handle, JobOutput output) => JobInstrumentation.Current?.Received(handle, output);

    /// <summary>What a job has cost whose result was received, once for a client.</summary>
    public static void Billed(JobHandle handle, CostAmount cost, CountedJobs counted)
    {
        if (!(Costs.Enabled || Units.Enabled) || !counted.IsFirst(handle, 'b'))
            return;
        if (CostAmount.IsSameUnit(cost.Unit, CostAmount.Usd))
            Record(Costs, (double)cost.Value, handle.Provider, handle.EndpointId, null);
        else
            Record(Units, (double)cost.Value, handle.Provider, handle.EndpointId, cost.Unit, "zoetrope.unit");
    }

    private static InstrumentAdvice<double> Buckets(double[] bounds) => new() { HistogramBucketBoundaries = bounds };

    private static void Add(Counter<long> counter, string provider, string endpointId, string? outcome)
    {
        if (!counter.Enabled)
            return;
        try
        {
            counter.Add(1, Tags(provider, endpointId, outcome));
        }
        catch (Exception)
        {
            // An exception of a listener; see the remarks of the class.
        }
    }

    private static void Record(
        Histogram<double> histogram, double value, string provider, string endpointId, string? detail, string detailName = "zoetrope.outcome")
    {
        if (!histogram.Enabled)
            return;
        try
        {
            histogram.Record(value, Tags(provider, endpointId, detail, detailName));
        }
        catch (Exception)
        {
            // An exception of a listener; see the remarks of the class.
        }
    }

    private static TagList Tags(string provider, string endpointId, string? detail, string detailName = "zoetrope.outcome")
    {
        var tags = new TagList { { "zoetrope.provider", provider }, { "zoetrope.endpoint", endpointId } };
        if (detail is not null)
            tags.Add(detailName, detail);
        return tags;
    }
}
