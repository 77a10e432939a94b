using System.Diagnostics;

namespace Zoetrope.Telemetry;

/// <summary>
/// An activity, or nothing if there is no listener. Exceptions of listeners at its end are not propagated (see <see cref="Instrumentation"/>).
/// </summary>
internal readonly struct TelemetrySpan(Activity? activity) : IDisposable
{
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
