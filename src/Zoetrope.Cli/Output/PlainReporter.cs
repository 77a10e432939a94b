using System.Diagnostics;
using Zoetrope.Jobs;

namespace Zoetrope.Cli.Output;

/// <summary>Lines for a log or a pipe: one a change of state.</summary>
internal sealed class PlainReporter(TextWriter error) : IReporter
{
    /// <inheritdoc/>
    public void Say(string line) => error.WriteLine(Printable.Of(line));

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
                    Say(line);
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
            Say($"{text}, {StatusText.Of(watch.Elapsed)}");
        }
    }
}
