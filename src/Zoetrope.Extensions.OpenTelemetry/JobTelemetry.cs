using System.Diagnostics;
using Zoetrope.Extensions.OpenTelemetry.Metrics;
using Zoetrope.Extensions.OpenTelemetry.Spans;
using Zoetrope.Jobs;
using Zoetrope.Telemetry;

namespace Zoetrope.Extensions.OpenTelemetry;

/// <summary>
/// What is added to the activities and meters of the core. An exception of a listener must neither lose the handle of a paid job nor hide an outcome, and is
/// not propagated.
/// </summary>
internal sealed class JobTelemetry : JobInstrumentation
{
    private readonly JobMeter _meter = new();

    public bool TraceInHandles { get; set; } = true;

    /// <summary>Forgets the jobs in flight, whose ends nobody will see.</summary>
    public void Forget() => _meter.Forget();

    protected override Activity? Start(ActivitySource source, string name, string? provider, string endpointId, JobHandle? handle) =>
        source.HasListeners() ? SpanStart.Begin(source, name, provider, endpointId, handle) : null;

    protected override JobHandle Accepted(JobHandle handle, JobStatus status)
    {
        try
        {
            _meter.Accepted(handle, status);
        }
        catch (Exception)
        {
            // An exception of a listener; see the remarks of the class, as in all others.
        }
        try
        {
            var trace = JobSpan.Current("zoetrope.submit")?.Accepted(handle);
            return trace is null || !TraceInHandles ? handle : handle with { TraceParent = trace };
        }
        catch (Exception)
        {
            return handle;
        }
    }

    protected override void Retried(Exception failure)
    {
        try
        {
            JobSpan.CurrentSubmit()?.Retried(failure);
        }
        catch (Exception)
        {
        }
    }

    protected override void Polled(JobHandle handle, Exception? failure)
    {
        try
        {
            _meter.Heard(handle);
            JobSpan.CurrentWait()?.Polled(failure);
        }
        catch (Exception)
        {
        }
    }

    protected override void Saw(JobHandle handle, JobStatus? previous, JobStatus status)
    {
        try
        {
            JobSpan.CurrentWait()?.Saw(previous, status);
            _meter.Saw(handle, status.State);
        }
        catch (Exception)
        {
        }
    }

    protected override void Ended(JobHandle handle, JobState state)
    {
        try
        {
            _meter.Ended(handle, state);
        }
        catch (Exception)
        {
        }
    }

    protected override void Received(JobHandle handle, JobOutput output)
    {
        try
        {
            JobSpan.Current("zoetrope.wait")?.Received(output);
        }
        catch (Exception)
        {
        }
    }

    protected override void Ran(JobOutput output)
    {
        try
        {
            JobSpan.Current("zoetrope.run")?.Ran(output);
        }
        catch (Exception)
        {
        }
    }
}
