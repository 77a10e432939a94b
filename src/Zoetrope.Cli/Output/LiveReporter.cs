using System.Diagnostics;
using Spectre.Console;
using Zoetrope.Jobs;

namespace Zoetrope.Cli.Output;

/// <summary>Lines on a terminal that are kept up to date, with the time that has passed. They have no colors.</summary>
/// <param name="width">The width of the terminal, which may change.</param>
/// <param name="write">Writes to the terminal.</param>
internal sealed class LiveReporter(Func<int> width, Action<string> write) : IReporter
{
    private LiveBlock? _block;

    /// <inheritdoc/>
    public void WriteLine(string line)
    {
        var text = Printable.Of(line);
        if (_block is { } block)
            block.WriteLine(text);
        else
            write(text + "\n");
    }

    /// <inheritdoc/>
    public async Task<T> FollowAsync<T>(Func<WaitOptions, Task<T>> wait)
    {
        var watch = Stopwatch.StartNew();
        var logs = new LogLines();
        var state = "submitted";
        return await ShowAsync(_ => [$"{state}  {(int)watch.Elapsed.TotalMinutes:00}:{watch.Elapsed.Seconds:00}"], () => wait(new WaitOptions
        {
            IncludeLogs = true,
            OnUpdate = status =>
            {
                foreach (var line in logs.New(status))
                    WriteLine(line);
                state = StatusText.Of(status);
                _block?.Update();
            },
            OnPollFailure = failure =>
            {
                state = StatusText.Of(failure);
                _block?.Update();
            },
        }));
    }

    /// <inheritdoc/>
    public Task<T> TrackAsync<T>(Func<Action<LedgerProgress>, Task<T>> work)
    {
        LedgerProgress? last = null;
        return ShowAsync(cells => last is null ? [] : LinesOf(last, cells), () => work(progress =>
        {
            last = progress;
            _block?.Update();
        }));
    }

    private async Task<T> ShowAsync<T>(Func<int, IEnumerable<string>> render, Func<Task<T>> run)
    {
        using var block = new LiveBlock(render, width, write);
        _block = block;
        try
        {
            return await run();
        }
        finally
        {
            _block = null;
        }
    }

    /// <summary>A table of two lines, or where it would not fit each number in a line of its own.</summary>
    private static IEnumerable<string> LinesOf(LedgerProgress progress, int cells)
    {
        var columns = progress.Columns.ToList();
        var widths = columns.ConvertAll(column => Math.Max(column.Name.GetCellWidth(), column.Value.GetCellWidth()));
        if (widths.Sum() + (2 * (widths.Count - 1)) > cells)
            return columns.Select(column => $"{column.Name}: {column.Value}");
        return
        [
            string.Join("  ", columns.Select((column, index) => column.Name.PadLeft(widths[index]))),
            string.Join("  ", columns.Select((column, index) => column.Value.PadLeft(widths[index]))),
        ];
    }
}
