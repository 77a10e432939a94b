using System.Diagnostics;
using Zoetrope.Jobs;

namespace Zoetrope.Extensions.OpenTelemetry.Spans;

/// <summary>The activity of a submit, a wait or a run, and what happens within it.</summary>
/// <param name="activity">The activity.</param>
internal readonly struct JobSpan(Activity activity)
{
    // A wait of hours may fail and move in the queue more often than anybody reads, and every event costs memory until the end.
    private const int MostEvents = 64;

    // Changes of the state are few, and what others must leave room for. Exporters drop what exceeds 128, which is the end.
    private const int MostStates = 120;

    /// <summary>The activity of this flow; null where there is none of that name, or where it is not recorded.</summary>
    public static JobSpan? Current(string name) =>
        Activity.Current is { IsAllDataRequested: true } current && IsOurs(current) && current.OperationName == name ? new JobSpan(current) : null;

    /// <summary>The activity of this flow that follows a job; null where there is none, or where it is not recorded.</summary>
    public static JobSpan? CurrentWait() => Current("zoetrope.wait") ?? Current("zoetrope.watch");

    /// <summary>The activity of this flow that sends what is billed; null where there is none, or where it is not recorded.</summary>
    public static JobSpan? CurrentSubmit() => Current("zoetrope.submit") ?? Current("zoetrope.run");

    /// <summary>Notes that the job was accepted.</summary>
    /// <returns>The context of the trace for the handle; null where it will not be exported, or has another format.</returns>
    public string? Accepted(JobHandle handle)
    {
        SetJob(handle.JobId);
        if (Run() is { } run)
        {
            run.SetTag("zoetrope.job_id", handle.JobId).SetTag("gen_ai.response.id", handle.JobId);
            // A router has chosen them now.
            run.SetTag("zoetrope.provider", handle.Provider).SetTag("zoetrope.endpoint", handle.EndpointId).SetTag("gen_ai.provider.name", handle.Provider);
        }
        return activity is { Recorded: true, IdFormat: ActivityIdFormat.W3C } ? activity.Id : null;
    }

    public void Retried(Exception failure)
    {
        Count("zoetrope.submit.retries");
        Add("zoetrope.retry", new() { { "error.type", failure.GetType().Name } });
    }

    public void Polled(Exception? failure)
    {
        Count("zoetrope.polls");
        if (failure is null)
            return;
        Count("zoetrope.poll.failures");
        Add("zoetrope.poll.failure", new() { { "error.type", failure.GetType().Name } });
    }

    public void Saw(JobStatus? previous, JobStatus status)
    {
        // The first poll may see what the receipt said, which is not in this span.
        var isOfSameState = previous?.State == status.State && activity.Events.Any(static entry => entry.Name == "zoetrope.status");
        if (isOfSameState && previous!.QueuePosition == status.QueuePosition)
            return;
        var tags = new ActivityTagsCollection { { "zoetrope.state", status.State.Name() } };
        if (status.QueuePosition is { } position)
            tags.Add("zoetrope.queue.position", position);
        Add("zoetrope.status", tags, status.IsTerminal ? int.MaxValue : isOfSameState ? MostEvents : MostStates);
    }

    public void Received(JobOutput output)
    {
        Add("zoetrope.result", [], int.MaxValue);
        var facts = ResultFacts.Of(output);
        foreach (var (name, value) in facts)
        {
            activity.SetTag(name, value);
            Run()?.SetTag(name, value);
        }
    }

    /// <summary>Notes the result of a run that has no job.</summary>
    public void Ran(JobOutput output)
    {
        if (output.RequestId is { } id)
            activity.SetTag("gen_ai.response.id", id);
        foreach (var (name, value) in ResultFacts.Of(output))
            activity.SetTag(name, value);
    }

    private static bool IsOurs(Activity activity) => activity.Source.Name == "Zoetrope";

    private Activity? Run() => activity.Parent is { OperationName: "zoetrope.run" } run && IsOurs(run) ? run : null;

    private void Count(string name) => activity.SetTag(name, activity.GetTagItem(name) is int count ? count + 1 : 1);

    // A request for several jobs is one submit, and names none of them.
    private void SetJob(string jobId)
    {
        if (activity.GetTagItem("zoetrope.submit.jobs") is null && activity.GetTagItem("gen_ai.response.id") is null)
        {
            activity.SetTag("gen_ai.response.id", jobId);
            return;
        }
        activity.SetTag("gen_ai.response.id", null);
        activity.SetTag("zoetrope.submit.jobs", activity.GetTagItem("zoetrope.submit.jobs") is int jobs ? jobs + 1 : 2);
    }

    private void Add(string name, ActivityTagsCollection tags, int most = MostEvents)
    {
        if (activity.Events.Count() < most)
            activity.AddEvent(new ActivityEvent(name, tags: tags));
    }
}
