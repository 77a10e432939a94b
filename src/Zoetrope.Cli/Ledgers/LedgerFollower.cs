using System.Diagnostics;
using Zoetrope.Cli.Output;
using Zoetrope.Jobs;

namespace Zoetrope.Cli.Ledgers;

/// <summary>Follows the jobs of a ledger, whichever process works on them: it counts them, and reports what needs attention.</summary>
/// <param name="ledger">The ledger.</param>
/// <param name="batch">The only batch; null for all.</param>
/// <param name="reporter">Where it is reported.</param>
internal sealed class LedgerFollower(JobLedger ledger, string? batch, IReporter reporter)
{
    // What is wrong with one job of a batch is often wrong with all of them.
    private const int MostNotes = 20;

    // Counting takes a tenth of the time at most, however many jobs there are: the workers need the ledger too.
    private const int ShareOfTime = 10;

    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(500);

    private readonly HashSet<string> _notes = [];
    private readonly Stopwatch _watch = new();
    private long _after;
    private long _finishedBefore;

    /// <summary>Is called for each job that has finished.</summary>
    public Action<LedgerJob>? OnFinished { get; init; }

    /// <summary>Takes what has happened so far as known.</summary>
    public async Task SkipAsync(CancellationToken cancellationToken)
    {
        _after = await ledger.Store.LastEventAsync(cancellationToken);
        _finishedBefore = (await ledger.SummarizeAsync(batch, cancellationToken)).Finished;
        _watch.Start();
    }

    /// <summary>Follows until it is stopped, or <paramref name="isOver"/> says so.</summary>
    /// <param name="show">Shows how far the jobs are.</param>
    /// <param name="isOver">Whether there is nothing more to follow.</param>
    /// <param name="cancellationToken">A token to stop.</param>
    /// <returns>How far they are at the end.</returns>
    public async Task<LedgerSummary> FollowAsync(Action<LedgerProgress> show, Func<LedgerSummary, bool> isOver, CancellationToken cancellationToken)
    {
        while (true)
        {
            // What is reported once it is over is complete.
            var isStopping = cancellationToken.IsCancellationRequested;
            var start = Stopwatch.GetTimestamp();
            try
            {
                var summary = await ledger.SummarizeAsync(batch, CancellationToken.None);
                await foreach (var entry in ledger.EventsAsync(after: _after, cancellationToken: CancellationToken.None))
                {
                    await NoteAsync(entry);
                    _after = entry.Sequence;
                }
                show(ProgressOf(summary));
                if (isStopping || isOver(summary))
                    return summary;
            }
            catch (LedgerException exception) when (exception.IsTransient && !isStopping)
            {
                // The jobs go on, no matter what keeps the ledger busy; what was missed is read next time.
            }
            var pause = Stopwatch.GetElapsedTime(start) * (ShareOfTime - 1);
            await Task.Delay(pause > Shortest ? pause : Shortest, cancellationToken).ContinueWith(static _ => { }, TaskScheduler.Default);
        }
    }

    /// <summary>How far the jobs are.</summary>
    public LedgerProgress ProgressOf(LedgerSummary summary)
    {
        var finished = summary.Finished - _finishedBefore;
        return new LedgerProgress(
            summary.Total,
            summary.Queued,
            summary.Running,
            summary[LedgerState.Delivered],
            summary[LedgerState.Failed] + summary[LedgerState.Canceled],
            summary[LedgerState.InDoubt],
            summary.Paused,
            summary.Spent,
            finished > 0 && summary.Remaining > 0 ? _watch.Elapsed / finished * summary.Remaining : null);
    }

    private async Task NoteAsync(LedgerEvent entry)
    {
        var word = entry.Kind switch
        {
            LedgerEventKind.Failed => "failed",
            LedgerEventKind.Canceled => "canceled",
            LedgerEventKind.InDoubt => "in doubt",
            LedgerEventKind.NotAccepted or LedgerEventKind.Paused => "waits",
            LedgerEventKind.SecondReceipt => "was accepted a second time",
            LedgerEventKind.NotificationAbandoned => "has a notification that was abandoned",
            _ => null,
        };
        var isFinished = entry.Kind is LedgerEventKind.Delivered or LedgerEventKind.Failed or LedgerEventKind.Canceled;
        if (word is null && (!isFinished || OnFinished is null))
            return;
        if (await ledger.FindAsync(entry.JobId) is not { } job || (batch ?? job.Batch) != job.Batch)
            return;
        if (isFinished && job.IsFinished && job.Version == entry.Version)
            OnFinished?.Invoke(job);
        // The same with other amounts and ids is nothing new.
        if (word is null || !_notes.Add($"{word}: {string.Concat((entry.Text ?? "").Where(one => !char.IsAsciiHexDigit(one)))}"))
            return;
        if (_notes.Count <= MostNotes)
            reporter.WriteLine($"{job.Label ?? job.Id} {word}: {entry.Text}");
        else if (_notes.Count == MostNotes + 1)
            reporter.WriteLine("Further notes are left out: `zoetrope jobs list` shows the reason of each job.");
    }
}
