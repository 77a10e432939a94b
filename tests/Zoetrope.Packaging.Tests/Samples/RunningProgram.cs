using System.Diagnostics;

namespace Zoetrope.Packaging.Tests.Samples;

/// <summary>A program that runs while a test looks at what it writes.</summary>
internal sealed class RunningProgram : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private readonly Process _process;

    private RunningProgram(Process process) => _process = process;

    public int Id => _process.Id;

    public static RunningProgram Start(string program, string folder, string[] arguments, params (string Name, string Value)[] environment)
    {
        // Where the tests run in the background, SIGINT is ignored, and so it would be in what they start.
        string[] command = OperatingSystem.IsLinux() ? ["/usr/bin/env", "--default-signal=INT", program, .. arguments] : [program, .. arguments];
        var start = new ProcessStartInfo(command[0], command[1..]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return new RunningProgram(Process.Start(start)!);
    }

    /// <summary>Reads what it writes until a line has the text.</summary>
    /// <returns>That line.</returns>
    public Task<string> LineAsync(string text) => LineAsync(_process.StandardOutput, text);

    /// <inheritdoc cref="LineAsync(string)"/>
    public Task<string> ErrorLineAsync(string text) => LineAsync(_process.StandardError, text);

    /// <summary>Sends a signal of the system.</summary>
    public Task SignalAsync(string signal) => Command.RunAsync("kill", ["-s", signal, $"{Id}"]);

    public async Task<int> ExitAsync()
    {
        using var limit = new CancellationTokenSource(Limit);
        await _process.WaitForExitAsync(limit.Token);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
    }

    private static async Task<string> LineAsync(StreamReader reader, string text)
    {
        using var limit = new CancellationTokenSource(Limit);
        var seen = new List<string>();
        while (await reader.ReadLineAsync(limit.Token) is { } line)
        {
            if (line.Contains(text, StringComparison.Ordinal))
                return line;
            seen.Add(line);
        }
        throw new InvalidOperationException($"The program ended, and did not write '{text}': {string.Join('\n', seen)}");
    }
}
