using System.Runtime.CompilerServices;
using Zoetrope.Clients;
using Zoetrope.Errors;
using Zoetrope.Http;
using Zoetrope.Jobs;
using Zoetrope.Json;
using Zoetrope.Providers;
using Zoetrope.Uploads;
using Zoetrope.Validation;

namespace Zoetrope.Eachlabs.Workflows;

/// <summary>
/// The client of Eachlabs' workflows. An execution is a job like that of a model: it can be watched, waited for and resumed by its handle, and a trigger that
/// may have been accepted is never sent again. Its result is the workflow's output; <c>EachlabsApi.WorkflowExecution</c> reads what each step has made from
/// <see cref="JobStatus.Raw"/>. Each execution counts as a job within <see cref="MediaClientOptions.Limits"/>.
/// </summary>
public class EachlabsWorkflowClient : MediaClient
{
    /// <summary>The maximum number of inputs of a bulk.</summary>
    public const int MaxBulk = 10;

    private const string NoConnection = "This client has a protocol of its own, and no connection to Eachlabs.";

    /// <summary>Initializes a new instance with the key from the environment (<c>EACHLABS_API_KEY</c>) and the default options.</summary>
    /// <exception cref="MissingKeyException">No key is in the environment.</exception>
    public EachlabsWorkflowClient()
        : this((EachlabsClientOptions?)null)
    {
    }

    /// <summary>Initializes a new instance with a key and the default options.</summary>
    /// <param name="apiKey">The key.</param>
    /// <exception cref="ArgumentException">The key is empty or not valid in a header.</exception>
    public EachlabsWorkflowClient(string apiKey)
        : this(new EachlabsClientOptions(apiKey))
    {
    }

    /// <summary>Initializes a new instance with options.</summary>
    /// <param name="options">The options; null uses the defaults and the key from the environment.</param>
    /// <exception cref="MissingKeyException">No key is set.</exception>
    /// <exception cref="ArgumentException">The base URL is not an absolute http or https URL, or the key is not valid in a header.</exception>
    [OverloadResolutionPriority(1)]
    public EachlabsWorkflowClient(EachlabsClientOptions? options)
        : base(CreateProtocol(options ??= new EachlabsClientOptions()), options)
    {
    }

    /// <summary>For tests: a client whose executions a protocol of your own plays. It needs no key, sends nothing, and keeps no limits.</summary>
    /// <param name="protocol">The protocol; its name must be <c>eachlabs-workflows</c>. It is disposed with the client when it can be.</param>
    /// <param name="options">The options; null takes the defaults without <see cref="MediaClientOptions.Limits"/>.</param>
    protected EachlabsWorkflowClient(JobProtocol protocol, EachlabsClientOptions? options = null)
        : base(protocol, options ?? new EachlabsClientOptions { Limits = null })
    {
    }

    private EachlabsWorkflowProtocol Workflows => Protocol as EachlabsWorkflowProtocol ?? throw new InvalidOperationException(NoConnection);

    /// <summary>Triggers a workflow of the account, and returns as soon as Eachlabs has accepted it.</summary>
    /// <typeparam name="TInputs">The type of the inputs: <see cref="RawJson"/>, or a model of a document that describes them.</typeparam>
    /// <param name="workflow">The id of the workflow, or its slug.</param>
    /// <param name="version">The version.</param>
    /// <param name="inputs">The inputs, an object. It is validated if its type can be.</param>
    /// <param name="options">The options of the submit.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <exception cref="ArgumentException">An id is not valid, or the inputs are not an object. Nothing was sent.</exception>
    /// <exception cref="RequestValidationException">The inputs are not valid. Nothing was sent.</exception>
    /// <exception cref="UploadException">A local file in the inputs was not uploaded. Nothing was triggered.</exception>
    /// <exception cref="SubmitException">The trigger failed; the exception says whether an execution may exist nevertheless.</exception>
    /// <exception cref="SubmitLimitException">The limits that this client enforces left no slot in time. Nothing was sent.</exception>
    public Task<Job<RawJson>> TriggerAsync<TInputs>(
        string workflow, string version, TInputs inputs, EachlabsSubmitOptions? options = null, CancellationToken cancellationToken = default)
        where TInputs : IJsonModel<TInputs> =>
        SubmitAsync(IdOf(null, workflow, version), JsonOf(inputs, options), options, cancellationToken);

    /// <summary>Triggers a workflow that another organization shares. The account is billed for it.</summary>
    /// <param name="nickname">The nickname of the organization, without <c>@</c>.</param>
    /// <param name="workflow">The workflow's slug.</param>
    /// <param name="version">The version.</param>
    /// <param name="inputs">The inputs, an object. It is validated if its type can be.</param>
    /// <param name="options">The options of the submit.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <inheritdoc cref="TriggerAsync{TInputs}" path="/typeparam"/>
    /// <inheritdoc cref="TriggerAsync{TInputs}" path="/exception"/>
    public Task<Job<RawJson>> TriggerPublicAsync<TInputs>(
        string nickname, string workflow, string version, TInputs inputs, EachlabsSubmitOptions? options = null,
        CancellationToken cancellationToken = default)
        where TInputs : IJsonModel<TInputs>
    {
        ArgumentException.ThrowIfNullOrEmpty(nickname);
        return SubmitAsync(IdOf(nickname, workflow, version), JsonOf(inputs, options), options, cancellationToken);
    }

