using System.Net;
using Zoetrope.Errors;
using Zoetrope.Http;
using Zoetrope.Jobs;
using Zoetrope.Json;
using Zoetrope.Providers;
using Zoetrope.Uploads;

namespace Zoetrope.Eachlabs;

/// <summary>
/// Eachlabs' predictions: create, get, cancel. A create is not idempotent, and repeating it starts a second job that is billed
/// (billing documentation), so it is repeated only if it was definitely not accepted: no connection, and 429, which is documented to create no prediction.
/// </summary>
public sealed class EachlabsProtocol : JobProtocol, IFileUploads, IDisposable
{
    /// <summary>The name of the provider in handles and endpoints.</summary>
    public const string ProviderName = "eachlabs";

    // Of its cancel the documents say that the job runs on, and its output is dropped.
    private const string VideoApi = "eachlabs-video-api";

    /// <summary>The deadline of a run that responds when it has ended, as Eachlabs documents it for a request.</summary>
    internal static readonly TimeSpan DefaultRunTimeout = TimeSpan.FromMinutes(5);

    private readonly Transport _transport;
    private readonly string _root;
    private readonly bool _local;

    internal EachlabsProtocol(Transport transport, Uri baseUrl, EachlabsClientOptions options)
    {
        _transport = transport;
        Options = options;
        ApiRoot = RootOf(baseUrl);
        _root = ApiRoot + "/prediction/";
        _local = baseUrl.IsLoopback;
    }

    /// <inheritdoc/>
    public override string Provider => ProviderName;

    /// <inheritdoc/>
    public override Uri BaseUrl => new(ApiRoot);

    string IFileUploads.Account => UploadAccount.Of(_transport, ApiRoot);

    Task<UploadedFile> IFileUploads.UploadAsync(UploadFile file, UploadOptions? options, CancellationToken cancellationToken) =>
        new EachlabsFiles(_transport, ApiRoot).UploadAsync(file, options, cancellationToken);

    /// <summary>The address of the API, without a slash at the end.</summary>
    internal string ApiRoot { get; }

    /// <summary>The options of the client.</summary>
    internal EachlabsClientOptions Options { get; }

    /// <summary>The transport, for what is not about jobs.</summary>
    internal Transport Transport => _transport;

    /// <inheritdoc/>
    /// <remarks>The documents ask for 2 seconds; statuses of video jobs change every 5 seconds at most.</remarks>
    public override PollSchedule Polling { get; } = new(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(5));

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">An option is not valid or belongs to another provider. Nothing was sent.</exception>
    public override Task<SubmitReceipt> SubmitAsync(string endpointId, RawJson input, SubmitOptions? options, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(endpointId);
        EachlabsSubmitOptions.Check(options, _local);
        return SubmitAsync(Request("", endpointId, input, options), endpointId, response => ReadReceipt(endpointId, response), cancellationToken);
    }

    /// <summary>Runs a model in one request, which responds when the prediction has ended.</summary>
    /// <exception cref="SubmitException">The run failed; the exception says whether the prediction may exist nevertheless.</exception>
    internal Task<SubmitReceipt> RunAsync(string endpointId, RawJson input, SubmitOptions? options, CancellationToken cancellationToken)
    {
        var request = Request("run", endpointId, input, options, Options.RunTimeout ?? DefaultRunTimeout);
        return SubmitAsync(request, endpointId, response => ReadRun(endpointId, response), cancellationToken);
    }

    /// <inheritdoc/>
    public override async Task<JobStatus> GetStatusAsync(JobHandle handle, bool logs, CancellationToken cancellationToken)
    {
        // Kept with the handle, because a job is polled many times.
        var request = Recall<TransportRequest>(handle) ?? Keep(handle, Request(HttpMethod.Get, handle, ""));
        var response = await _transport.SendAsync(request, cancellationToken).ConfigureAwait(false);
        var json = response.RequireJson();
        var prediction = EachlabsPrediction.Read(json);
        response.RequireJob(handle, prediction.Id, prediction.OtherId);
        return prediction.ToStatus(json, response.Header(EachlabsErrorReader.RequestIdHeader), _transport.Redact)
            ?? throw response.Malformed("The response is not a prediction");
    }

    /// <inheritdoc/>
    /// <exception cref="JobCanceledException">The job was canceled.</exception>
    /// <exception cref="JobResultException">The prediction succeeded without an output.</exception>
    public override Task<JobOutput> GetOutputAsync(JobHandle handle, JobStatus completed, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(completed);
        return EachlabsOutcome.OutputOfAsync(this, handle, completed, "prediction", cancellationToken);
    }

    /// <inheritdoc/>
    public override async Task<CancelOutcome> CancelAsync(JobHandle handle, CancellationToken cancellationToken)
    {
        try
        {
            var response = await _transport.SendAsync(Request(HttpMethod.Post, handle, "/cancel"), cancellationToken).ConfigureAwait(false);
            return IsCanceled(handle, response)
                ? handle.EndpointId == VideoApi ? CancelOutcome.OnlyRecorded : CancelOutcome.Requested
                : throw response.Malformed("The response does not say that the job will be canceled");
        }
        catch (ServiceException exception) when (IsNotFound(handle, exception))
        {
            return CancelOutcome.NotFound;
        }
        catch (ServiceException exception) when ((int)exception.StatusCode is 400 or 404 or 409 or 500)
        {
            // An unknown id is documented as 404 and as 500, an ended job not at all, and a page may be a gateway's: the job's own status decides.
            if (await OutcomeByStatusAsync(handle, cancellationToken).ConfigureAwait(false) is { } outcome)
                return outcome;
            throw;
        }
    }

