using Zoetrope.Jobs.Storage;
using Zoetrope.Jobs.Workers;

namespace Zoetrope.Jobs.Notifications;

/// <summary>
/// Sends the notifications of a ledger, those of each subscriber by themselves. What is to be sent is in the ledger: it is derived from the history, which
/// every process writes in the transaction of the change.
/// </summary>
/// <param name="store">The ledger's store.</param>
/// <param name="subscribers">The subscribers.</param>
internal sealed class Notifier(LedgerStore store, IReadOnlyList<NotificationOptions> subscribers)
{
    private static readonly TimeSpan LookPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan MorePause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan StorePause = TimeSpan.FromSeconds(1);

    /// <summary>How much longer than its response may take nobody else sends it: its process may be killed meanwhile.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(5);

    /// <summary>Sends what is due until it is stopped.</summary>
    /// <param name="finishing">
    /// Canceled to end when what has happened until then was sent once, or after the time in which a receiver must respond: one that hangs must not keep the
    /// caller for hours. The rest stays in the ledger.
    /// </param>
    /// <param name="stopping">Canceled to begin nothing any more; what is on its way ends by itself.</param>
    public Task ServeAsync(CancellationToken finishing, CancellationToken stopping) => RunAsync(isBounded: true, finishing, stopping);

    /// <summary>Sends what is due, each once.</summary>
    /// <param name="stopping">Canceled to begin nothing any more; what is on its way ends by itself.</param>
    public Task RunAsync(CancellationToken stopping) => RunAsync(isBounded: false, new CancellationToken(canceled: true), stopping);

    private async Task RunAsync(bool isBounded, CancellationToken finishing, CancellationToken stopping)
    {
        using var client = new NotificationClient();
        // A fault of one ends all, and is thrown: nobody would learn of it while the others go on.
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        await Faults.WhenAllAsync([.. subscribers.Select(subscriber => Task.Run(() => RunOneAsync(subscriber), CancellationToken.None))])
            .ConfigureAwait(false);

        async Task RunOneAsync(NotificationOptions subscriber)
        {
            try
            {
                await RunAsync(client, subscriber, isBounded, finishing, stop.Token).ConfigureAwait(false);
            }
            catch
            {
                await stop.CancelAsync().ConfigureAwait(false);
                throw;
            }
        }
    }

    private async Task RunAsync(
        NotificationClient client, NotificationOptions subscriber, bool isBounded, CancellationToken finishing, CancellationToken stopping)
    {
        var running = new List<Task>();
        var begin = TimeProvider.System.GetTimestamp();
        long? finish = null;
        try
        {
            while (!stopping.IsCancellationRequested)
            {
                // Before the look: what was recorded until then is found by it.
                if (finishing.IsCancellationRequested)
                    finish ??= TimeProvider.System.GetTimestamp();
                var isOver = isBounded && finish is { } since && TimeProvider.System.GetElapsedTime(since) >= subscriber.Timeout;
                var isMore = false;
                var pause = LookPause;
                try
                {
                    isMore = await store.EnqueueNotificationsAsync(subscriber.Name, CancellationToken.None).ConfigureAwait(false);
                    // At the end, what has failed in this run is left for the next.
                    var again = finish is null ? TimeSpan.Zero : TimeProvider.System.GetElapsedTime(begin);
                    var room = isOver ? 0 : subscriber.Concurrency - running.Count;
                    var due = await store.ClaimNotificationsAsync(subscriber.Name, room, subscriber.Timeout + Margin, again, CancellationToken.None)
                        .ConfigureAwait(false);
                    running.AddRange(due.Select(notification => Task.Run(() => SendAsync(client, subscriber, notification), CancellationToken.None)));
                    if (isMore)
                        pause = MorePause;
                }
                catch (LedgerException exception) when (exception.IsTransient)
                {
                    // Another process keeps the store, or it restarts.
                    isMore = true;
                    pause = StorePause;
                }
                if (finish is not null && running.Count == 0 && (isOver || !isMore))
                    return;
                await WaitAsync(running, pause, stopping).ConfigureAwait(false);
                foreach (var ended in running.FindAll(task => task.IsCompleted))
                {
                    running.Remove(ended);
                    await ended.ConfigureAwait(false);
                }
            }
        }
        finally
        {
            await Faults.WhenAllAsync(running).ConfigureAwait(false);
        }
    }

    private static async Task WaitAsync(List<Task> running, TimeSpan pause, CancellationToken stopping)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        await Task.WhenAny([.. running, Task.Delay(pause, over.Token)]).ConfigureAwait(false);
        await over.CancelAsync().ConfigureAwait(false);
    }

    private async Task SendAsync(NotificationClient client, NotificationOptions subscriber, LedgerNotification notification)
    {
        try
        {
            if (await store.FindAsync(notification.JobId, CancellationToken.None).ConfigureAwait(false) is not { } job)
            {
                await EndAsync(notification, NotificationState.Abandoned, "the job is not in the ledger any more").ConfigureAwait(false);
                return;
            }
            var response = await client.SendAsync(subscriber, notification, job).ConfigureAwait(false);
            var isOld = TimeProvider.System.GetUtcNow() - notification.At >= subscriber.Lifetime;
            var state = response.Reason is null ? NotificationState.Sent
                : isOld || response.IsGone ? NotificationState.Abandoned
                : NotificationState.Pending;
            await EndAsync(notification, state, response.Reason, response.PauseAfter(notification.Attempts, subscriber.RetryDelay)).ConfigureAwait(false);
        }
        catch (LedgerException exception) when (exception.IsTransient)
        {
            // What came of it is not stored: it is sent once more when its time is over.
        }
    }

    private Task<bool> EndAsync(LedgerNotification notification, NotificationState state, string? reason, TimeSpan dueIn = default) =>
        store.EndNotificationAsync(notification, state, reason, dueIn, CancellationToken.None);
}
