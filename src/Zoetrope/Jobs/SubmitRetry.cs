using Zoetrope.Errors;

namespace Zoetrope.Jobs;

/// <summary>An attempt to submit a job that was definitely rejected and will be repeated.</summary>
/// <param name="Provider">The provider.</param>
/// <param name="EndpointId">The id of the model.</param>
/// <param name="Reason">The reason: a <see cref="ServiceException"/> with status 429, or a <see cref="TransportException"/>.</param>
/// <param name="Attempt">The number of the attempt that failed, from 1.</param>
/// <param name="RetryIn">The time until the next attempt: the one that the service asked for, or otherwise an increasing delay with jitter.</param>
public sealed record SubmitRetry(string Provider, string EndpointId, ZoetropeException Reason, int Attempt, TimeSpan RetryIn)
{
    /// <summary>
    /// The provider's backup host that the same attempt goes to now, because no connection to the usual host was made; null where it goes to the usual one. At
    /// fal, <c>FalClientOptions.UseBackupHosts</c> switches backups off.
    /// </summary>
    public string? BackupHost { get; init; }
}
