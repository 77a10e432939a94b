using Zoetrope.Http;

namespace Zoetrope.Jobs;

/// <summary>
/// A job was not submitted, because the limits that the client enforces (<see cref="MediaClientOptions.Limits"/>) left no slot for it in time. Nothing was
/// sent, and nothing is billed.
/// </summary>
/// <param name="provider">The provider.</param>
/// <param name="endpointId">The id of the model.</param>
/// <param name="waited">The time that the submit waited for its turn.</param>
/// <param name="holders">The jobs that occupy the slots.</param>
/// <param name="reason">The limit that was reached, and the jobs that count against it, as sentences.</param>
public sealed class SubmitLimitException(string provider, string endpointId, TimeSpan waited, IReadOnlyList<JobHandle> holders, string reason)
    : SubmitException(
        $"The job for {endpointId} was not sent: the limits of {provider} left no slot for it within {waited.ToString()}. {reason}"
        + $"Wait for these jobs or cancel them; {nameof(SubmitLimits)}.{nameof(SubmitLimits.QueueTimeout)} sets how long a submit waits, "
        + $"and {nameof(SubmitLimits.InFlight)} and {nameof(SubmitLimits.CreatesPerMinute)} should match what the account allows.",
        provider,
        endpointId)
{
    /// <summary>The time that the submit waited for its turn.</summary>
    public TimeSpan Waited { get; } = waited;

    /// <summary>The jobs that occupy the slots, as far as their ids are known.</summary>
    public IReadOnlyList<JobHandle> Holders { get; } = holders;
}
