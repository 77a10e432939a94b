using Zoetrope.Errors;
using Zoetrope.Jobs;
using Zoetrope.Json;

namespace Zoetrope.Providers;

/// <summary>
/// How one provider submits, reports, delivers and cancels jobs. Implementations turn these calls into HTTP and know nothing of waiting,
/// polling or models. Everything that they throw derives from <see cref="ZoetropeException"/>, except cancellation.
/// </summary>
public abstract class JobProtocol
{
    /// <summary>The provider, such as <c>fal</c>.</summary>
    public abstract string Provider { get; }

    /// <summary>The time between polls that suits the provider.</summary>
    public abstract PollSchedule Polling { get; }

    /// <summary>Submits a job. Sends at most once, unless the first surely was not accepted.</summary>
    /// <param name="endpointId">The id of the model.</param>
    /// <param name="input">The input as JSON.</param>
    /// <param name="options">Options of the provider's own kind or the common ones; null for none.</param>
    /// <param name="cancellationToken">Cancels the submit. One that is on its way may still be accepted.</param>
    /// <exception cref="SubmitException">The submit failed; it says whether the job may exist all the same.</exception>
    public abstract Task<SubmitReceipt> SubmitAsync(string endpointId, RawJson input, SubmitOptions? options, CancellationToken cancellationToken);

    /// <summary>Asks once for the status.</summary>
    /// <exception cref="ServiceException">The provider answered with an error.</exception>
    /// <exception cref="TransportException">There was no usable answer.</exception>
    public abstract Task<JobStatus> GetStatusAsync(JobHandle handle, bool logs, CancellationToken cancellationToken);

    /// <summary>Fetches the result of a job that has completed.</summary>
    /// <param name="handle">The job.</param>
    /// <param name="completed">The status that said so.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <exception cref="JobFailedException">The job ended with an error after all (fal tells so only here).</exception>
    /// <exception cref="ServiceException">The provider answered with an error that says nothing about the job.</exception>
    /// <exception cref="TransportException">There was no usable answer.</exception>
    public abstract Task<JobOutput> GetOutputAsync(JobHandle handle, JobStatus completed, CancellationToken cancellationToken);

    /// <summary>Asks for the job to be cancelled.</summary>
    /// <exception cref="ServiceException">The provider answered with an error.</exception>
    /// <exception cref="TransportException">There was no usable answer.</exception>
    public abstract Task<CancelOutcome> CancelAsync(JobHandle handle, CancellationToken cancellationToken);
}
