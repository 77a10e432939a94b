using Zoetrope.Costs;
using Zoetrope.Jobs;
using Zoetrope.Json;
using Zoetrope.Models;
using Zoetrope.Telemetry;
using Zoetrope.Validation;

namespace Zoetrope.Clients;

/// <summary>One model of one client, such as <c>fal.KlingVideoO3ProImageToVideo</c>.</summary>
/// <typeparam name="TRequest">The type of the input.</typeparam>
/// <typeparam name="TResult">The type of the result.</typeparam>
public readonly struct ModelClient<TRequest, TResult>
    where TRequest : class, IModelRequest<TRequest>
    where TResult : IJsonModel<TResult>
{
    private readonly MediaClient? _client;
    private readonly ModelEndpoint<TRequest, TResult>? _endpoint;

    internal ModelClient(MediaClient client, ModelEndpoint<TRequest, TResult> endpoint)
    {
        _client = client;
        _endpoint = endpoint;
    }

    /// <summary>The client.</summary>
    /// <exception cref="InvalidOperationException">This is <c>default</c>, which belongs to no client.</exception>
    public MediaClient Client => _client ?? throw MediaClient.NoClient();

    /// <summary>The model.</summary>
    /// <exception cref="InvalidOperationException">This is <c>default</c>, which is of no model.</exception>
    public ModelEndpoint<TRequest, TResult> Endpoint => _endpoint ?? throw MediaClient.NoClient();

    /// <summary>Submits a job and waits for its result.</summary>
    /// <param name="request">The input.</param>
    /// <param name="options">The options of the submit.</param>
    /// <param name="wait">The options of the wait.</param>
    /// <param name="cancellationToken">A token to stop waiting; the job continues unless <see cref="WaitOptions.CancelJobOnAbort"/> is set.</param>
    /// <exception cref="RequestValidationException">The request is not valid. Nothing was sent.</exception>
    /// <exception cref="SubmitException">The submit failed.</exception>
    /// <exception cref="SubmitLimitException">The limits that the client enforces left no slot in time. Nothing was sent.</exception>
    /// <exception cref="CostLimitException">The job would cost more than <see cref="SubmitOptions.MaxCost"/>. Nothing was sent.</exception>
    /// <exception cref="JobException">The job or the wait failed after the submit; the exception carries the job's handle.</exception>
    public async Task<JobResult<TResult>> RunAsync(
        TRequest request, SubmitOptions? options = null, WaitOptions? wait = null, CancellationToken cancellationToken = default)
    {
        wait ??= WaitOptions.Default;
        using var activity = Instrumentation.Start("zoetrope.run", Endpoint.Provider, Endpoint.Id);
        try
        {
            var job = await SubmitAsync(request, options, wait, cancellationToken).ConfigureAwait(false);
            return await job.WaitAsync(wait, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            Instrumentation.Fail(activity, exception);
            throw;
        }
    }

    /// <summary>Submits a job, and returns as soon as the provider has accepted it.</summary>
    /// <param name="request">The input.</param>
    /// <param name="options">The options of the submit.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <exception cref="RequestValidationException">The request is not valid. Nothing was sent.</exception>
    /// <exception cref="SubmitException">The submit failed; the exception says whether a job may exist nevertheless.</exception>
    /// <exception cref="SubmitLimitException">The limits that the client enforces left no slot in time. Nothing was sent.</exception>
    /// <exception cref="CostLimitException">The job would cost more than <see cref="SubmitOptions.MaxCost"/>. Nothing was sent.</exception>
    public Task<Job<TResult>> SubmitAsync(TRequest request, SubmitOptions? options = null, CancellationToken cancellationToken = default) =>
        SubmitAsync(request, options, null, cancellationToken);

    /// <summary>Resumes a job that was submitted before, possibly by another process. Nothing is sent.</summary>
    /// <exception cref="ArgumentException">The handle belongs to another provider or another model.</exception>
    public Job<TResult> Resume(JobHandle handle) => Client.Resume(Endpoint, handle);

    /// <summary>Validates a request without sending it.</summary>
    public ValidationResult Validate(TRequest request) => ValidationResult.Of(request);

    /// <summary>
    /// Estimates what a job costs before it is submitted: by the price rules of the model's document, without a call; where it has none, by the prices that the
    /// provider publishes, if it has a list that a program can ask. Nothing is submitted, and nothing is billed.
    /// </summary>
    /// <param name="request">The input; it is not validated.</param>
    /// <param name="cancellationToken">A token to cancel the request for the provider's price.</param>
    /// <returns>The estimate; unknown with the reason where nothing is known, also where the provider's price could not be fetched.</returns>
    public Task<CostEstimate> EstimateAsync(TRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Client.EstimateAsync(Endpoint.Id, request, cancellationToken);
    }

    private async Task<Job<TResult>> SubmitAsync(TRequest request, SubmitOptions? options, WaitOptions? wait, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (options is null or { Validate: true })
            ValidationResult.Of(request).ThrowIfInvalid();
        var session = await Client.SubmitSessionAsync(Endpoint.Id, RawJson.From(request), request, options, wait, ct).ConfigureAwait(false);
        return new Job<TResult>(session, ResultReader.Read<TResult>);
    }
}
