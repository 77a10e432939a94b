using System.Diagnostics;

namespace Zoetrope.Telemetry;

/// <summary>
/// An activity, or nothing if there is no listener. Exceptions of listeners at its end are not propagated (see <see cref="Instrumentation"/>).
/// </summary>
internal readonly struct TelemetrySpan(Activity? activity) : IDisposable
{
    /// <summary>Whether there is a listener.</summary>
    public bool IsRecorded => activity is not null;

    public void SetOutcome(string outcome) => activity?.SetTag("zoetrope.outcome", outcome);

    /// <summary>Makes the activity the current one again, after what has resumed an iterator had its own.</summary>
    public void Enter()
    {
        if (activity is not null)
            Activity.Current = activity;
    }

    public void SetJob(string jobId) => activity?.SetTag("zoetrope.job_id", jobId);

    public void Fail(Exception exception)
    {
        activity?.SetTag("error.type", exception.GetType().Name);
        activity?.SetStatus(ActivityStatusCode.Error);
    }

    public void Dispose()
    {
        try
        {
            activity?.Dispose();
        }
        catch (Exception)
        {
            // An exception of a listener, which must not lose the handle of a job that was accepted.
        }
    }
}
