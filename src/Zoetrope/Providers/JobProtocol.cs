using Zoetrope.Costs;
using Zoetrope.Errors;
using Zoetrope.Http;
using Zoetrope.Jobs;
using Zoetrope.Json;

namespace Zoetrope.Providers;

/// <summary>
/// The protocol of one provider: it submits jobs, reads their status and results, and cancels them. Implementations map these calls to HTTP; waiting,
/// polling and models are not their concern. All exceptions derive from <see cref="ZoetropeException"/>, except for cancellation. The token of a call must not
/// be used after its task has ended.
/// </summary>
public abstract class JobProtocol
{
    private readonly object _identity = new();

    /// <summary>The provider, such as <c>fal</c>.</summary>
    public abstract string Provider { get; }

    /// <summary>
    /// The address below which the provider is called: its own, or <see cref="ClientOptions.BaseUrl"/>. Null, by default, where there is none to name. Where a
    /// provider has several, it is that of jobs.
    /// </summary>
    public virtual Uri? BaseUrl => null;

    /// <summary>The recommended time between polls.</summary>
    public abstract PollSchedule Polling { get; }

    /// <summary>
    /// The least time between polls that the provider allows; zero by default. No jitter makes a pause shorter; an interval that the caller chooses
    /// (<see cref="WaitOptions.PollInterval"/>) does.
    /// </summary>
    public virtual TimeSpan LeastPollInterval => TimeSpan.Zero;

    /// <summary>Whether the provider honors idempotency keys (<see cref="SubmitOptions.IdempotencyKey"/>); false by default.</summary>
    public virtual bool HasIdempotencyKeys => false;

    /// <summary>How long the provider keeps a job after it has ended; null where nothing is documented.</summary>
    public virtual TimeSpan? Retention => null;

    /// <summary>When the provider states what a job costs, as the end of a sentence; null where nothing is known of it.</summary>
    public virtual string? CostStatement => null;

    /// <summary>Gets the price that the provider publishes for a model; null, by default, where it has no list of prices that a program can ask.</summary>
    /// <param name="endpointId">The id of the model.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <exception cref="ServiceException">The provider responded with an error.</exception>
    /// <exception cref="TransportException">There was no usable response.</exception>
    public virtual Task<ProviderPrice?> GetPriceAsync(string endpointId, CancellationToken cancellationToken) => Task.FromResult<ProviderPrice?>(null);

    /// <summary>Lists jobs of the account.</summary>
    /// <param name="options">Which jobs; null for all.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <exception cref="NotSupportedException">The provider has no such list, or this client does not know it.</exception>
    /// <exception cref="ServiceException">The provider responded with an error.</exception>
    /// <exception cref="TransportException">There was no usable response.</exception>
    public virtual IAsyncEnumerable<ListedJob> ListAsync(JobListOptions? options, CancellationToken cancellationToken) =>
        throw new NotSupportedException($"This client knows no list of jobs of {Provider}.");

    /// <summary>Submits a job. It is sent once, and again only after a definite rejection or with an idempotency key.</summary>
    /// <param name="endpointId">The id of the model.</param>
    /// <param name="input">The input as JSON.</param>
    /// <param name="options">The options, of the provider's own type or the common one; null for none.</param>
    /// <param name="cancellationToken">A token to cancel the operation. A submit that is in flight may still be accepted.</param>
    /// <exception cref="SubmitException">The submit failed; the exception says whether the job may exist nevertheless.</exception>
    public abstract Task<SubmitReceipt> SubmitAsync(string endpointId, RawJson input, SubmitOptions? options, CancellationToken cancellationToken);

    /// <summary>Requests the status once.</summary>
    /// <exception cref="ServiceException">The provider responded with an error.</exception>
    /// <exception cref="TransportException">There was no usable response.</exception>
    public abstract Task<JobStatus> GetStatusAsync(JobHandle handle, bool logs, CancellationToken cancellationToken);

    /// <summary>Fetches the result of a job that has completed.</summary>
    /// <param name="handle">The job.</param>
    /// <param name="completed">The status that reported the completion.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <exception cref="JobFailedException">The job failed after all (fal reports it only here).</exception>
    /// <exception cref="ServiceException">The provider responded with an error that says nothing about the job.</exception>
    /// <exception cref="TransportException">There was no usable response.</exception>
    public abstract Task<JobOutput> GetOutputAsync(JobHandle handle, JobStatus completed, CancellationToken cancellationToken);

    /// <summary>Requests the cancellation of the job.</summary>
    /// <exception cref="ServiceException">The provider responded with an error.</exception>
    /// <exception cref="TransportException">There was no usable response.</exception>
    public abstract Task<CancelOutcome> CancelAsync(JobHandle handle, CancellationToken cancellationToken);

    /// <summary>The key to request a file of a result with; without a value where the file needs none, or its address may not get it.</summary>
    internal virtual AuthHeader FileKey(Uri address) => default;

    /// <summary>
    /// Keeps what this protocol has derived from a handle, such as addresses, so that it is not derived again for each poll. It does not become part of the
    /// handle's value or text.
    /// </summary>
    /// <param name="handle">The job.</param>
    /// <param name="derived">What was derived.</param>
    /// <returns><paramref name="derived"/>.</returns>
    protected T Keep<T>(JobHandle handle, T derived)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(handle);
        handle.Derived = new(_identity, derived);
        return derived;
    }

    /// <summary>Returns what this protocol has kept for a handle; null if there is nothing.</summary>
    /// <param name="handle">The job.</param>
    protected T? Recall<T>(JobHandle handle)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(handle);
        return handle.Derived is { } kept && kept.Identity == _identity ? kept.Value as T : null;
    }
}
