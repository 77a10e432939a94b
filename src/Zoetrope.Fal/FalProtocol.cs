using System.Globalization;
using System.Net;
using Zoetrope.Costs;
using Zoetrope.Errors;
using Zoetrope.Fal.Protocol;
using Zoetrope.Http;
using Zoetrope.Jobs;
using Zoetrope.Json;
using Zoetrope.Providers;
using Zoetrope.Uploads;

namespace Zoetrope.Fal;

/// <summary>
/// fal's queue. A job is submitted to its full id and polled at its app; a failed one is COMPLETED, with the reason in place of its result.
/// Sources: fal's documentation and the behavior of its official clients.
/// </summary>
public sealed class FalProtocol : JobProtocol, IFileUploads, IDisposable
{
    /// <summary>The name of the provider in handles and endpoints.</summary>
    public const string ProviderName = "fal";

    private const string WithoutLogs = "?logs=0";

    private static readonly TrustedHosts QueueHosts = new("queue.fal.run");

    private readonly FalConnection _connection;
    private readonly Transport _transport;
    private readonly Uri _baseUrl;
    private readonly string _root;
    private readonly TrustedHosts _jobHosts;
    private FalPrices? _prices;

    internal FalProtocol(FalConnection connection)
    {
        _connection = connection;
        _transport = connection.Transport;
        _baseUrl = connection.QueueUrl;
        _root = BaseAddress.RootOf(_baseUrl);
        _jobHosts = QueueHosts.WithOrigin(_baseUrl).WithOrigin(new Uri("https://" + FalConnection.BackupQueueHost));
    }

    /// <inheritdoc/>
    public override string Provider => ProviderName;

    /// <inheritdoc/>
    public override Uri BaseUrl => _baseUrl;

    string IFileUploads.Account => UploadAccount.Of(_transport, _connection.RestRoot);

    Task<UploadedFile> IFileUploads.UploadAsync(UploadFile file, UploadOptions? options, CancellationToken cancellationToken) =>
        _connection.Files.UploadAsync(file, options, cancellationToken);

    /// <inheritdoc/>
    public override PollSchedule Polling { get; } = new(TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(5));

