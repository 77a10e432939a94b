using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using Zoetrope.Clients;
using Zoetrope.Errors;
using Zoetrope.Http;
using Zoetrope.Jobs;
using Zoetrope.Json;
using Zoetrope.Models;
using Zoetrope.Providers;
using Zoetrope.Telemetry;
using Zoetrope.Validation;

namespace Zoetrope.Fal;

/// <summary>
/// The client of fal. Models run through the queue, as with every <see cref="MediaClient"/>, or directly, without queue and without
/// fal's own retries (<see cref="RunDirectAsync{TRequest,TResult}"/>, or <see cref="StreamAsync{TRequest,TResult}"/> for results in parts).
/// </summary>
public partial class FalClient : MediaClient
{
    private readonly FalConnection? _connection;

    /// <summary>Initializes a new instance with the key from the environment (<c>FAL_KEY</c>) and the default options.</summary>
    /// <exception cref="MissingKeyException">No key is in the environment.</exception>
    public FalClient()
        : this((FalClientOptions?)null)
    {
    }

    /// <summary>Initializes a new instance with a key and the default options.</summary>
    /// <param name="apiKey">The key, such as <c>id:secret</c>.</param>
    /// <exception cref="ArgumentException">The key is empty or not valid in a header.</exception>
    public FalClient(string apiKey)
        : this(new FalClientOptions(apiKey))
    {
    }

    /// <summary>Initializes a new instance with options.</summary>
    /// <param name="options">The options; null uses the defaults and the key from the environment.</param>
    /// <exception cref="MissingKeyException">No key is set.</exception>
    /// <exception cref="ArgumentException">An address is not an absolute http or https URL, or the key is not valid in a header.</exception>
    [OverloadResolutionPriority(1)]
    public FalClient(FalClientOptions? options)
        : this(new FalConnection(options ?? new FalClientOptions()))
    {
    }

    /// <summary>
    /// For tests: a client whose jobs a protocol of your own plays. It needs no key and sends nothing. Direct runs go to <see cref="SendDirectAsync"/>,
    /// which such a client overrides if it has them.
    /// </summary>
    /// <param name="protocol">The protocol; its name must be <c>fal</c> for the models of fal. It is disposed with the client when it can be.</param>
    /// <param name="options">The options; null takes the defaults.</param>
    protected FalClient(JobProtocol protocol, FalClientOptions? options = null)
        : base(protocol, options ?? new FalClientOptions())
    {
    }

    private FalClient(FalConnection connection)
        : base(new FalProtocol(connection), connection.Options) => _connection = connection;

    /// <summary>The files that inputs can refer to: uploads them.</summary>
    /// <exception cref="InvalidOperationException">The client was made with a protocol of your own.</exception>
    public FalFiles Files => _connection?.Files
        ?? throw new InvalidOperationException("This client has a protocol of its own, and no connection to fal that could take files.");

