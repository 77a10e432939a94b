using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Zoetrope.Protocol;

/// <summary>
/// The activities and meters of the name <c>Zoetrope</c>. They name providers, models, operations and jobs, and never hold keys, prompts or messages of exceptions.
/// Without a listener they do nothing.
/// </summary>
internal static class Telemetry
{
    private const string Name = "Zoetrope";

    private static readonly ActivitySource Source = new(Name);
    private static readonly Meter Meter = new(Name);
    private static readonly Counter<long> Submits = Meter.CreateCounter<long>("zoetrope.submits", "{submit}", "Jobs submitted, by whether they were accepted.");
    private static readonly Counter<long> SubmitRetries = Meter.CreateCounter<long>("zoetrope.submit.retries", "{submit}", "Submits sent again because the one before surely was not accepted.");
    private static readonly Counter<long> Polls = Meter.CreateCounter<long>("zoetrope.polls", "{poll}", "Requests for the status or the result of a job.");
    private static readonly Counter<long> PollFailures = Meter.CreateCounter<long>("zoetrope.poll.failures", "{poll}", "Polls without a usable answer.");
    private static readonly Counter<long> Jobs = Meter.CreateCounter<long>("zoetrope.jobs", "{job}", "Jobs that were seen to end, by outcome.");
    private static readonly Histogram<double> Durations = Meter.CreateHistogram<double>("zoetrope.job.duration", "s", "From the submit to the end of a job, as this process saw it.");

    private static readonly Counter<long> Calls = Meter.CreateCounter<long>("zoetrope.calls", "{call}", "Calls of operations, by whether they succeeded.");
    private static readonly Counter<long> CallRetries = Meter.CreateCounter<long>("zoetrope.call.retries", "{call}", "Calls sent again because the one before surely was not accepted.");
    private static readonly Histogram<double> CallDurations = Meter.CreateHistogram<double>("zoetrope.call.duration", "s", "From a call to its answer, or to the head of one that is streamed.");

    public static Activity? Start(string operation, string provider, string endpointId, string? jobId = null)
    {
        var activity = Source.StartActivity(operation, ActivityKind.Client);
        if (activity is null)
            return null;
        activity.SetTag("zoetrope.provider", provider);
        activity.SetTag("zoetrope.endpoint", endpointId);
        if (jobId is not null)
            activity.SetTag("zoetrope.job_id", jobId);
        return activity;
    }

    /// <summary>Marks an activity as failed with the kind of exception; its message may quote the service and stays out.</summary>
    public static void Fail(Activity? activity, Exception exception)
    {
        activity?.SetTag("error.type", exception.GetType().Name);
        activity?.SetStatus(ActivityStatusCode.Error);
    }

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
            JobState.Cancelled => "cancelled",
            _ => "completed",
        };
        Add(Jobs, handle.Provider, handle.EndpointId, outcome);
        if (duration is { } time && Durations.Enabled)
            Durations.Record(time.TotalSeconds, Tags(handle.Provider, handle.EndpointId, outcome));
    }

    public static void Called(string provider, string operation, TimeSpan duration, bool succeeded)
    {
        var outcome = succeeded ? "completed" : "failed";
        Add(Calls, provider, operation, outcome);
        if (CallDurations.Enabled)
            CallDurations.Record(duration.TotalSeconds, Tags(provider, operation, outcome));
    }

    public static void CallRetried(string provider, string operation) => Add(CallRetries, provider, operation, null);

    private static void Add(Counter<long> counter, string provider, string endpointId, string? outcome)
    {
        if (counter.Enabled)
            counter.Add(1, Tags(provider, endpointId, outcome));
    }

    private static TagList Tags(string provider, string endpointId, string? outcome)
    {
        var tags = new TagList { { "zoetrope.provider", provider }, { "zoetrope.endpoint", endpointId } };
        if (outcome is not null)
            tags.Add("zoetrope.outcome", outcome);
        return tags;
    }
}
