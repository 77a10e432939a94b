namespace Zoetrope.Jobs;

/// <summary>Limits of a provider that hold over all workers of a ledger. Null disables one.</summary>
/// <param name="SubmitsPerMinute">The maximum number of times that a job is sent in any 60 seconds; one that is sent again counts again.</param>
/// <param name="InFlight">
/// The maximum number of jobs that were sent and are not known to have ended. A job in doubt counts for an hour, in which any model's job has ended.
/// </param>
public sealed record ProviderLimits(int? SubmitsPerMinute = null, int? InFlight = null)
{
    /// <summary>How long a job in doubt counts as in flight.</summary>
    internal static readonly TimeSpan DoubtCounts = TimeSpan.FromHours(1);
}
