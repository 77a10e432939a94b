using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Zoetrope.Clients;
using Zoetrope.Jobs;
using Zoetrope.Json;
using Zoetrope.Models;

namespace Zoetrope.Webhooks;

/// <summary>
/// What a provider posted about a job. It says where to look, and saves a poll where it has the result; the truth about a job is its status, and a failure that
/// only a webhook reports is not believed: <see cref="GetResultAsync"/> polls.
/// </summary>
public sealed class WebhookDelivery
{
    private readonly WebhookReport _report;
    private readonly WebhookProof _proof;
    private readonly WebhookOptions _options;
    private readonly WebhookReplayGuard? _guard;
    private readonly string _key;
    private DateTimeOffset _takenUntil;

    internal WebhookDelivery(string provider, WebhookReport report, WebhookProof proof, string id, WebhookOptions options)
    {
        Provider = provider;
        _report = report;
        _proof = proof;
        _options = options;
        Id = id;
        _key = $"{provider}:{id}";
        // What anybody can send must not keep the provider's own delivery away; an id that the provider signed is not anybody's.
        _guard = proof.IsVerified || proof.DeliveryId is not null ? options.ReplayGuard : null;
    }

    /// <summary>The provider, such as <c>replicate</c>.</summary>
    public string Provider { get; }

    /// <summary>
    /// What identifies the delivery, and is the same when it is sent again: the provider's id of it, or else the job's with a hash of the body.
    /// </summary>
    public string Id { get; }

    /// <summary>
    /// The provider's id of the job. Where <see cref="IsVerified"/> is false, it may be anything: find it among the jobs that you have submitted and stored
    /// before you use it.
    /// </summary>
    public string JobId => _report.JobId;

    /// <summary>The handle of the job, where the delivery names the model; null otherwise: then <see cref="HandleOf(string)"/> makes it.</summary>
    public JobHandle? Handle => _report.EndpointId is { } endpointId ? HandleOf(endpointId) : null;

    /// <summary>When it was sent; null where the provider does not sign that.</summary>
    public DateTimeOffset? SentAt => _proof.SentAt;

    /// <summary>The provider's id of the account whose job it is; null where the provider does not sign one.</summary>
    public string? AccountId => _proof.AccountId;

    /// <summary>
    /// Whether it is certainly the provider's, about a job of your account. Where that cannot be verified, a delivery only says where to look, and its result
    /// is polled.
    /// </summary>
    public bool IsVerified => _proof.IsVerified;

    /// <summary>The status that the delivery reports, read as the response to a poll. Only a poll confirms it.</summary>
    public JobStatus Status => _report.Status;

    /// <summary>Why the delivery lacks the result of a completed job, in the provider's words; null where it says nothing of it.</summary>
    public string? OutputProblem => _report.OutputProblem;

    /// <summary>Returns the handle of the job.</summary>
    /// <param name="endpointId">The id of the model that the job was submitted to.</param>
    public JobHandle HandleOf(string endpointId) => new(Provider, endpointId, JobId);