    /// <summary>
    /// Runs a model directly and returns its result: no queue, no retries by fal, and a result that is lost when the connection breaks. For models
    /// that respond in seconds. It is sent again only if it was definitely not accepted.
    /// </summary>
    /// <param name="endpoint">The model.</param>
    /// <param name="request">The input.</param>
    /// <param name="options">The options; webhook, priority, queue length and cost limit do not apply and are rejected.</param>
    /// <param name="cancellationToken">Cancels the call. The model may go on, and be billed.</param>
    /// <exception cref="RequestValidationException">The request is not valid. Nothing was sent.</exception>
    /// <exception cref="ServiceException">fal or the model responded with an error.</exception>
    /// <exception cref="SubmitException">There was no usable response; the exception says whether the model may have run all the same.</exception>
    /// <exception cref="TransportException">
    /// The model ran, but its result does not have the expected type: <see cref="TransportException.Raw"/>, <see cref="TransportException.Content"/> and
    /// <see cref="TransportException.Body"/> have it as it was received, and <see cref="TransportException.RequestId"/> names the run.
    /// </exception>
    /// <exception cref="SubmitCanceledException">The caller canceled while the request was being sent.</exception>
    public async Task<FalDirectResult<TResult>> RunDirectAsync<TRequest, TResult>(
        ModelEndpoint<TRequest, TResult> endpoint, TRequest request, FalSubmitOptions? options = null, CancellationToken cancellationToken = default)
        where TRequest : class, IModelRequest<TRequest>
        where TResult : IJsonModel<TResult>
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentNullException.ThrowIfNull(request);
        if (endpoint.Provider != FalProtocol.ProviderName)
            throw new ArgumentException($"The model is one of {endpoint.Provider}, and this is a client of {FalProtocol.ProviderName}.", nameof(endpoint));
        using var activity = DirectRunSpan.Start(FalProtocol.ProviderName, endpoint.Id);
        try
        {
            if (options is null or { Validate: true })
                ValidationResult.Of(request).ThrowIfInvalid();
            var response = await SendDirectAsync(endpoint.Id, RawJson.From(request), options, cancellationToken).ConfigureAwait(false);
            return Typed<TResult>(DirectResult(response, activity), response);
        }
        catch (Exception exception)
        {
            activity.Fail(exception);
            throw;
        }
    }

    /// <summary>Runs any model directly, including one that this SDK does not know. The input is not validated.</summary>
    /// <inheritdoc cref="RunDirectAsync{TRequest,TResult}" path="/exception"/>
    /// <param name="endpointId">fal's id of the model.</param>
    /// <param name="input">The input.</param>
    /// <param name="options">The options; webhook, priority, queue length and cost limit do not apply and are rejected.</param>
    /// <param name="cancellationToken">Cancels the call. The model may go on, and be billed.</param>
    public async Task<FalDirectResult<RawJson>> RunDirectAsync(
        string endpointId, RawJson input, FalSubmitOptions? options = null, CancellationToken cancellationToken = default)
    {
        using var activity = DirectRunSpan.Start(FalProtocol.ProviderName, endpointId);
        try
        {
            var response = await SendDirectAsync(endpointId, input, options, cancellationToken).ConfigureAwait(false);
            return DirectResult(response, activity);
        }
        catch (Exception exception)
        {
            activity.Fail(exception);
            throw;
        }
    }

    private static FalDirectResult<TResult> Typed<TResult>(FalDirectResult<RawJson> raw, TransportResponse response)
        where TResult : IJsonModel<TResult>
    {
        try
        {
            return new FalDirectResult<TResult>(raw.Value.Deserialize<TResult>(), raw.Raw, raw.Metrics, raw.RequestId)
            {
                Content = raw.Content,
                Facts = raw.Facts,
            };
        }
        catch (Exception exception)
        {
            throw response.Malformed($"The model ran, but its result is not of the form that its document promises: {exception.Message}", exception);
        }
    }

    private static FalDirectResult<RawJson> DirectResult(TransportResponse response, DirectRunSpan activity)
    {
        var result = response.RequireResult();
        var metrics = new JobMetrics(BillableUnits: FalProtocol.BillableUnits(response));
        var requestId = response.Header(FalErrorReader.RequestIdHeader);
        activity.Received(result, metrics, requestId, response.Content);
        return new FalDirectResult<RawJson>(result, result, metrics, requestId)
        {
            Content = response.Content,
            Facts = FalResponseFacts.Of(response.Header),
        };
    }

    /// <summary>Sends a direct run and gives its response, which the methods that run models read. Override it to play direct runs in tests.</summary>
    /// <param name="endpointId">fal's id of the model.</param>
    /// <param name="input">The input.</param>
    /// <param name="options">Options; webhook, priority, queue length and cost limit do not apply and are refused.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="InvalidOperationException">The client was made with a protocol of your own, and does not override this method.</exception>
    protected virtual async Task<TransportResponse> SendDirectAsync(
        string endpointId, RawJson input, FalSubmitOptions? options, CancellationToken cancellationToken)
    {
        var connection = _connection
            ?? throw new InvalidOperationException(
                $"This client has a protocol of its own and no connection to fal: override {nameof(SendDirectAsync)} to play direct runs.");
        var endpoint = FalEndpointId.Parse(endpointId);
        options?.CheckForDirectRun();
        var request = new TransportRequest
        {
            Method = HttpMethod.Post,
            Uri = new Uri($"{connection.RunRoot}/{endpoint}"),
            Json = input.Utf8Memory,
            Timeout = connection.Options.RunTimeout,
            IsLong = true,
            Submit = options,
        };
        FalSubmitOptions.AddHeaders(options, request.Headers);
        try
        {
            return await connection.Transport.SubmitAsync(request, endpointId, cancellationToken).ConfigureAwait(false);
        }
        catch (SubmitException exception) when (exception.Service is { } service)
        {
            // The response to a direct run is the model's own: an error in it does not leave open whether it was accepted.
            ExceptionDispatchInfo.Throw(service);
            throw;
        }
    }
}
