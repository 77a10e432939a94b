using Zoetrope.Http;

namespace Zoetrope.Jobs;

/// <summary>
/// A job was not submitted, because the limits that the client keeps (<see cref="MediaClientOptions.Limits"/>) left no room for it in time. Nothing was sent,
/// and nothing is billed.
/// </summary>
/// <param name="provider">The provider.</param>
/// <param name="endpointId">The id of the model.</param>
/// <param name="waited">How long the submit waited for its turn.</param>
/// <param name="holders">The jobs that take up the room.</param>
/// <param name="reason">Which limit is reached, and by what, as sentences.</param>
public sealed class SubmitLimitException(string provider, string endpointId, TimeSpan waited, IReadOnlyList<JobHandle> holders, string reason)
    : SubmitException(
        $"The job for {endpointId} was not sent: the limits of {provider} left no room for it within {waited}. {reason}"
        + $"Wait for these jobs or cancel them; {nameof(SubmitLimits)}.{nameof(SubmitLimits.QueueTimeout)} waits for longer, "
        + $"and {nameof(SubmitLimits.InFlight)} and {nameof(SubmitLimits.CreatesPerMinute)} are what the account allows.",
        provider,
        endpointId)
{
    /// <summary>How long the submit waited for its turn.</summary>
    public TimeSpan Waited { get; } = waited;

    /// <summary>The jobs that take up the room, as far as their ids are known.</summary>
    public IReadOnlyList<JobHandle> Holders { get; } = holders;
}
