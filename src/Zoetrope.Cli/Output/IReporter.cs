using Zoetrope.Jobs;

namespace Zoetrope.Cli.Output;

/// <summary>Reports progress and problems on stderr. Stdout belongs to the result.</summary>
internal interface IReporter
{
    /// <summary>Writes one line.</summary>
    void WriteLine(string line);

    /// <summary>Shows the progress of a job while <paramref name="wait"/> runs. It is given options of which the callbacks are set.</summary>
    Task<T> FollowAsync<T>(Func<WaitOptions, Task<T>> wait);

    /// <summary>Shows how far jobs are while <paramref name="work"/> runs, which passes it on.</summary>
    Task<T> TrackAsync<T>(Func<Action<LedgerProgress>, Task<T>> work);
}