    /// <inheritdoc/>
    /// <remarks>
    /// fal's list of prices (<c>https://api.fal.ai/v1/models/pricing</c>), or <c>platform/v1/models/pricing</c> below <see cref="ClientOptions.BaseUrl"/> if
    /// that is set. A price is used for 5 minutes before it is fetched again.
    /// </remarks>
    public override Task<ProviderPrice?> GetPriceAsync(string endpointId, CancellationToken cancellationToken) =>
        LazyInitializer.EnsureInitialized(ref _prices, () => new FalPrices(_connection)).GetAsync(FalEndpointId.Parse(endpointId), cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">
    /// The id is not an endpoint id, or an option is not valid or belongs to another provider. Nothing was sent.
    /// </exception>
    public override async Task<SubmitReceipt> SubmitAsync(string endpointId, RawJson input, SubmitOptions? options, CancellationToken cancellationToken)
    {
        var endpoint = FalEndpointId.Parse(endpointId);
        WebhookRules.Check(options, local: _baseUrl.IsLoopback);
        var request = new TransportRequest
        {
            Method = HttpMethod.Post,
            Uri = new Uri($"{_root}/{endpoint}{Query(options)}"),
            Json = input.Utf8Memory,
            Submit = options,
        };
        FalSubmitOptions.AddHeaders(options, request.Headers);
        return await _transport.SubmitAsync(
            request,
            endpointId,
            response => ReadReceipt(endpoint, endpointId, response),
            cancellationToken,
            part => FalReceipt.ReadPart(part.Span) is { } receipt ? HandleOf(endpoint, endpointId, receipt) : null).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override async Task<JobStatus> GetStatusAsync(JobHandle handle, bool logs, CancellationToken cancellationToken)
    {
        var response = await _transport.SendAsync(StatusRequestOf(handle, logs), cancellationToken).ConfigureAwait(false);
        var read = FalStatusReader.Read(response.RequireJson(), out var names, handle);
        response.RequireJob(handle, names.RequestId, names.GatewayRequestId);
        var status = read ?? throw response.Malformed("The response is not a status");
        if (status.Error is { } error)
            status = FalStatusReader.With(status, response.AttachTo(_transport.Redact(error)));
        return status.State == JobState.Failed ? await ExplainAsync(handle, status, cancellationToken).ConfigureAwait(false) : status;
    }

    /// <inheritdoc/>
    /// <exception cref="JobCanceledException">The job was canceled.</exception>
    public override async Task<JobOutput> GetOutputAsync(JobHandle handle, JobStatus completed, CancellationToken cancellationToken)
    {
        TransportResponse response;
        try
        {
            response = await SendAsync(HttpMethod.Get, ResultAddressOf(handle), cancellationToken).ConfigureAwait(false);
        }
        catch (ServiceException exception) when (FalResultErrors.Translate(exception, handle, completed) is { } translated)
        {
            throw translated;
        }
        RequireResultOf(handle, response);
        var metrics = completed.Metrics with { BillableUnits = BillableUnits(response) ?? completed.Metrics.BillableUnits };
        return new JobOutput(response.RequireResult(), metrics, response.Header(FalErrorReader.RequestIdHeader))
        {
            Content = response.Content,
            Header = response.Header,
        };
    }

    /// <inheritdoc/>
    public override async Task<CancelOutcome> CancelAsync(JobHandle handle, CancellationToken cancellationToken)
    {
        try
        {
            var response = await SendAsync(HttpMethod.Put, AddressOf(FalJobPaths.Of(handle).Cancel), cancellationToken).ConfigureAwait(false);
            return FalCancelOutcomes.Read(handle, response);
        }
        catch (ServiceException exception) when (FalCancelOutcomes.Read(handle, exception) is { } outcome)
        {
            return outcome;
        }
    }

    /// <summary>Releases the connections.</summary>
    public void Dispose() => _transport.Dispose();

    /// <summary>The units that were billed (<c>X-Fal-Billable-Units</c>), if fal reports them.</summary>
    internal static decimal? BillableUnits(TransportResponse response) => ProtocolJson.Number(response.Header(FalResponseFacts.BillableUnitsHeader));

    private static string Query(SubmitOptions? options)
    {
        var query = options?.WebhookUrl is { } webhook ? "?fal_webhook=" + Uri.EscapeDataString(webhook.AbsoluteUri) : "";
        if (options is FalSubmitOptions { MaxQueueLength: { } length })
            query += $"{(query.Length == 0 ? '?' : '&')}fal_max_queue_length={length.ToString(CultureInfo.InvariantCulture)}";
        return query;
    }

    // Not documented for results, but 202 is how fal says "not yet" elsewhere: a status must not be taken for the result that was paid for. With 200 it must
    // name the job, as a model's own result may have a status too. It may also have a request id, which is the queue's only beside the URLs of the queue.
    private void RequireResultOf(JobHandle handle, TransportResponse response)
    {
        if (response.Json is not { } json || !FalStatusReader.MayBeOfQueue(json.Utf8))
            return;
        var status = FalStatusReader.Read(json, out var names, handle, readUrls: true);
        if (names.HaveUrlsOf(_jobHosts))
            response.RequireJob(handle, names.RequestId, names.GatewayRequestId);
        var isOfQueue = response.StatusCode == HttpStatusCode.Accepted || (status?.ProviderStatus is "IN_QUEUE" or "IN_PROGRESS" && names.AreOf(handle));
        if (isOfQueue && status is { IsTerminal: false })
            throw FalResultErrors.NotReady($"The result is not there yet: {response.Excerpt()}", json);
    }

    // The status describes a failure briefly ("Invalid status code: 422"); which field was wrong is only in place of the result.
    private async Task<JobStatus> ExplainAsync(JobHandle handle, JobStatus failed, CancellationToken cancellationToken)
    {
        try
        {
            var response = await SendAsync(HttpMethod.Get, ResultAddressOf(handle), cancellationToken).ConfigureAwait(false);
            RequireResultOf(handle, response);
            // The error decides, by fal's documentation; the job's result is kept beside it.
            return FalStatusReader.With(failed, failed.Error is { } error ? response.AttachTo(error) : null, response.Json);
        }
        catch (ServiceException exception)
        {
            var error = exception.Error;
            return FalStatusReader.With(failed, error.Fields.Count == 0 && failed.Error is { } known ? known.WithHeadersOf(error) : error);
        }
        catch (Exception exception) when (exception is TransportException or OperationCanceledException)
        {
            // It is known that the job failed; the details are optional.
            return failed;
        }
    }

    private SubmitReceipt ReadReceipt(FalEndpointId endpoint, string endpointId, TransportResponse response)
    {
        var json = response.RequireJson();
        var status = FalStatusReader.Read(json, out var names, readUrls: true, app: endpoint.App) ?? new JobStatus { State = JobState.Queued, Raw = json };
        var receipt = FalReceipt.Of(names) ?? throw response.Malformed("The response to the submit has no job id");
        return new SubmitReceipt(HandleOf(endpoint, endpointId, receipt), status);
    }

    private JobHandle HandleOf(FalEndpointId endpoint, string endpointId, FalReceipt receipt) =>
        new(ProviderName, endpointId, receipt.JobId, FalJobPaths.LocationOf(endpoint, receipt, _baseUrl, _jobHosts));

    internal Uri AddressOf(string path) => new(_root + path);

    // Kept with the handle, because a job is polled many times.
    private TransportRequest StatusRequestOf(JobHandle handle, bool logs) => logs
        ? Request(HttpMethod.Get, AddressOf(FalJobPaths.Of(handle).Status + "?logs=1"))
        : Recall<TransportRequest>(handle) ?? Keep(handle, Request(HttpMethod.Get, AddressOf(FalJobPaths.Of(handle).Status + WithoutLogs)));

    // The status is below it unless the handle says otherwise, and is known by the time.
    private Uri ResultAddressOf(JobHandle handle) => handle.Location is null && Recall<TransportRequest>(handle) is { Uri.OriginalString: var status }
        ? new Uri(status[..^(FalJobPaths.StatusEnd.Length + WithoutLogs.Length)])
        : AddressOf(FalJobPaths.Of(handle).Result);

    private Task<TransportResponse> SendAsync(HttpMethod method, Uri address, CancellationToken cancellationToken) =>
        _transport.SendAsync(Request(method, address), cancellationToken);

    private static TransportRequest Request(HttpMethod method, Uri address) => new() { Method = method, Uri = address };
}
