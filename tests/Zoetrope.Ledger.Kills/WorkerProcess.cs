using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace Zoetrope.Ledger.Kills;

/// <summary>A worker in a process of its own, which can be killed or frozen at any moment.</summary>
public sealed class WorkerProcess : IDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _errors = new();
    private readonly TaskCompletionSource<bool> _works = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private WorkerProcess(Process process)
    {
        _process = process;
        // What nobody reads fills the pipe, and the process waits.
        process.ErrorDataReceived += (_, line) => Note(line.Data);
        process.OutputDataReceived += (_, line) => _works.TrySetResult(line.Data is not null);
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
    }

    /// <summary>Whether it has ended.</summary>
    public bool HasEnded => _process.HasExited;

    /// <summary>Starts a worker, which works when the task ends: it has written its first line.</summary>
    /// <param name="command">The program and its arguments.</param>
    /// <param name="ct">A token to stop waiting.</param>
    /// <exception cref="InvalidOperationException">It ended instead.</exception>
    public static async Task<WorkerProcess> StartAsync(IReadOnlyList<string> command, CancellationToken ct)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardOutput = true, RedirectStandardError = true };
        var worker = new WorkerProcess(Process.Start(start)!);
        if (await worker._works.Task.WaitAsync(ct))
            return worker;
        await worker._process.WaitForExitAsync(ct);
        using (worker)
            throw new InvalidOperationException($"{string.Join(' ', command)} did not start: {worker.Errors}");
    }

    /// <summary>Ends it as a loss of power does: no handler of it runs.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    /// <summary>Stops it until <see cref="Thaw"/>.</summary>
    public void Freeze() => Signal(19);

    /// <summary>Lets it go on.</summary>
    public void Thaw() => Signal(18);

    /// <summary>Waits until it ends by itself.</summary>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public async Task EndAsync(CancellationToken ct)
    {
        await _process.WaitForExitAsync(ct);
        if (_process.ExitCode != 0)
            throw new InvalidOperationException($"The worker ended with {_process.ExitCode}: {Errors}");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_process.HasExited)
            Kill();
        _process.Dispose();
    }

    private string Errors
    {
        get
        {
            lock (_errors)
                return _errors.ToString();
        }
    }

    private void Note(string? line)
    {
        const int Most = 20_000;
        lock (_errors)
        {
            if (line is not null && _errors.Length < Most)
                _errors.AppendLine(line);
        }
    }

    private void Signal(int signal)
    {
        if (Send(_process.Id, signal) != 0)
            throw new InvalidOperationException($"Signal {signal} could not be sent to process {_process.Id}.");
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Send(int process, int signal);
}
