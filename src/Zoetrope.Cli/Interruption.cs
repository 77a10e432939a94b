using System.Runtime.InteropServices;

namespace Zoetrope.Cli;

/// <summary>
/// Ctrl+C, Ctrl+\, SIGTERM, and the SIGHUP of a terminal that was closed or a connection that broke. The first one asks to stop; a second one stops even what
/// should go on, such as a submit whose response is awaited; a third one ends the process as the system would.
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
        PosixSignalRegistration.Create(PosixSignal.SIGQUIT, OnSignal),
        PosixSignalRegistration.Create(PosixSignal.SIGHUP, OnSignal),
    ];

    /// <summary>Canceled by the first signal.</summary>
    public CancellationToken Asked => _asked.Token;

    /// <summary>Canceled by the second signal.</summary>
    public CancellationToken Insisted => _insisted.Token;

    /// <summary>Waits for the first signal.</summary>
    public async Task UntilAskedAsync()
    {
        var asked = new TaskCompletionSource();
        await using (Asked.Register(asked.SetResult))
            await asked.Task;
    }

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
        // A closing terminal sends SIGHUP, and the shell another one: a second one has no further meaning.
        if (_asked.IsCancellationRequested && context.Signal != PosixSignal.SIGHUP)
            _insisted.Cancel();
        else
            _asked.Cancel();
    }
}
