using System.Runtime.InteropServices;

namespace Zoetrope.Cli;

/// <summary>
/// Ctrl+C and SIGTERM. The first one asks to stop; a second one gives up even what should not be given up, such as a submit
/// whose answer is awaited; a third one ends the process as the system would.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _asked = new();
    private readonly CancellationTokenSource _insisted = new();
    private readonly PosixSignalRegistration[] _registrations;

    public Interruption() => _registrations =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal),
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal),
    ];

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Asked => _asked.Token;

    /// <summary>Cancelled by the second signal.</summary>
    public CancellationToken Insisted => _insisted.Token;

    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
        _asked.Dispose();
        _insisted.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        if (_insisted.IsCancellationRequested)
            return;
        context.Cancel = true;
        if (_asked.IsCancellationRequested)
            _insisted.Cancel();
        else
            _asked.Cancel();
    }
}
