using System.ComponentModel;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Zoetrope.Errors;
using Zoetrope.Http;
using Zoetrope.Jobs;
using Zoetrope.Json;
using Zoetrope.Providers;

namespace Zoetrope.CodeGen.Jobs;

/// <summary>
/// The job protocol of a provider that a declaration (<c>{provider}.jobs.json</c>) describes. The generated class says which requests are sent and reads
/// the responses; what all protocols owe to money and to trust is here: a submit is sent once, a returned address is requested only where the key may go,
/// and only a word that the declaration knows ends a job.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract partial class DeclaredProtocol : JobProtocol, IErrorMaker, IDisposable
{
    private const int ReceiptFields = -2;
    private const int StatusFields = -1;
    private const int WebhookFields = -3;

    private readonly Transport? _sender;
    private readonly bool _local;

    /// <summary>Initializes a new instance of the <see cref="DeclaredProtocol"/> class.</summary>
    /// <param name="transport">The transport, which is disposed with the protocol.</param>
    /// <param name="server">The provider's address, below which the paths of operations are.</param>
    /// <param name="baseUrl">What the user set in its place; null for nothing. Where it has no path of its own, the server's is added.</param>
    protected DeclaredProtocol(Transport transport, Uri server, Uri? baseUrl)
    {
        ArgumentNullException.ThrowIfNull(transport);
        ArgumentNullException.ThrowIfNull(server);
        _sender = transport;
        Root = baseUrl is { AbsolutePath: "/" } ? BaseAddress.RootOf(new Uri(baseUrl, server.AbsolutePath)) : BaseAddress.RootOf(baseUrl ?? server);
        _local = (baseUrl ?? server).IsLoopback;
    }

    /// <summary>Initializes a new instance of the <see cref="DeclaredProtocol"/> class that sends nothing: it reads what webhooks deliver.</summary>
    protected DeclaredProtocol() => Root = "";

    private Transport Transport => _sender ?? throw new InvalidOperationException("This protocol only reads deliveries; it sends nothing.");

    private string Root { get; }

    /// <inheritdoc/>
    public sealed override Uri? BaseUrl => Root.Length == 0 ? null : new(Root);

    /// <inheritdoc/>
    public sealed override TimeSpan LeastPollInterval => Polling.Initial;

    /// <inheritdoc/>
    public sealed override async Task<JobStatus> GetStatusAsync(JobHandle handle, bool logs, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(handle);
        // Kept with the handle, because a job is polled many times.
        var request = Recall<TransportRequest>(handle) ?? Keep(handle, StatusRequest(handle));
        try
        {
            var response = await Transport.SendAsync(request, cancellationToken).ConfigureAwait(false);
            return Status(handle, response);
        }
        catch (ServiceException exception) when (HasStatusCodeWords && IsDeclared(WordOf(exception.StatusCode)))
        {
            var job = new JobFields { Word = WordOf(exception.StatusCode) };
            var body = exception.Error.Body ?? default;
            ReadFields(body, ref job, StatusFields);
            var error = exception.Error.WithKind(KindOf(job.Word!, job.FailureCode));
            return StatusOf(job, body, StateOf(job.Word!) == JobState.Failed ? error : null, ResultRequests == 0);
        }
    }

    /// <summary>Releases the connections.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Releases the connections.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
            _sender?.Dispose();
    }

    private static string WordOf(HttpStatusCode status) => ((int)status).ToString(CultureInfo.InvariantCulture);

    private TransportRequest Request(
        HttpMethod method, Uri uri, ReadOnlyMemory<byte> json = default, SubmitOptions? options = null, string? idempotencyKey = null,
        bool? mayRepeat = null, RequestBody? form = null)
    {
        var request = new TransportRequest
        {
            Method = method,
            Uri = uri,
            Json = json,
            Body = form,
            Submit = options,
            IdempotencyKey = idempotencyKey,
            MayRepeat = mayRepeat,
            Errors = this,
        };
        foreach (var header in ConstantHeaders)
            request.Headers.Add(header);
        return request;
    }

    private ServiceError Redact(ServiceError error) => _sender?.Redact(error) ?? error;

    private ServiceException ErrorInside(in JobFields job, TransportResponse response) =>
        new(Provider, response.StatusCode, Redact(ErrorOf(job.ErrorMessage, job.ErrorCode, KindOf("", job.ErrorCode), response)));

    // What a code means, it means in every error: of a submit that is refused as of a job that fails.
    ServiceException? IErrorMaker.MakeError(string provider, HttpStatusCode status, ServiceError error, TimeSpan? retryAfter) =>
        new(provider, status, error.WithKind(KindOf("", error.Type)), retryAfter);

    private TransportRequest StatusRequest(JobHandle handle)
    {
        var uri = handle.Location is { } location && Uri.TryCreate(location, UriKind.Absolute, out var address) && Transport.IsTrusted(address)
            ? address
            : new Uri(Root + StatusPath(handle));
        return StatusBody(handle) is { } json
            ? Request(HttpMethod.Post, uri, Encoding.UTF8.GetBytes(json), mayRepeat: true)
            : Request(HttpMethod.Get, uri);
    }

    private JobStatus Status(JobHandle handle, TransportResponse response)
    {
        var job = default(JobFields);
        var json = HasStatusCodeWords ? response.Json ?? default : response.RequireJson();
        ReadFields(json, ref job, StatusFields);
        response.RequireJob(handle, job.Id);
        if (HasStatusCodeWords)
            job.Word ??= WordOf(response.StatusCode);
        return Status(job, json, response, ResultRequests == 0);
    }

    private JobStatus Status(in JobFields job, RawJson json, TransportResponse response, bool hasOutput, bool isDelivery = false)
    {
        var state = job.Word is null ? JobState.Running : isDelivery ? DeliveredStateOf(job.Word) : StateOf(job.Word);
        if (IsError(isSubmit: false, job) && state is not (JobState.Failed or JobState.Canceled))
            throw ErrorInside(job, response);
        if (string.IsNullOrEmpty(job.Word))
            throw response.Malformed("The response is not the status of a job");
        return StatusOf(job, state, json, state == JobState.Failed ? Redact(FailureOf(job, response, isDelivery)) : null, hasOutput);
    }

    private JobStatus StatusOf(in JobFields job, RawJson json, ServiceError? error, bool hasOutput) =>
        StatusOf(job, StateOf(job.Word!), json, error, hasOutput);

    private JobStatus StatusOf(in JobFields job, JobState state, RawJson json, ServiceError? error, bool hasOutput)
    {
        return new JobStatus
        {
            State = state,
            ProviderStatus = job.Word,
            QueuePosition = job.QueuePosition,
            Progress = job.Progress is { } progress ? Math.Clamp(ProgressOf(progress), 0, 1) : null,
            ExpectedTime = job.ExpectedSeconds is >= 0 and < 1_000_000_000 and var seconds ? TimeSpan.FromSeconds((double)seconds) : null,
            Metrics = job.Cost is null ? JobMetrics.None : CostOf(isSubmit: false, job),
            Error = error,
            Output = state == JobState.Completed && hasOutput ? OutputOf(job) : null,
            Raw = json,
        };
    }

    /// <summary>Reads the values of a response that is JSON.</summary>
    /// <param name="json">The response.</param>
    /// <param name="job">What it says.</param>
    /// <param name="kind">
    /// Which response it is: <see cref="ReceiptFields"/>, <see cref="StatusFields"/>, <see cref="WebhookFields"/> or the number of a request for the result.
    /// </param>
    private void ReadFields(RawJson json, ref JobFields job, int kind)
    {
        var reader = json.CreateReader(int.MaxValue);
        reader.Read();
        if (kind == ReceiptFields)
            ReadReceipt(ref reader, ref job);
        else if (kind == StatusFields)
            ReadStatus(ref reader, ref job);
        else if (kind == WebhookFields)
            ReadWebhook(ref reader, ref job);
        else
            ReadResult(kind, ref reader, ref job);
    }

    private ServiceError FailureOf(in JobFields job, TransportResponse response, bool isDelivery = false)
    {
        var kind = isDelivery ? DeliveredKindOf(job.Word!, job.FailureCode) : KindOf(job.Word!, job.FailureCode);
        return ErrorOf(job.FailureMessage ?? job.ErrorMessage, job.FailureCode ?? job.ErrorCode ?? job.Word, kind, response);
    }

    private static ServiceError ErrorOf(string? message, string? code, FailureKind kind, TransportResponse response) => new()
    {
        Message = (string.IsNullOrWhiteSpace(message) ? code : message) ?? "no explanation was given",
        Type = code,
        Kind = kind,
        RequestId = response.RequestId,
        Body = response.Json,
    };

    private RawJson? OutputOf(in JobFields job)
    {
        if (job.Output is not { } output || output.Kind == JsonValueKind.Null)
            return null;
        return Base64MediaType is { } type && output.AsString() is { } text ? $"data:{type};base64,{text}" : output;
    }
}
