using Zoetrope.Validation;

namespace Zoetrope.Webhooks;

/// <summary>
/// Recognizes deliveries that were received before. Providers send a delivery again when they did not see a response, and anybody who has seen a signed one can
/// send it again. Derive one over a store that all processes share where several of them receive.
/// </summary>
public abstract class WebhookReplayGuard
{
    /// <summary>Remembers deliveries in the memory of this process.</summary>
    /// <param name="capacity">How many are remembered; the oldest are forgotten first.</param>
    public static WebhookReplayGuard InMemory(int capacity = 100_000) => new Memory(OptionChecks.AtLeastOne(capacity, nameof(capacity)));

    /// <summary>Remembers a delivery.</summary>
    /// <param name="delivery">What identifies it.</param>
    /// <param name="now">The time of the receiver's clock.</param>
    /// <param name="expires">When it may be forgotten.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <returns>False where it was remembered before, and not forgotten.</returns>
    public abstract ValueTask<bool> TryAddAsync(string delivery, DateTimeOffset now, DateTimeOffset expires, CancellationToken cancellationToken);

    /// <summary>Forgets a delivery whose processing failed, so that it is accepted when it is sent again.</summary>
    /// <param name="delivery">What identifies it.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public abstract ValueTask RemoveAsync(string delivery, CancellationToken cancellationToken);

    private sealed class Memory(int capacity) : WebhookReplayGuard
    {
        private readonly Lock _lock = new();
        private readonly Dictionary<string, DateTimeOffset> _known = new(StringComparer.Ordinal);
        private readonly Queue<(string Delivery, DateTimeOffset Expires)> _oldest = new();

        public override ValueTask<bool> TryAddAsync(string delivery, DateTimeOffset now, DateTimeOffset expires, CancellationToken cancellationToken)
        {
            lock (_lock)
            {
                if (_known.TryGetValue(delivery, out var until) && until > now)
                    return new(false);
                while (_oldest.TryPeek(out var oldest) && (oldest.Expires <= now || _oldest.Count >= capacity))
                    Drop(_oldest.Dequeue());
                _known[delivery] = expires;
                _oldest.Enqueue((delivery, expires));
                return new(true);
            }
        }

        public override ValueTask RemoveAsync(string delivery, CancellationToken cancellationToken)
        {
            lock (_lock)
                _known.Remove(delivery);
            return default;
        }

        // One that was removed and came again is in the queue twice.
        private void Drop((string Delivery, DateTimeOffset Expires) oldest)
        {
            if (_known.TryGetValue(oldest.Delivery, out var until) && until == oldest.Expires)
                _known.Remove(oldest.Delivery);
        }
    }
}
