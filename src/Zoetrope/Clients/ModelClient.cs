using Zoetrope.Jobs;
using Zoetrope.Json;
using Zoetrope.Models;
using Zoetrope.Validation;

namespace Zoetrope.Clients;

/// <summary>One model at one client: what <c>fal.KlingVideoO3ProImageToVideo</c> is.</summary>
/// <typeparam name="TRequest">The input.</typeparam>
/// <typeparam name="TResult">The result.</typeparam>
public readonly struct ModelClient<TRequest, TResult>
    where TRequest : class, IModelRequest<TRequest>
    where TResult : IJsonModel<TResult>
{
    internal ModelClient(MediaClient client, ModelEndpoint<TRequest, TResult> endpoint)
    {
        Client = client;
        Endpoint = endpoint;
    }

    /// <summary>The client.</summary>
    public MediaClient Client { get; }

    /// <summary>The model.</summary>
    public ModelEndpoint<TRequest, TResult> Endpoint { get; }

    /// <summary>Submits a job and waits for its result.</summary>
    /// <param name="request">The input.</param>
    /// <param name="options">Options of the submit.</param>
    /// <param name="wait">How to wait.</param>
    /// <param name="cancellationToken">Stops waiting; the job goes on unless <see cref="WaitOptions.CancelJobOnAbort"/> says otherwise.</param>
    /// <exception cref="RequestValidationException">The request is not valid. Nothing was sent.</exception>
    /// <exception cref="SubmitException">The submit failed.</exception>
    /// <exception cref="SubmitLimitException">The limits that the client keeps left no room in time. Nothing was sent.</exception>
    /// <exception cref="JobException">Something went wrong after the submit; it carries the job's handle.</exception>
    public async Task<JobResult<TResult>> RunAsync(TRequest request, SubmitOptions? options = null, WaitOptions? wait = null, CancellationToken cancellationToken = default)
    {
        wait ??= new WaitOptions();
        var job = await SubmitAsync(request, options, wait, cancellationToken).ConfigureAwait(false);
        return await job.WaitAsync(wait, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Submits a job, and returns as soon as the provider has accepted it.</summary>
    /// <param name="request">The input.</param>
    /// <param name="options">Options of the submit.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="RequestValidationException">The request is not valid. Nothing was sent.</exception>
    /// <exception cref="SubmitException">The submit failed; it says whether a job may exist all the same.</exception>
    /// <exception cref="SubmitLimitException">The limits that the client keeps left no room in time. Nothing was sent.</exception>
    public Task<Job<TResult>> SubmitAsync(TRequest request, SubmitOptions? options = null, CancellationToken cancellationToken = default) =>
        SubmitAsync(request, options, null, cancellationToken);

    /// <summary>A job that was submitted before, maybe by another process. Nothing is sent.</summary>
    /// <exception cref="ArgumentException">The handle is another provider's or another model's.</exception>
    public Job<TResult> Resume(JobHandle handle) => Client.Resume(Endpoint, handle);

    /// <summary>Says what is wrong with a request.</summary>
    public ValidationResult Validate(TRequest request) => ValidationResult.Of(request);

    private async Task<Job<TResult>> SubmitAsync(TRequest request, SubmitOptions? options, WaitOptions? wait, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (options is null or { Validate: true })
            ValidationResult.Of(request).ThrowIfInvalid();
        var session = await Client.SubmitSessionAsync(Endpoint.Id, RawJson.From(request), options, wait, ct).ConfigureAwait(false);
        return new Job<TResult>(session, ResultReader.Read<TResult>);
    }
}