    /// <summary>
    /// Triggers a workflow of the account with several inputs in one request. Some inputs may be accepted and others not: the result says it of each.
    /// </summary>
    /// <param name="workflow">The id of the workflow, or its slug.</param>
    /// <param name="version">The version.</param>
    /// <param name="inputs">The inputs of each execution, objects: at most <see cref="MaxBulk"/>.</param>
    /// <param name="options">The options of the submit, which apply to all of them; a cost limit does not apply and is refused.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <exception cref="ArgumentException">
    /// An id or an option is not valid, there are too many inputs or none, one is not an object, or the limits of this client never allow so many at once.
    /// Nothing was sent.
    /// </exception>
    /// <exception cref="SubmitException">
    /// Nothing is known of any input: <see cref="SubmitException.WasNotAccepted"/> says whether all were refused, or are in doubt.
    /// </exception>
    /// <exception cref="EachlabsBulkCanceledException">
    /// The caller canceled after the request had been sent: the exception says of each input what is known, and has the jobs that the response named.
    /// </exception>
    /// <inheritdoc cref="TriggerAsync{TInputs}" path="/typeparam"/>
    /// <inheritdoc cref="TriggerAsync{TInputs}" path="/exception"/>
    public async Task<EachlabsBulk> TriggerBulkAsync<TInputs>(
        string workflow, string version, IReadOnlyList<TInputs> inputs, EachlabsSubmitOptions? options = null, CancellationToken cancellationToken = default)
        where TInputs : IJsonModel<TInputs>
    {
        ArgumentNullException.ThrowIfNull(inputs);
        var id = IdOf(null, workflow, version);
        var protocol = Workflows;
        var all = inputs.Select(one => JsonOf(one, options)).ToList();
        protocol.CheckBulk(id, all, options);
        EachlabsBulkReceipt? receipt = null;
        var jobs = await SubmitTogetherAsync(
            id,
            all,
            options,
            async (uploaded, token) => (receipt = await protocol.SubmitBulkAsync(id, uploaded, options, token).ConfigureAwait(false)).Parts,
            static raw => raw,
            cancellationToken).ConfigureAwait(false);
        var bulk = new EachlabsBulk(receipt!, jobs);
        return receipt!.Cancellation is { } cancellation ? throw new EachlabsBulkCanceledException(id, bulk, cancellation) : bulk;
    }

    /// <summary>Lists the executions of a workflow of the account, to find one whose response was lost.</summary>
    /// <param name="options">Which executions; <see cref="JobListOptions.EndpointId"/> names the workflow's version, such as <c>my-workflow/v1</c>.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <exception cref="ArgumentException">The options name no workflow of the account.</exception>
    /// <exception cref="ServiceException">Eachlabs responded with an error.</exception>
    /// <exception cref="TransportException">There was no usable response.</exception>
    public IAsyncEnumerable<ListedJob> ListJobsAsync(JobListOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        return Protocol.ListAsync(options, cancellationToken);
    }

    /// <summary>Lists the executions of one bulk, which shows what became of inputs that are in doubt.</summary>
    /// <param name="workflow">The id of the workflow, or its slug.</param>
    /// <param name="version">The version.</param>
    /// <param name="bulkId">The id of the bulk (<see cref="EachlabsBulk.BulkId"/>).</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <exception cref="ServiceException">Eachlabs responded with an error.</exception>
    /// <exception cref="TransportException">There was no usable response.</exception>
    public IAsyncEnumerable<ListedJob> ListBulkAsync(string workflow, string version, string bulkId, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(bulkId);
        return Workflows.ListAsync(new JobListOptions { EndpointId = IdOf(null, workflow, version) }, bulkId, cancellationToken);
    }

    private static string IdOf(string? nickname, string workflow, string version)
    {
        ArgumentException.ThrowIfNullOrEmpty(workflow);
        ArgumentException.ThrowIfNullOrEmpty(version);
        var id = new EachlabsWorkflowId(nickname, workflow, version);
        return EachlabsWorkflowId.Parse(id.ToString()) == id
            ? id.ToString()
            : throw new ArgumentException($"'{workflow}' and '{version}' are not the ids of a workflow and its version. Nothing was sent.", nameof(workflow));
    }

    private static RawJson JsonOf<TInputs>(TInputs inputs, EachlabsSubmitOptions? options)
        where TInputs : IJsonModel<TInputs>
    {
        ArgumentNullException.ThrowIfNull(inputs);
        if (inputs is IValidatable validatable && options is null or { Validate: true })
            ValidationResult.Of(validatable).ThrowIfInvalid();
        return RawJson.From(inputs);
    }

    private static EachlabsWorkflowProtocol CreateProtocol(EachlabsClientOptions options)
    {
        var auth = options.ResolveKey();
        var transport = EachlabsClient.Connect(EachlabsWorkflowProtocol.ProviderName, options, auth, out var baseUrl);
        return new EachlabsWorkflowProtocol(transport, baseUrl, EachlabsClientOptions.KeyOfBearer(auth), options.TokenProvider is not null);
    }
}
