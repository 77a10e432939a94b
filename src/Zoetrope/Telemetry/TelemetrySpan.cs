using System.Diagnostics;

namespace Zoetrope.Telemetry;

/// <summary>An activity, or none when nobody listens. What a listener throws when it ends is not passed on (see <see cref="Instrumentation"/>).</summary>
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
            // A listener's own failure, which must not cost the handle of a job that was accepted.
        }
    }
}
