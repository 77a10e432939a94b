using System.Text.Json;
using Zoetrope.Errors;
using Zoetrope.Http;
using Zoetrope.Jobs;
using Zoetrope.Json;
using Zoetrope.Providers;
using Zoetrope.Uploads;

namespace Zoetrope.Eachlabs.Workflows;

/// <summary>
/// The executions of Eachlabs' workflows: trigger, get and list. A trigger has no idempotency key, so it is repeated only if it was definitely not accepted.
/// Executions cannot be canceled.
/// </summary>
public sealed partial class EachlabsWorkflowProtocol : JobProtocol, IFileUploads, IDisposable
{
    /// <summary>The name of the provider in handles.</summary>
    public const string ProviderName = "eachlabs-workflows";

    private readonly Transport _transport;
    private readonly string _root;
    private readonly bool _local;

    // A shared workflow takes the key in the body where it is not in the header of its own.
    private readonly string? _keyInBody;
    private readonly bool _hasTokenProvider;

    internal EachlabsWorkflowProtocol(Transport transport, Uri baseUrl, string? keyInBody, bool hasTokenProvider)
    {
        _transport = transport;
        _root = EachlabsProtocol.RootOf(baseUrl);
        _local = baseUrl.IsLoopback;
        _keyInBody = keyInBody;
        _hasTokenProvider = hasTokenProvider;
    }

    /// <inheritdoc/>
    public override string Provider => ProviderName;

    /// <inheritdoc/>
    public override PollSchedule Polling { get; } = new(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(5));

    string IFileUploads.Account => UploadAccount.Of(_transport, _root);

    Task<UploadedFile> IFileUploads.UploadAsync(UploadFile file, UploadOptions? options, CancellationToken cancellationToken) =>
        new EachlabsFiles(_transport, _root).UploadAsync(file, options, cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The id is not that of a workflow's version, or an option is not valid. Nothing was sent.</exception>
    public override Task<SubmitReceipt> SubmitAsync(string endpointId, RawJson input, SubmitOptions? options, CancellationToken cancellationToken)
    {
        var workflow = EachlabsWorkflowId.Parse(endpointId);
        EachlabsSubmitOptions.Check(options, _local);
        CheckInput(input, "The inputs");
        var key = workflow.Nickname is null ? null : _keyInBody;
        if (key is not null && _hasTokenProvider)
        {
            throw new ArgumentException(
                $"The shared workflow {endpointId} takes the key in the body where it is not in the header X-API-Key, and the key of a token provider is only "
                + $"put into headers: set {nameof(EachlabsClientOptions)}.{nameof(EachlabsClientOptions.Auth)} to {nameof(EachlabsAuth.XApiKey)}, on "
                + "connections of the client's own. Nothing was sent.", nameof(endpointId));
        }
        return _transport.SubmitAsync(
            Request(workflow.TriggerPath, writer => WriteInput(writer, input, key), options, Find, isAnonymous: key is not null),
            endpointId,
            response => ReadReceipt(endpointId, response),
            cancellationToken,
            Find);

        JobHandle? Find(ReadOnlyMemory<byte> part) =>
            ProtocolJson.TextOfPart(part.Span, "execution_id") is { } id ? new JobHandle(ProviderName, endpointId, id) : null;
    }

    /// <inheritdoc/>
    public override async Task<JobStatus> GetStatusAsync(JobHandle handle, bool logs, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(handle);
        if (handle.JobId is "." or "..")
            throw new TransportException($"The handle {handle} is not that of an execution; nothing was sent.", TransportFailure.Refused);
        // Kept with the handle, because a job is polled many times.
        var request = Recall<TransportRequest>(handle) ?? Keep(
            handle,
            new TransportRequest { Method = HttpMethod.Get, Uri = new Uri($"{_root}/workflows/executions/{Uri.EscapeDataString(handle.JobId)}") });
        var response = await _transport.SendAsync(request, cancellationToken).ConfigureAwait(false);
        var json = response.RequireJson();
        var execution = EachlabsExecution.Read(json);
        response.RequireJob(handle, execution.Id);
        return execution.ToStatus(json, response.Header(EachlabsErrorReader.RequestIdHeader), _transport.Redact)
            ?? throw response.Malformed("The response is not an execution of a workflow");
    }

    /// <inheritdoc/>
    /// <exception cref="JobResultException">The execution completed without an output.</exception>
    public override Task<JobOutput> GetOutputAsync(JobHandle handle, JobStatus completed, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(completed);
        return EachlabsOutcome.OutputOfAsync(this, handle, completed, "execution", cancellationToken);
    }

    /// <summary>Says that executions cannot be canceled: Eachlabs documents no request for it. Nothing is sent.</summary>
    /// <inheritdoc/>
    public override Task<CancelOutcome> CancelAsync(JobHandle handle, CancellationToken cancellationToken) => Task.FromResult(CancelOutcome.NotSupported);

    /// <summary>Releases the connections.</summary>
    public void Dispose() => _transport.Dispose();

    private static void CheckInput(RawJson input, string what)
    {
        if (input.Kind != JsonValueKind.Object)
            throw new ArgumentException($"{what} of a workflow must be a JSON object, not {input.Kind}. Nothing was sent.", nameof(input));
    }

    private static void WriteInput(JsonWriter writer, RawJson input, string? key)
    {
        writer.WritePropertyName("inputs"u8);
        input.Write(writer);
        if (key is not null)
            writer.WriteString("api_key"u8, key);
    }

    private TransportRequest Request(
        string path, Action<JsonWriter> write, SubmitOptions? options, Func<ReadOnlyMemory<byte>, JobHandle?> findInError, bool isAnonymous = false)
    {
        var writer = new JsonWriter();
        writer.WriteStartObject();
        write(writer);
        if (options?.WebhookUrl is { } webhook)
            writer.WriteString("webhook_url"u8, webhook.AbsoluteUri);
        if (options?.WebhookSecret is { } secret)
            writer.WriteString("webhook_secret"u8, secret);
        writer.WriteEndObject();
        var request = new TransportRequest
        {
            Method = HttpMethod.Post,
            Uri = new Uri(_root + path),
            Json = writer.Written,
            Submit = options,
            FindInError = findInError,
            Anonymous = isAnonymous,
        };
        if (options is not null)
            request.Headers.AddRange(options.Headers);
        return request;
    }

    private static SubmitReceipt ReadReceipt(string endpointId, TransportResponse response)
    {
        var json = response.RequireJson();
        var execution = EachlabsExecution.Read(json);
        return string.IsNullOrEmpty(execution.Id)
            ? throw response.Malformed("The response to the trigger has no execution id")
            : Receipt(endpointId, execution, json);
    }

    // What became of it is asked for: a receipt ends no job.
    private static SubmitReceipt Receipt(string endpointId, in EachlabsExecution execution, RawJson json) => new(
        new JobHandle(ProviderName, endpointId, execution.Id!),
        new JobStatus { State = JobState.Queued, ProviderStatus = execution.Status, Raw = json });
}
