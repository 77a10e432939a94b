using Zoetrope.Jobs.Notifications;
using Zoetrope.Jobs.Workers;

namespace Zoetrope.Jobs;

/// <content>Work on the jobs, and what is sent to others about them.</content>
public sealed partial class JobLedger
{
    /// <summary>Works on the jobs until nothing is left that happens by itself: all are finished, wait for a person, or are paused.</summary>
    /// <param name="cancellationToken">
    /// A token to stop. Submits that are in flight end first. What is left goes on when this process or another calls the method again.
    /// </param>
    /// <returns>What is left, and why: jobs that wait for a cap, are in doubt, or go on where it was stopped.</returns>
    public async Task<LedgerRest> RunAsync(CancellationToken cancellationToken = default)
    {
        await WorkAsync(null, untilIdle: true, cancellationToken).ConfigureAwait(false);
        return new LedgerRest(await _store.UnfinishedAsync(_options.Batch, CancellationToken.None).ConfigureAwait(false));
    }

    /// <summary>Works on the jobs, those that are recorded later included, until it is stopped.</summary>
    /// <param name="cancellationToken">
    /// A token to stop. Submits that are in flight end first. What is left goes on when this process or another calls the method again.
    /// </param>
    public Task ServeAsync(CancellationToken cancellationToken = default) => WorkAsync(null, untilIdle: false, cancellationToken);

    /// <summary>Works on the jobs of some partitions, those that are recorded later included, until it is stopped.</summary>
    /// <param name="partitions">The partitions, which can be changed meanwhile. Somebody must work on the others.</param>
    /// <param name="cancellationToken">
    /// A token to stop. Submits that are in flight end first. What is left goes on when this process or another calls the method again.
    /// </param>
    public Task ServeAsync(LedgerPartitions partitions, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(partitions);
        return WorkAsync(partitions, untilIdle: false, cancellationToken);
    }

    /// <summary>
    /// Sends the notifications that are due, each once, and returns: for programs in which an engine takes the steps. The process that works on the jobs sends
    /// them anyway. What is not confirmed stays in the ledger for the next call.
    /// </summary>
    /// <param name="cancellationToken">A token to stop. What is on its way ends first.</param>
    public Task NotifyAsync(CancellationToken cancellationToken = default) =>
        new Notifier(_store, _options.Notifications).RunAsync(cancellationToken);

    /// <summary>
    /// Counts the notifications that are still to be sent to the URLs in <see cref="LedgerOptions.Notifications"/>: those that were not confirmed yet, or not
    /// sent yet.
    /// </summary>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public async Task<long> PendingNotificationsAsync(CancellationToken cancellationToken = default)
    {
        var pending = 0L;
        foreach (var subscriber in _options.Notifications)
            pending += await _store.PendingNotificationsAsync(subscriber.Name, cancellationToken).ConfigureAwait(false);
        return pending;
    }

    /// <summary>Opens the store, and adds the subscribers, so that they miss nothing that happens from now on.</summary>
    internal async Task OpenAsync(CancellationToken ct)
    {
        await _store.OpenAsync(ct).ConfigureAwait(false);
        foreach (var subscriber in _options.Notifications)
            await _store.SubscribeAsync(subscriber.Name, subscriber.Batch, ct).ConfigureAwait(false);
    }

    private async Task WorkAsync(LedgerPartitions? partitions, bool untilIdle, CancellationToken ct)
    {
        var worker = new JobWorker(_store, _options, _steps, partitions);
        using var finishing = new CancellationTokenSource();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var notifying = new Notifier(_store, _options.Notifications).ServeAsync(finishing.Token, stop.Token);
        var working = worker.RunAsync(untilIdle, stop.Token, ct);
        // Jobs are not worked on while nobody is notified of them: a store that fails in one way would fail in the other. But the receipts of submits that are
        // in flight are stored, however long that takes: only the caller decides that they can be given up.
        if (await Task.WhenAny(working, notifying).ConfigureAwait(false) == working)
            await finishing.CancelAsync().ConfigureAwait(false);
        else if (notifying.IsFaulted)
            await stop.CancelAsync().ConfigureAwait(false);
        await Faults.WhenAllAsync(working, notifying).ConfigureAwait(false);
    }
}
