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

    private static readonly ActivitySource Source = new(Name);
    private static readonly Meter Meter = new(Name);
    private static readonly Counter<long> Submits = Meter.CreateCounter<long>("zoetrope.submits", "{submit}", "Jobs submitted, by whether they were accepted.");
    private static readonly Counter<long> SubmitRetries =
        Meter.CreateCounter<long>("zoetrope.submit.retries", "{submit}", "Submits retried after a definite rejection.");
    private static readonly Counter<long> Polls = Meter.CreateCounter<long>("zoetrope.polls", "{poll}", "Requests for the status or the result of a job.");
    private static readonly Counter<long> PollFailures = Meter.CreateCounter<long>("zoetrope.poll.failures", "{poll}", "Polls without a usable response.");
    private static readonly Counter<long> Jobs = Meter.CreateCounter<long>("zoetrope.jobs", "{job}", "Jobs that were seen to end, by outcome.");
    private static readonly Histogram<double> Durations =
        Meter.CreateHistogram<double>("zoetrope.job.duration", "s", "From the submit to the end of a job, as this process saw it.");

    private static readonly Histogram<double> Costs =
        Meter.CreateHistogram<double>("zoetrope.job.cost", "USD", "What jobs cost, where it is billed in dollars.");
    private static readonly Histogram<double> Units =
        Meter.CreateHistogram<double>("zoetrope.job.units", "{unit}", "The units that jobs are billed, such as credits, where it is not known in dollars.");

    private static readonly Counter<long> Calls = Meter.CreateCounter<long>("zoetrope.calls", "{call}", "Calls of operations, by whether they succeeded.");
    private static readonly Counter<long> CallRetries =
        Meter.CreateCounter<long>("zoetrope.call.retries", "{call}", "Calls retried after a definite rejection.");
    private static readonly Histogram<double> CallDurations =
        Meter.CreateHistogram<double>("zoetrope.call.duration", "s", "From a call to its response, or to the headers of a streamed one.");

    public static TelemetrySpan Start(string operation, string provider, string endpointId, string? jobId = null)
    {
        try
        {
            var activity = Source.StartActivity(operation, ActivityKind.Client);
            activity?.SetTag("zoetrope.provider", provider);
            activity?.SetTag("zoetrope.endpoint", endpointId);
            var span = new TelemetrySpan(activity);
            if (jobId is not null)
                span.SetJob(jobId);
            return span;
        }
        catch (Exception)
        {
            // An exception of a listener; see the remarks of the class.
            return default;
        }
    }

    /// <summary>Marks a span as failed with the type of the exception; the message may quote the service and is left out.</summary>
    public static void Fail(TelemetrySpan span, Exception exception) => span.Fail(exception);

    public static void Submitted(string provider, string endpointId, bool accepted) => Add(Submits, provider, endpointId, accepted ? "accepted" : "failed");

    public static void SubmitRetried(string provider, string endpointId) => Add(SubmitRetries, provider, endpointId, null);

    public static void Polled(JobHandle handle, bool failed)
    {
        Add(Polls, handle.Provider, handle.EndpointId, null);
        if (failed)
            Add(PollFailures, handle.Provider, handle.EndpointId, null);
    }

    public static void Ended(JobHandle handle, JobState state, TimeSpan? duration)
    {
        var outcome = state switch
        {
            JobState.Failed => "failed",
            JobState.Canceled => "cancelled",
            _ => "completed",
        };
        Add(Jobs, handle.Provider, handle.EndpointId, outcome);
        if (duration is { } time)
            Record(Durations, time.TotalSeconds, handle.Provider, handle.EndpointId, outcome);
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

    /// <summary>What a job has cost whose result was received; a job that is resumed and waited for again is counted again.</summary>
    public static void Billed(JobHandle handle, CostAmount cost) =>
        Record(CostAmount.IsSameUnit(cost.Unit, CostAmount.Usd) ? Costs : Units, (double)cost.Value, handle.Provider, handle.EndpointId, null);

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

    private static void Record(Histogram<double> histogram, double value, string provider, string endpointId, string? outcome)
    {
        if (!histogram.Enabled)
            return;
        try
        {
            histogram.Record(value, Tags(provider, endpointId, outcome));
        }
        catch (Exception)
        {
            // An exception of a listener; see the remarks of the class.
        }
    }

    private static TagList Tags(string provider, string endpointId, string? outcome)
    {
        var tags = new TagList { { "zoetrope.provider", provider }, { "zoetrope.endpoint", endpointId } };
        if (outcome is not null)
            tags.Add("zoetrope.outcome", outcome);
        return tags;
    }
}
