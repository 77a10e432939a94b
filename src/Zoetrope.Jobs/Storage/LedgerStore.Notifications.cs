namespace Zoetrope.Jobs.Storage;

/// <content>What is sent to whom when a job was delivered, has failed, was canceled, or is in doubt.</content>
public abstract partial class LedgerStore
{
    /// <summary>
    /// Adds a subscriber that gets what happens from now on; one that exists stays as it is. What was sent to it more than 30 days ago is forgotten.
    /// </summary>
    /// <param name="subscriber">Its name.</param>
    /// <param name="batch">The only batch whose jobs it is notified of; null for all.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <exception cref="LedgerException">The subscriber exists, with another batch.</exception>
    public abstract Task SubscribeAsync(string subscriber, string? batch = null, CancellationToken cancellationToken = default);

    /// <summary>Makes notifications of the next entries of the history that a subscriber has not got yet.</summary>
    /// <param name="subscriber">The subscriber.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <returns>Whether there may be more entries.</returns>
    public abstract Task<bool> EnqueueNotificationsAsync(string subscriber, CancellationToken cancellationToken = default);

    /// <summary>Takes notifications that are due, the oldest first, and counts the attempt.</summary>
    /// <param name="subscriber">The subscriber.</param>
    /// <param name="limit">The maximum number.</param>
    /// <param name="hidden">How long nobody else takes them.</param>
    /// <param name="again">How long one that was tried before must have been due.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public abstract Task<IReadOnlyList<LedgerNotification>> ClaimNotificationsAsync(
        string subscriber, int limit, TimeSpan hidden, TimeSpan again = default, CancellationToken cancellationToken = default);

    /// <summary>Stores what came of an attempt, unless another has begun since. One that is abandoned is an entry in the history of its job.</summary>
    /// <param name="notification">The notification, as it was taken.</param>
    /// <param name="state">What it is from now on.</param>
    /// <param name="reason">Why the attempt failed; null where it did not.</param>
    /// <param name="dueIn">The time until the next attempt of one that is still to be sent.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <returns>Whether it was stored.</returns>
    public abstract Task<bool> EndNotificationAsync(
        LedgerNotification notification, NotificationState state, string? reason, TimeSpan dueIn, CancellationToken cancellationToken = default);

    /// <summary>Reads notifications in the order of what they are about.</summary>
    /// <param name="jobId">The job; null for all.</param>
    /// <param name="after">The sequence after which they are read; 0 for the beginning.</param>
    /// <param name="limit">The maximum number.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public abstract Task<IReadOnlyList<LedgerNotification>> NotificationsAsync(
        string? jobId, long after = 0, int limit = 1000, CancellationToken cancellationToken = default);

    /// <summary>Counts the notifications of a subscriber that are still to be sent.</summary>
    /// <param name="subscriber">The subscriber.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public abstract Task<long> PendingNotificationsAsync(string subscriber, CancellationToken cancellationToken = default);
}
