using Zoetrope.Validation;

namespace Zoetrope.Webhooks;

/// <summary>
/// Recognizes deliveries that were received before. Providers send a delivery again when they did not see a response, and anybody who has seen a signed one can
/// send it again. A delivery is taken for a short time, and recognized for a long time once it is completed: one that is lost in between, as in a crash, is
/// accepted when it is sent again. Derive one over a store that all processes share where several of them receive; each method must be atomic there.
/// </summary>
public abstract class WebhookReplayGuard
{
    /// <summary>Remembers deliveries in the memory of this process.</summary>
    /// <param name="capacity">How many are remembered; the oldest are forgotten first.</param>
    public static WebhookReplayGuard InMemory(int capacity = 100_000) => new Memory(OptionChecks.AtLeastOne(capacity, nameof(capacity)));

    /// <summary>Takes a delivery in order to process it, unless it is taken or completed.</summary>
    /// <param name="delivery">What identifies it.</param>
    /// <param name="now">The time of the receiver's clock.</param>
    /// <param name="until">Until when it is taken. From then on it can be taken again, unless it is completed.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <returns>Whether it was taken, and why not.</returns>
    public abstract ValueTask<WebhookClaim> TryTakeAsync(string delivery, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellationToken);

    /// <summary>Remembers a delivery as completed, whether or not it is still taken.</summary>
    /// <param name="delivery">What identifies it.</param>
    /// <param name="expires">When it may be forgotten.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public abstract ValueTask CompleteAsync(string delivery, DateTimeOffset expires, CancellationToken cancellationToken);

    /// <summary>
    /// Forgets a delivery whose processing failed, so that it is accepted when it is sent again. One that is completed stays so: another process may have
    /// completed it.
    /// </summary>
    /// <param name="delivery">What identifies it.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public abstract ValueTask RemoveAsync(string delivery, CancellationToken cancellationToken);

    private sealed class Memory(int capacity) : WebhookReplayGuard
    {
        private readonly Lock _lock = new();
        private readonly Dictionary<string, LinkedListNode<Entry>> _known = new(StringComparer.Ordinal);
        private readonly LinkedList<Entry> _oldest = new();

        public override ValueTask<WebhookClaim> TryTakeAsync(string delivery, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellationToken)
        {
            lock (_lock)
            {
                if (_known.TryGetValue(delivery, out var known) && known.Value.Until > now)
                    return new(known.Value.IsCompleted ? WebhookClaim.Completed : WebhookClaim.InProgress);
                while (_oldest.First is { } oldest && oldest.Value.Until <= now)
                    Forget(oldest);
                Remember(new(delivery, until, IsCompleted: false));
                return new(WebhookClaim.Taken);
            }
        }

        public override ValueTask CompleteAsync(string delivery, DateTimeOffset expires, CancellationToken cancellationToken)
        {
            lock (_lock)
                Remember(new(delivery, expires, IsCompleted: true));
            return default;
        }

        public override ValueTask RemoveAsync(string delivery, CancellationToken cancellationToken)
        {
            lock (_lock)
            {
                if (_known.TryGetValue(delivery, out var known) && !known.Value.IsCompleted)
                    Forget(known);
            }
            return default;
        }

        private void Remember(Entry entry)
        {
            if (_known.TryGetValue(entry.Delivery, out var known))
                Forget(known);
            while (_known.Count >= capacity)
                Forget(_oldest.First!);
            _known.Add(entry.Delivery, _oldest.AddLast(entry));
        }

        private void Forget(LinkedListNode<Entry> node)
        {
            _known.Remove(node.Value.Delivery);
            _oldest.Remove(node);
        }

        private sealed record Entry(string Delivery, DateTimeOffset Until, bool IsCompleted);
    }
}

/// <summary>Whether a delivery can be processed.</summary>
public enum WebhookClaim
{
    /// <summary>It is taken: the caller processes it.</summary>
    Taken,

    /// <summary>It was taken before, and may still be in process.</summary>
    InProgress,

    /// <summary>It was completed before.</summary>
    Completed,
}
