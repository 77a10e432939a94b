namespace Zoetrope.Extensions.OpenTelemetry;

/// <summary>The options of traces, which <see cref="ZoetropeTelemetryExtensions"/> adds.</summary>
public sealed class ZoetropeInstrumentationOptions
{
    /// <summary>
    /// Whether the handle of a job whose submit is recorded has the context of its trace (<see cref="Jobs.JobHandle.TraceParent"/>), so that a wait in another
    /// process is linked to the submit; true by default. It makes the text of a handle 62 characters longer. It holds for all clients of the process.
    /// </summary>
    public bool TraceInHandles { get; set; } = true;
}