    /// <summary>Reads the result, where the delivery is verified and has it. Nothing is sent.</summary>
    /// <param name="endpoint">The model that the job was submitted to.</param>
    /// <param name="result">The result.</param>
    /// <returns>False where a poll is needed: the job has not completed, or its result is not here, or not as the model declares it.</returns>
    /// <exception cref="ArgumentException">The model belongs to another provider, or the delivery names another model.</exception>
    public bool TryRead<TRequest, TResult>(ModelEndpoint<TRequest, TResult> endpoint, [NotNullWhen(true)] out JobResult<TResult>? result)
        where TRequest : class, IModelRequest<TRequest>
        where TResult : IJsonModel<TResult>
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        result = null;
        if (endpoint.Provider != Provider)
            throw new ArgumentException($"The model belongs to the provider {endpoint.Provider}, but the delivery is from {Provider}.", nameof(endpoint));
        if (_report.EndpointId is { } endpointId && endpointId != endpoint.Id)
            throw new ArgumentException($"The delivery is about a job of {endpointId}, not of {endpoint.Id}.", nameof(endpoint));
        if (!TryRead<TResult>(out var value))
            return false;
        result = new JobResult<TResult>(value, new JobOutput(Status.Output!.Value, Status.Metrics, _proof.DeliveryId), HandleOf(endpoint.Id));
        return true;
    }

    /// <summary>Reads the result, where the delivery is verified and has it, without its model. Nothing is sent.</summary>
    /// <param name="result">The result.</param>
    /// <returns>False where a poll is needed: the job has not completed, or its result is not here, or not of this type.</returns>
    public bool TryRead<TResult>([MaybeNullWhen(false)] out TResult result)
        where TResult : IJsonModel<TResult>
    {
        result = default;
        if (!IsVerified || Status is not { State: JobState.Completed, Output: { } output })
            return false;
        try
        {
            result = ResultReader.Read<TResult>(output);
            return true;
        }
        catch (JsonException)
        {
            // The poll that follows delivers it again, and reports what is wrong with it.
            return false;
        }
    }

    /// <summary>
    /// Returns the result: the delivered one, or else that of the job's own status, which is polled until the job has ended. So a failure counts only when the
    /// provider's status confirms it. Where the delivery is not verified, the status is requested once, and nothing waits for a job that is still running,
    /// unless there are options of a wait: anybody can send any id.
    /// </summary>
    /// <param name="model">The model that the job was submitted to.</param>
    /// <param name="wait">The options of the wait; null for the defaults, or for no wait where the delivery is not verified.</param>
    /// <param name="cancellationToken">A token to stop waiting.</param>
    /// <exception cref="ArgumentException">The model belongs to another provider, or the delivery names another model.</exception>
    /// <exception cref="JobTimeoutException">
    /// The time ran out before the job ended; or the delivery is not verified, there are no options of a wait, and the job has not ended.
    /// </exception>
    /// <exception cref="JobException">The job failed, was canceled, or could not be followed; the exception carries its handle.</exception>
    public async Task<JobResult<TResult>> GetResultAsync<TRequest, TResult>(
        ModelClient<TRequest, TResult> model, WaitOptions? wait = null, CancellationToken cancellationToken = default)
        where TRequest : class, IModelRequest<TRequest>
        where TResult : IJsonModel<TResult>
    {
        if (TryRead(model.Endpoint, out var result))
            return result;
        var job = model.Resume(HandleOf(model.Endpoint.Id));
        if (!IsVerified && wait is null
            && await job.GetStatusAsync(cancellationToken: cancellationToken).ConfigureAwait(false) is { IsTerminal: false } status)
        {
            throw new JobTimeoutException(job.Handle, status, TimeSpan.Zero, cancellation: null);
        }
        return await job.WaitAsync(wait, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Says that the delivery is processed, so that a repeated one is refused with the status 200. Call it when everything that must not be lost is stored, and
    /// before you respond.
    /// </summary>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public ValueTask CompleteAsync(CancellationToken cancellationToken = default)
    {
        if (_guard is null)
            return default;
        var expires = _options.TimeProvider.GetUtcNow() + _options.ReplayWindow;
        // Its time is acceptable in the last moment of the tolerance, too.
        return _guard.CompleteAsync(
            _key, SentAt + _options.Tolerance + TimeSpan.FromSeconds(1) is { } last && last > expires ? last : expires, cancellationToken);
    }

    /// <summary>
    /// Forgets the delivery, because its processing failed: it is accepted as soon as the provider repeats it, unless it is completed. Without that, it is
    /// accepted when <see cref="WebhookOptions.Lease"/> is over.
    /// </summary>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <remarks>After <see cref="WebhookOptions.Lease"/> it does nothing: another may be processing the delivery by then.</remarks>
    public ValueTask ForgetAsync(CancellationToken cancellationToken = default) =>
        _guard is null || _options.TimeProvider.GetUtcNow() >= _takenUntil ? default : _guard.RemoveAsync(_key, cancellationToken);

    internal ValueTask<WebhookClaim> TryTakeAsync(CancellationToken cancellationToken)
    {
        var now = _options.TimeProvider.GetUtcNow();
        _takenUntil = now + _options.Lease;
        return _guard?.TryTakeAsync(_key, now, _takenUntil, cancellationToken) ?? new(WebhookClaim.Taken);
    }
}
