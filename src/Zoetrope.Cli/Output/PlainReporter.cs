using System.Diagnostics;

namespace Zoetrope.Cli.Output;

/// <summary>Lines for a log or a pipe: one a change of state.</summary>
internal sealed class PlainReporter(TextWriter error) : IReporter
{
    /// <inheritdoc/>
    public void Say(string line)
    {
        try
        {
            error.WriteLine(Printable.Of(line));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A log on a full disk must not cost the result of a job that is paid for.
        }
    }

    /// <inheritdoc/>
    public Task<T> FollowAsync<T>(Func<Action<JobStatus>, Task<T>> wait)
    {
        var watch = Stopwatch.StartNew();
        var logs = new LogLines();
        string? last = null;
        return wait(status =>
        {
            foreach (var line in logs.New(status))
                Say(line);
            var text = StatusText.Of(status);
            if (text == last)
                return;
            last = text;
            Say($"{text}, {StatusText.Of(watch.Elapsed)}");
        });
    }
}
