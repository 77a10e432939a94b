using Zoetrope.Cli.Jobs;
using Zoetrope.Cli.Models;
using Zoetrope.Errors;
using Zoetrope.Jobs;

namespace Zoetrope.Cli.Play;

/// <summary>Follows a job of the ledger until it has ended: what its provider reports on the way is not in the ledger.</summary>
/// <param name="ledger">The ledger.</param>
/// <param name="connection">The clients.</param>
/// <param name="id">The job.</param>
/// <param name="stopping">Stops following; the job goes on.</param>
internal sealed class PlayFollower(JobLedger ledger, Connection connection, string id, CancellationToken stopping)
{
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private Task _ended = Task.CompletedTask;

    /// <summary>What the provider reported last; null where it has not yet.</summary>
    public JobStatus? Status { get; private set; }

    /// <summary>Why it is not followed any more; null where it is, or has ended.</summary>
    public string? Problem { get; private set; }

    /// <summary>Whether it is followed.</summary>
    public bool IsRunning => !_ended.IsCompleted;

    /// <summary>Completes when it is not followed any more.</summary>
    public Task Ended => _ended;

    /// <summary>Begins, unless it has begun.</summary>
    public void Start()
    {
        lock (_lock)
        {
            if (_ended.IsCompleted && !stopping.IsCancellationRequested)
                _ended = Task.Run(FollowAsync);
        }
    }

    private async Task FollowAsync()
    {
        try
        {
            Problem = null;
            var job = await ledger.SendAsync(id, stopping);
            var pause = PollingOf(job).Initial;
            while (!job.IsFinished)
            {
                if (await IsUnderWayAsync(job))
                {
                    await Task.Delay(pause, stopping);
                    pause = PollPauses.After(pause, PollingOf(job).Maximum);
                    // What another process has done with it, such as a cancel.
                    job = await ledger.FindAsync(id, stopping) ?? job;
                    continue;
                }
                var before = job.Version;
                job = job.State == LedgerState.Intended ? await ledger.SendAsync(id, stopping) : await ledger.AdvanceAsync(id, stopping);
                // Something is waited for: its turn, a limit, a provider that does not respond.
                if (!job.IsFinished)
                    await Task.Delay(job.Version == before || job.Reason is not null ? AfterFailure : pause, stopping);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The job goes on, and is resumed by the next playground.
        }
        catch (Exception exception)
        {
            // Whatever it is: the page says it, and a person can resume the job.
            Problem = exception.Message;
        }
    }

    /// <summary>Whether the provider says that the job goes on. Only the ledger ends it.</summary>
    private async Task<bool> IsUnderWayAsync(LedgerJob job)
    {
        if (job is not { State: LedgerState.Accepted, Handle: { } handle })
            return false;
        try
        {
            Status = await connection.ClientOf(job.Provider).Protocol.GetStatusAsync(handle, logs: true, stopping);
            return !Status.IsTerminal;
        }
        catch (Exception exception) when (exception is ZoetropeException or HttpRequestException)
        {
            // The ledger's own poll notes what is wrong.
            return false;
        }
    }

    private Providers.PollSchedule PollingOf(LedgerJob job) => connection.ClientOf(job.Provider).Protocol.Polling;
}
