using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Zoetrope.Ledger.Tests;

/// <summary>A worker in a process of its own, which can be killed or frozen at any moment.</summary>
internal sealed class WorkerProcess : IDisposable
{
    private readonly Process _process;

    private WorkerProcess(Process process) => _process = process;

    public bool HasEnded => _process.HasExited;

    /// <summary>Starts a worker, which works when the task ends.</summary>
    public static async Task<WorkerProcess> StartAsync(string store, Uri provider, string outputs, TimeSpan lease, CancellationToken ct)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList =
            {
                "exec", Path.Combine(AppContext.BaseDirectory, "Zoetrope.Ledger.Worker.dll"), store, provider.AbsoluteUri, outputs,
                lease.TotalMilliseconds.ToString(CultureInfo.InvariantCulture),
            },
        };
        var process = Process.Start(start)!;
        if (await process.StandardOutput.ReadLineAsync(ct) is not "working")
            Assert.Fail($"The worker did not start: {await process.StandardError.ReadToEndAsync(ct)}");
        return new WorkerProcess(process);
    }

    /// <summary>Ends it as a loss of power does: no handler of it runs.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Freeze() => Signal(19);

    public void Thaw() => Signal(18);

    public async Task EndAsync(CancellationToken ct)
    {
        var errors = _process.StandardError.ReadToEndAsync(ct);
        await _process.WaitForExitAsync(ct);
        Assert.True(_process.ExitCode == 0, await errors);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            Kill();
        _process.Dispose();
    }

    private void Signal(int signal) => Assert.Equal(0, Send(_process.Id, signal));

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Send(int process, int signal);
}
