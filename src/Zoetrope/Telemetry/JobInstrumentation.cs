using System.ComponentModel;
using System.Diagnostics;
using Zoetrope.Jobs;

namespace Zoetrope.Telemetry;

/// <summary>
/// What a package for a telemetry system adds to the activities and meters named <c>Zoetrope</c>, for all clients of the process. It is for such packages;
/// programs use one of them, or derive from <see cref="JobObserver"/>. The methods are called while the call that they report goes on, and may be called
/// concurrently. All but <see cref="Start"/> must not throw, whatever listeners do: it would lose the handle of a paid job or hide an outcome.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class JobInstrumentation
{
    private static JobInstrumentation? _current;

    /// <summary>The one that is in use; null, which is the default, where there is none.</summary>
    public static JobInstrumentation? Current
    {
        get => Volatile.Read(ref _current);
        set => Volatile.Write(ref _current, value);
    }

    /// <summary>Starts an activity; null where nobody listens.</summary>
    /// <param name="source">The source.</param>
    /// <param name="name">
    /// The name: <c>zoetrope.run</c>, <c>zoetrope.submit</c>, <c>zoetrope.wait</c>, <c>zoetrope.watch</c>, <c>zoetrope.cancel</c> or <c>zoetrope.call</c>.
    /// </param>
    /// <param name="provider">The provider, or the API; null where a router has not chosen it yet.</param>
    /// <param name="endpointId">The id of the model, or the name of the operation.</param>
    /// <param name="handle">The job; null where there is none yet.</param>
    protected internal abstract Activity? Start(ActivitySource source, string name, string? provider, string endpointId, JobHandle? handle);

    /// <summary>Called when a job was accepted, within the activity of its submit.</summary>
    /// <param name="handle">The handle.</param>
    /// <param name="status">The status in the receipt.</param>
    /// <returns>The handle for the user, which differs in <see cref="JobHandle.TraceParent"/> at most.</returns>
    protected internal abstract JobHandle Accepted(JobHandle handle, JobStatus status);

    /// <summary>Called before a submit is sent again.</summary>
    /// <param name="failure">What failed.</param>
    protected internal abstract void Retried(Exception failure);

    /// <summary>Called after each request of a wait for the status or the result of a job.</summary>
    /// <param name="handle">The job.</param>
    /// <param name="failure">What failed; null where nothing did.</param>
    protected internal abstract void Polled(JobHandle handle, Exception? failure);

    /// <summary>Called with each status that was received. A failure is confirmed only when it is received twice.</summary>
    /// <param name="handle">The job.</param>
    /// <param name="previous">The previous status that the same object received; null where there was none.</param>
    /// <param name="status">The status.</param>
    protected internal abstract void Saw(JobHandle handle, JobStatus? previous, JobStatus status);

    /// <summary>
    /// Called when a job has ended, once for each object that learns of it: it failed or was canceled, or its result was received. Some providers say that a
    /// job has failed only in place of its result.
    /// </summary>
    /// <param name="handle">The job.</param>
    /// <param name="state">How it ended.</param>
    protected internal abstract void Ended(JobHandle handle, JobState state);

    /// <summary>Called when the result of a job was received, within the activity of the wait.</summary>
    /// <param name="handle">The job.</param>
    /// <param name="output">The result.</param>
    protected internal abstract void Received(JobHandle handle, JobOutput output);

    /// <summary>Called when the result of a run without a job was received, within the activity of the run.</summary>
    /// <param name="output">The result.</param>
    protected internal abstract void Ran(JobOutput output);
}
