using System.ComponentModel;
using Zoetrope.Formats;
using Zoetrope.Jobs;
using Zoetrope.Json;

namespace Zoetrope.Telemetry;

/// <summary>
/// The activity of a run that has no job, because its response is the result. It is for the packages of providers; where nobody listens it does nothing.
/// Exceptions of listeners are not propagated.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct DirectRunSpan : IDisposable
{
    private readonly TelemetrySpan _span;

    private DirectRunSpan(TelemetrySpan span) => _span = span;

    /// <summary>Starts an activity.</summary>
    /// <param name="provider">The provider.</param>
    /// <param name="endpointId">The id of the model.</param>
    public static DirectRunSpan Start(string provider, string endpointId)
    {
        ArgumentNullException.ThrowIfNull(provider);
        return new(Instrumentation.Start("zoetrope.run", provider, endpointId));
    }

    /// <summary>Notes the result.</summary>
    /// <param name="value">The result.</param>
    /// <param name="metrics">What it cost.</param>
    /// <param name="requestId">The provider's id of the run; null where it states none.</param>
    /// <param name="content">The result where it is not JSON.</param>
    public void Received(RawJson value, JobMetrics metrics, string? requestId, ResultContent? content)
    {
        if (_span.IsRecorded && JobInstrumentation.Current is { } added)
            added.Ran(new JobOutput(value, metrics, requestId) { Content = content });
    }

    /// <summary>Notes that the run failed, with the type of the exception.</summary>
    /// <param name="exception">The exception.</param>
    public void Fail(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        Instrumentation.Fail(_span, exception);
    }

    /// <summary>Ends the activity.</summary>
    public void Dispose() => _span.Dispose();
}
