using Zoetrope.Telemetry;

namespace Zoetrope.Extensions.OpenTelemetry;

/// <summary>The use of the instrumentation by one provider of OpenTelemetry; it is in use until the last of them is disposed.</summary>
internal sealed class InstrumentationUse : IDisposable
{
    private static readonly Lock _lock = new();
    private static readonly JobTelemetry _telemetry = new();
    private static int _uses;

    private bool _isOver;

    private InstrumentationUse()
    {
    }

    /// <summary>Begins a use.</summary>
    /// <param name="options">The options of traces; null where there are only metrics.</param>
    public static InstrumentationUse Begin(ZoetropeInstrumentationOptions? options)
    {
        lock (_lock)
        {
            if (options is not null)
                _telemetry.TraceInHandles = options.TraceInHandles;
            _uses++;
            JobInstrumentation.Current = _telemetry;
        }
        return new InstrumentationUse();
    }

    public void Dispose()
    {
        lock (_lock)
        {
            if (_isOver)
                return;
            _isOver = true;
            if (--_uses > 0)
                return;
            JobInstrumentation.Current = null;
            _telemetry.Forget();
        }
    }
}
