using System.Diagnostics;
using Zoetrope.Jobs;

namespace Zoetrope.Cli.Output;

/// <summary>Lines for a log or a pipe: one a change of state.</summary>
internal sealed class PlainReporter(TextWriter error) : IReporter
{
    private static readonly TimeSpan _between = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    public void WriteLine(string line) => error.WriteLine(Printable.Of(line));

    /// <inheritdoc/>
    public Task<T> FollowAsync<T>(Func<WaitOptions, Task<T>> wait)
    {
        var watch = Stopwatch.StartNew();
        var logs = new LogLines();
        string? last = null;
        return wait(new WaitOptions
        {
            IncludeLogs = true,
            OnUpdate = status =>
            {
                foreach (var line in logs.New(status))
                    WriteLine(line);
                Change(StatusText.Of(status));
            },
            // The first of several in a row, and then ever fewer of them.
            OnPollFailure = failure =>
            {
                if (int.IsPow2(failure.Count))
                    Change(StatusText.Of(failure));
            },
        });

        void Change(string text)
        {
            if (text == last)
                return;
            last = text;
            WriteLine($"{text}, {StatusText.Of(watch.Elapsed)}");
        }
    }

    /// <inheritdoc/>
    public Task<T> TrackAsync<T>(Func<Action<LedgerProgress>, Task<T>> work)
    {
        string? last = null;
        var next = 0L;
        return work(progress =>
        {
            // A log of a long batch stays short: a line where something changed, and not more than one in a while.
            if (progress.Line == last || Environment.TickCount64 < next)
                return;
            last = progress.Line;
            next = Environment.TickCount64 + (long)_between.TotalMilliseconds;
            WriteLine(progress.Left is { } left ? $"{last}; about {StatusText.Of(left)} left" : last);
        });
    }
}
