using System.Collections.Concurrent;

namespace Zoetrope.Faults.Tests;

/// <summary>What the cells broke. <c>ZOETROPE_FAULTS_REPORT=FILE</c> writes it down while it goes on, for runs that take long.</summary>
internal sealed class Report : IDisposable
{
    private readonly ConcurrentQueue<string> _violations = new();
    private readonly StreamWriter? _file =
        Environment.GetEnvironmentVariable("ZOETROPE_FAULTS_REPORT") is { Length: > 0 } path ? new StreamWriter(path) { AutoFlush = true } : null;
    private int _tried;

    public IReadOnlyCollection<string> Violations => _violations;

    public void Add(Cell cell, IReadOnlyList<string> broken)
    {
        var tried = Interlocked.Increment(ref _tried);
        if (broken.Count > 0)
            _violations.Enqueue($"{cell}\n    {string.Join("\n    ", broken)}");
        if (_file is null)
            return;
        lock (_file)
        {
            if (broken.Count > 0)
                _file.WriteLine($"{cell}\n    {string.Join("\n    ", broken)}");
            if (tried % 500 == 0)
                _file.WriteLine($"... {tried} of {Slices.Cells.Count}, {_violations.Count} violated");
        }
    }

    public void Dispose() => _file?.Dispose();
}
