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
    private readonly WebhookReplayGuard? _guard;
    private readonly string _key;

    internal WebhookDelivery(string provider, WebhookReport report, WebhookProof proof, string id, WebhookReplayGuard? guard)
    {
        Provider = provider;
        _report = report;
        _guard = guard;
        IsVerified = proof.IsVerified;
        SentAt = proof.SentAt;
        Id = id;
        _key = $"{provider}:{id}";
    }

    /// <summary>The provider, such as <c>replicate</c>.</summary>
    public string Provider { get; }

    /// <summary>
    /// What identifies the delivery, and is the same when it is sent again: the provider's id of it, or else the job's with a hash of the body.
    /// </summary>
    public string Id { get; }

    /// <summary>The provider's id of the job.</summary>
    public string JobId => _report.JobId;

    /// <summary>The handle of the job, where the delivery names the model; null otherwise: then <see cref="HandleOf(string)"/> makes it.</summary>
    public JobHandle? Handle => _report.EndpointId is { } endpointId ? HandleOf(endpointId) : null;

    /// <summary>When it was sent; null where the provider does not sign that.</summary>
    public DateTimeOffset? SentAt { get; }

    /// <summary>Whether the sender was verified. Where nothing can be verified, a delivery only says where to look.</summary>
    public bool IsVerified { get; }

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
        if (!IsVerified || Status is not { State: JobState.Completed, Output: { } output })
            return false;
        try
        {
            var value = ResultReader.Read<TResult>(output);
            result = new JobResult<TResult>(value, new JobOutput(output, Status.Metrics, Id), HandleOf(endpoint.Id));
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
    /// provider's status confirms it.
    /// </summary>
    /// <param name="model">The model that the job was submitted to.</param>
    /// <param name="wait">The options of the wait.</param>
    /// <param name="cancellationToken">A token to stop waiting.</param>
    /// <exception cref="ArgumentException">The model belongs to another provider, or the delivery names another model.</exception>
    /// <exception cref="JobException">The job failed, was cancelled, or could not be followed; the exception carries its handle.</exception>
    public Task<JobResult<TResult>> GetResultAsync<TRequest, TResult>(
        ModelClient<TRequest, TResult> model, WaitOptions? wait = null, CancellationToken cancellationToken = default)
        where TRequest : class, IModelRequest<TRequest>
        where TResult : IJsonModel<TResult> =>
        TryRead(model.Endpoint, out var result)
            ? Task.FromResult(result)
            : model.Resume(HandleOf(model.Endpoint.Id)).WaitAsync(wait, cancellationToken);

    /// <summary>Forgets the delivery, because its processing failed: it is accepted again when the provider repeats it.</summary>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public ValueTask ForgetAsync(CancellationToken cancellationToken = default) => _guard?.RemoveAsync(_key, cancellationToken) ?? default;

    internal ValueTask<bool> TryRememberAsync(DateTimeOffset now, TimeSpan window, CancellationToken cancellationToken) =>
        _guard?.TryAddAsync(_key, now, now + window, cancellationToken) ?? new(true);
}