    /// <summary>Releases the connections.</summary>
    public void Dispose() => _transport.Dispose();

    /// <summary>The address of the API, without a slash at the end.</summary>
    internal static string RootOf(Uri baseUrl)
    {
        var root = BaseAddress.RootOf(baseUrl);
        return root + (root.EndsWith("/v1", StringComparison.Ordinal) ? "" : "/v1");
    }

    private async Task<CancelOutcome?> OutcomeByStatusAsync(JobHandle handle, CancellationToken cancellationToken)
    {
        try
        {
            var status = await GetStatusAsync(handle, false, cancellationToken).ConfigureAwait(false);
            if (!status.IsTerminal)
                return null;
            return status.State == JobState.Canceled ? CancelOutcome.Requested : CancelOutcome.AlreadyCompleted;
        }
        catch (ServiceException exception)
        {
            return IsNotFound(handle, exception) ? CancelOutcome.NotFound : null;
        }
        catch (TransportException)
        {
            // This contained nothing new: the caller sees the first rejection.
            return null;
        }
    }

    // The documents show "cancelled" and "success"; an error with a 2xx status is not one of them, and neither is a gateway's page.
    private static bool IsCanceled(JobHandle handle, TransportResponse response)
    {
        if (response.Json is not { } json)
            return response.Body.IsEmpty;
        var prediction = EachlabsPrediction.Read(json);
        response.RequireJob(handle, prediction.Id, prediction.OtherId);
        return prediction.Status?.ToLowerInvariant() is not ("error" or "failed");
    }

    private static bool IsNotFound(JobHandle handle, ServiceException exception)
    {
        if (exception is not { StatusCode: HttpStatusCode.NotFound, Error.Body: { } body })
            return false;
        var prediction = EachlabsPrediction.Read(body);
        return handle.MayBeNamed(prediction.Id, prediction.OtherId);
    }

    private static ReadOnlyMemory<byte> Body(string endpointId, RawJson input, SubmitOptions? options)
    {
        var writer = new JsonWriter(input.Utf8.Length + 256);
        writer.WriteStartObject();
        writer.WriteString("model"u8, endpointId);
        writer.WritePropertyName("input"u8);
        input.Write(writer);
        if (options?.WebhookUrl is { } webhook)
            writer.WriteString("webhook_url"u8, webhook.AbsoluteUri);
        if (options?.WebhookSecret is { } secret)
            writer.WriteString("webhook_secret"u8, secret);
        writer.WriteEndObject();
        return writer.Written;
    }

    private static SubmitReceipt ReadReceipt(string endpointId, TransportResponse response)
    {
        var json = response.RequireJson();
        var prediction = EachlabsPrediction.Read(json);
        if (string.IsNullOrEmpty(prediction.Id))
            throw response.Malformed("The response to the submit has no prediction id");
        // "success" here means accepted, not done.
        var status = new JobStatus { State = JobState.Queued, ProviderStatus = prediction.Status, Raw = json };
        return new SubmitReceipt(new JobHandle(ProviderName, endpointId, prediction.Id), status);
    }

    // Here "success" means done.
    private SubmitReceipt ReadRun(string endpointId, TransportResponse response)
    {
        var json = response.RequireJson();
        var prediction = EachlabsPrediction.Read(json);
        if (string.IsNullOrEmpty(prediction.Id))
            throw response.Malformed("The response to the run has no prediction id");
        var status = prediction.ToStatus(json, response.Header(EachlabsErrorReader.RequestIdHeader), _transport.Redact)
            ?? new JobStatus { State = JobState.Running, Raw = json };
        return new SubmitReceipt(new JobHandle(ProviderName, endpointId, prediction.Id), status);
    }

    private TransportRequest Request(string path, string endpointId, RawJson input, SubmitOptions? options, TimeSpan? timeout = null)
    {
        var request = new TransportRequest
        {
            Method = HttpMethod.Post,
            Uri = new Uri(_root + path),
            Json = Body(endpointId, input, options),
            Timeout = timeout,
            IsLong = timeout is not null,
            Submit = options,
            // A bare id may be that of the error.
            FindInError = body => HandleIn(endpointId, body, "predictionID", "prediction_id"),
        };
        if (options is not null)
            request.Headers.AddRange(options.Headers);
        return request;
    }

    private Task<SubmitReceipt> SubmitAsync(
        TransportRequest request, string endpointId, Func<TransportResponse, SubmitReceipt> read, CancellationToken cancellationToken) =>
        _transport.SubmitAsync(request, endpointId, read, cancellationToken, part => HandleIn(endpointId, part, "predictionID", "prediction_id", "id"));

    private static JobHandle? HandleIn(string endpointId, ReadOnlyMemory<byte> body, params ReadOnlySpan<string> names) =>
        ProtocolJson.TextOfPart(body.Span, names) is { } id ? new JobHandle(ProviderName, endpointId, id) : null;

    private TransportRequest Request(HttpMethod method, JobHandle handle, string suffix) => handle.JobId is "." or ".."
        ? throw new TransportException($"The handle {handle} is not that of a prediction; nothing was sent.", TransportFailure.Refused)
        : new TransportRequest { Method = method, Uri = new Uri(_root + Uri.EscapeDataString(handle.JobId) + suffix) };
}
