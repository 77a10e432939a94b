using System.Runtime.CompilerServices;
using Zoetrope.Clients;
using Zoetrope.Errors;
using Zoetrope.Http;
using Zoetrope.Jobs;
using Zoetrope.Json;
using Zoetrope.Models;
using Zoetrope.Providers;
using Zoetrope.Validation;

namespace Zoetrope.Eachlabs;

/// <summary>
/// The client of Eachlabs. It waits where needed to stay within the limits that Eachlabs documents; see <see cref="MediaClientOptions.Limits"/>.
/// </summary>
public class EachlabsClient : MediaClient
{
    private const string Host = "eachlabs.ai";

    /// <summary>Initializes a new instance with the key from the environment (<c>EACHLABS_API_KEY</c>) and the default options.</summary>
    /// <exception cref="MissingKeyException">No key is in the environment.</exception>
    public EachlabsClient()
        : this((EachlabsClientOptions?)null)
    {
    }

    /// <summary>Initializes a new instance with a key and the default options.</summary>
    /// <param name="apiKey">The key.</param>
    /// <exception cref="ArgumentException">The key is empty or not valid in a header.</exception>
    public EachlabsClient(string apiKey)
        : this(new EachlabsClientOptions(apiKey))
    {
    }

    /// <summary>Initializes a new instance with options.</summary>
    /// <param name="options">The options; null uses the defaults and the key from the environment.</param>
    /// <exception cref="MissingKeyException">No key is set.</exception>
    /// <exception cref="ArgumentException">The base URL is not an absolute http or https URL, or the key is not valid in a header.</exception>
    [OverloadResolutionPriority(1)]
    public EachlabsClient(EachlabsClientOptions? options)
        : base(CreateProtocol(options ??= new EachlabsClientOptions()), options)
    {
    }

    /// <summary>For tests: a client whose jobs a protocol of your own plays. It needs no key, sends nothing, and keeps no limits.</summary>
    /// <param name="protocol">The protocol; its name must be <c>eachlabs</c> for the models of Eachlabs. It is disposed with the client when it can be.</param>
    /// <param name="options">The options; null takes the defaults without <see cref="MediaClientOptions.Limits"/>.</param>
    protected EachlabsClient(JobProtocol protocol, EachlabsClientOptions? options = null)
        : base(protocol, options ?? new EachlabsClientOptions { Limits = null })
    {
    }

    /// <summary>The files of the account: uploads and deletes them.</summary>
    /// <exception cref="InvalidOperationException">The client was made with a protocol of your own.</exception>
    public EachlabsFiles Files => Protocol is EachlabsProtocol protocol
        ? new(protocol.Transport, protocol.ApiRoot)
        : throw new InvalidOperationException("This client has a protocol of its own, and no connection to Eachlabs that could take files.");

    /// <summary>The language models of the router, which continue conversations.</summary>
    /// <exception cref="InvalidOperationException">The client was made with a protocol of your own.</exception>
    public EachlabsChat Chat => Protocol is EachlabsProtocol protocol
        ? new(protocol)
        : throw new InvalidOperationException("This client has a protocol of its own, and no connection to Eachlabs that could reach the router.");

    /// <summary>
    /// Runs a model in one request, which responds when the model has ended, and returns its result. Eachlabs has enabled this for a few fast models only, and
    /// refuses others; <see cref="ModelClient{TRequest, TResult}.RunAsync"/> runs all. It counts as a job within the limits of this client.
    /// </summary>
    /// <param name="endpoint">The model.</param>
    /// <param name="request">The input.</param>
    /// <param name="options">The options; webhook, idempotency key and cost limit do not apply and are rejected.</param>
    /// <param name="cancellationToken">A token to cancel the call. The model may go on, and be billed.</param>
    /// <exception cref="ArgumentException">The model belongs to another provider, or an option does not apply. Nothing was sent.</exception>
    /// <exception cref="RequestValidationException">The request is not valid. Nothing was sent.</exception>
    /// <exception cref="SubmitException">
    /// The run failed; the exception says whether a prediction may exist nevertheless, and names it if its response did.
    /// </exception>
    /// <exception cref="SubmitLimitException">The limits that this client enforces left no slot in time. Nothing was sent.</exception>
    /// <exception cref="JobException">The prediction was accepted, and failed or has no result; the exception carries its handle.</exception>
    public async Task<JobResult<TResult>> RunDirectAsync<TRequest, TResult>(
        ModelEndpoint<TRequest, TResult> endpoint, TRequest request, EachlabsSubmitOptions? options = null, CancellationToken cancellationToken = default)
        where TRequest : class, IModelRequest<TRequest>
        where TResult : IJsonModel<TResult>
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentNullException.ThrowIfNull(request);
        if (endpoint.Provider != Provider)
            throw new ArgumentException($"The model belongs to the provider {endpoint.Provider}, but this client is for {Provider}.", nameof(endpoint));
        if (options is null or { Validate: true })
            ValidationResult.Of(request).ThrowIfInvalid();
        return await RunDirectAsync(endpoint.Id, RawJson.From(request), options, ResultReader.Read<TResult>, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Runs any model in one request, including models that this SDK does not know. The input is not validated.</summary>
    /// <param name="endpointId">The model's slug.</param>
    /// <param name="input">The input.</param>
    /// <param name="options">The options; webhook, idempotency key and cost limit do not apply and are rejected.</param>
    /// <param name="cancellationToken">A token to cancel the call. The model may go on, and be billed.</param>
    /// <inheritdoc cref="RunDirectAsync{TRequest, TResult}" path="/exception"/>
    public Task<JobResult<RawJson>> RunDirectAsync(
        string endpointId, RawJson input, EachlabsSubmitOptions? options = null, CancellationToken cancellationToken = default) =>
        RunDirectAsync(endpointId, input, options, static raw => raw, cancellationToken);

    private async Task<JobResult<TResult>> RunDirectAsync<TResult>(
        string endpointId, RawJson input, EachlabsSubmitOptions? options, Func<RawJson, TResult> read, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(endpointId);
        options?.CheckForRun();
        var protocol = Protocol as EachlabsProtocol
            ?? throw new InvalidOperationException("This client has a protocol of its own, and no connection to Eachlabs that could run a model.");
        var jobs = await SubmitTogetherAsync(
            endpointId,
            [input],
            options,
            async (inputs, token) => [new SubmitPart(await protocol.RunAsync(endpointId, inputs[0], options, token).ConfigureAwait(false), MayExist: true)],
            read,
            cancellationToken).ConfigureAwait(false);
        // The response has the result; where it says anything else, the prediction is asked for until it has ended.
        return await jobs[0]!.WaitAsync(null, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Creates the connection to Eachlabs, which the clients of predictions and of workflows have in the same way.</summary>
    internal static Transport Connect(string provider, EachlabsClientOptions options, AuthHeader auth, out Uri baseUrl)
    {
        baseUrl = BaseAddress.Check(options.BaseUrl, nameof(options.BaseUrl), Host) ?? new Uri($"https://api.{Host}");
        return new Transport(provider, options, new EachlabsErrorReader(), new TrustedHosts($"api.{Host}"), auth);
    }

    private static EachlabsProtocol CreateProtocol(EachlabsClientOptions options) =>
        new(Connect(EachlabsProtocol.ProviderName, options, options.ResolveKey(), out var baseUrl), baseUrl, options);
}
