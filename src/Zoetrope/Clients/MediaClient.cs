using Zoetrope.Costs;
using Zoetrope.Downloads;
using Zoetrope.Errors;
using Zoetrope.Http;
using Zoetrope.Jobs;
using Zoetrope.Json;
using Zoetrope.Media;
using Zoetrope.Models;
using Zoetrope.Providers;
using Zoetrope.Validation;

namespace Zoetrope.Clients;

/// <summary>The base class of the providers' clients. Instances are thread-safe and intended to be long-lived.</summary>
public abstract class MediaClient : IDisposable
{
    private readonly JobServices _services;
    private readonly MediaDownloader _downloader;

    /// <summary>Initializes a new instance of the <see cref="MediaClient"/> class.</summary>
    /// <param name="protocol">The provider's protocol; it is disposed with the client if it is disposable.</param>
    /// <param name="options">The options.</param>
    protected MediaClient(JobProtocol protocol, MediaClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(protocol);
        ArgumentNullException.ThrowIfNull(options);
        _services = new JobServices(protocol, options);
        _downloader = new MediaDownloader(options, protocol.FileKey);
    }

    /// <summary>The provider, such as <c>fal</c>.</summary>
    public string Provider => Protocol.Provider;

    /// <summary>The protocol, which submits jobs to the provider, reads their status and results, and cancels them.</summary>
    public JobProtocol Protocol => _services.Protocol;

    /// <summary>Binds a model to this client.</summary>
    /// <exception cref="ArgumentException">The model belongs to another provider.</exception>
    public ModelClient<TRequest, TResult> Model<TRequest, TResult>(ModelEndpoint<TRequest, TResult> endpoint)
        where TRequest : class, IModelRequest<TRequest>
        where TResult : IJsonModel<TResult>
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        CheckProvider(endpoint.Provider, "The model");
        return new(this, endpoint);
    }

    /// <summary>Submits a job for any model, including models that this SDK does not know. The input is not validated.</summary>
    /// <param name="endpointId">The provider's id of the model.</param>
    /// <param name="input">The input.</param>
    /// <param name="options">The options of the submit.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <exception cref="SubmitException">The submit failed; the exception says whether a job may exist nevertheless.</exception>
    /// <exception cref="SubmitLimitException">The limits that this client enforces left no slot in time. Nothing was sent.</exception>
    public async Task<Job<RawJson>> SubmitAsync(string endpointId, RawJson input, SubmitOptions? options = null, CancellationToken cancellationToken = default)
    {
        var session = await SubmitSessionAsync(endpointId, input, null, options, null, cancellationToken).ConfigureAwait(false);
        return new Job<RawJson>(session, static raw => raw);
    }

    /// <summary>Submits a job whose input is JSON for a model that this SDK knows. The input is validated, and its cost can be estimated.</summary>
    /// <param name="endpoint">The model.</param>
    /// <param name="input">The input.</param>
    /// <param name="options">The options of the submit.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <exception cref="ArgumentException">The model belongs to another provider.</exception>
    /// <exception cref="System.Text.Json.JsonException">The input is not an object, or a parameter has another type.</exception>
    /// <exception cref="RequestValidationException">The input is not valid. Nothing was sent.</exception>
    /// <exception cref="SubmitException">The submit failed; the exception says whether a job may exist nevertheless.</exception>
    /// <exception cref="CostLimitException">The job would cost more than <see cref="SubmitOptions.MaxCost"/>. Nothing was sent.</exception>
    public async Task<Job<RawJson>> SubmitAsync(
        ModelEndpoint endpoint, RawJson input, SubmitOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        CheckProvider(endpoint.Provider, "The model");
        if (options is null or { Validate: true })
            endpoint.Validate(input).ThrowIfInvalid();
        var request = endpoint.ReadRequest(input);
        var session = await SubmitSessionAsync(endpoint.Id, input, request, options, null, cancellationToken).ConfigureAwait(false);
        return new Job<RawJson>(session, static raw => raw);
    }

    /// <summary>Estimates what a job costs, as <see cref="ModelClient{TRequest, TResult}.EstimateAsync"/> does, for an input that is JSON.</summary>
    /// <param name="endpoint">The model.</param>
    /// <param name="input">The input; it is not validated.</param>
    /// <param name="cancellationToken">A token to cancel the request for the provider's price.</param>
    /// <exception cref="ArgumentException">The model belongs to another provider.</exception>
    /// <exception cref="System.Text.Json.JsonException">The input is not an object, or a parameter has another type.</exception>
    public Task<CostEstimate> EstimateAsync(ModelEndpoint endpoint, RawJson input, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        CheckProvider(endpoint.Provider, "The model");
        return EstimateAsync(endpoint.Id, endpoint.ReadRequest(input), cancellationToken);
    }

    /// <summary>Resumes a job that was submitted before, possibly by another process. Nothing is sent.</summary>
    /// <exception cref="ArgumentException">The handle belongs to another provider.</exception>
    public Job<RawJson> Resume(JobHandle handle) => Resume(handle, static raw => raw);

    /// <summary>Resumes a job that was submitted before, possibly by another process. Nothing is sent.</summary>
    /// <exception cref="ArgumentException">The handle belongs to another provider or another model.</exception>
    public Job<TResult> Resume<TRequest, TResult>(ModelEndpoint<TRequest, TResult> endpoint, JobHandle handle)
        where TRequest : class, IModelRequest<TRequest>
        where TResult : IJsonModel<TResult>
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentNullException.ThrowIfNull(handle);
        if (handle.EndpointId != endpoint.Id)
            throw new ArgumentException($"The handle belongs to the model {handle.EndpointId}, not to {endpoint.Id}.", nameof(handle));
        return Resume(handle, ResultReader.Read<TResult>);
    }

    /// <summary>Resumes a job that was submitted before, possibly by another process. Nothing is sent.</summary>
    /// <param name="handle">The job.</param>
    /// <param name="read">A function that reads the result.</param>
    /// <exception cref="ArgumentException">The handle belongs to another provider.</exception>
    public Job<TResult> Resume<TResult>(JobHandle handle, Func<RawJson, TResult> read)
    {
        ArgumentNullException.ThrowIfNull(handle);
        ArgumentNullException.ThrowIfNull(read);
        CheckProvider(handle.Provider, "The handle");
        return new Job<TResult>(new JobSession(_services, handle, null, null), read);
    }

    /// <summary>
    /// Downloads a file that a result refers to. The key is sent only where the provider serves files to requests with the key only, and only to the provider's
    /// own hosts. The transfer must be at least as fast as <see cref="ClientOptions.MinBytesPerSecond"/> and
    /// complete within <see cref="ClientOptions.TransferTimeout"/>, and the content must match the result's description: an HTML page, an error or an empty
    /// body is not an image.
    /// </summary>
    /// <returns>The number of bytes.</returns>
    /// <exception cref="MediaDownloadException">The file cannot be downloaded.</exception>
    public Task<long> DownloadAsync(MediaFile file, Stream destination, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(destination);
        return _downloader.DownloadAsync(file, destination, cancellationToken);
    }

    /// <summary>
    /// Downloads a file that a result refers to, as <see cref="DownloadAsync"/> does, from where an earlier download has ended. The server decides by the
    /// entity tag or the date of the file whether it is still the same; where it is not, or the server does not send parts, the file begins anew.
    /// </summary>
    /// <param name="file">The file.</param>
    /// <param name="part">What is stored of it, to which the rest is added.</param>
    /// <param name="cancellationToken">A token to cancel the operation. What was received is in the part.</param>
    /// <returns>The number of bytes of the file.</returns>
    /// <exception cref="MediaDownloadException">The file cannot be downloaded, or not all of it. What was received is in the part.</exception>
    public Task<long> ResumeDownloadAsync(MediaFile file, PartialDownload part, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(part);
        return _downloader.ResumeAsync(file, part, cancellationToken);
    }

    /// <summary>Downloads a file that a result refers to, as <see cref="DownloadAsync"/> does, and saves it.</summary>
    /// <param name="file">The file.</param>
    /// <param name="path">
    /// The path of the destination; its name is used exactly as given. The file appears only when it is complete, and replaces an existing one then. A symbolic
    /// link is followed: its target is written. A device or a pipe is written to directly. An incomplete file of a process that was killed ends in
    /// <c>.part</c> and is reused.
    /// </param>
    /// <param name="cancellationToken">A token to cancel the operation; no partial file is left.</param>
    /// <returns>The full path.</returns>
    /// <exception cref="MediaDownloadException">The file cannot be downloaded.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public Task<string> SaveAsync(MediaFile file, string path, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        return _downloader.SaveAsync(file, path, cancellationToken);
    }

    /// <summary>
    /// For providers with a request that submits several jobs, or that responds when the job has ended: sends it once there is a slot for each job within the
    /// limits of this client, and returns the jobs. Local files in the inputs are uploaded before.
    /// </summary>
    /// <param name="endpointId">The provider's id of the model.</param>
    /// <param name="inputs">The input of each job.</param>
    /// <param name="options">The options of the submit.</param>
    /// <param name="submit">
    /// Sends the request with these inputs, and says of each job what is known; it throws as <see cref="JobProtocol.SubmitAsync"/> does.
    /// </param>
    /// <param name="read">Reads the result of a job.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <returns>What <paramref name="submit"/> returned, as jobs; null where it names none.</returns>
    /// <exception cref="ArgumentException">The limits never allow so many jobs, or an option does not apply. Nothing was sent.</exception>
    /// <exception cref="SubmitException">The submit failed; the exception says whether jobs may exist nevertheless.</exception>
    /// <exception cref="SubmitLimitException">The limits that this client enforces left no slots in time. Nothing was sent.</exception>
    protected async Task<IReadOnlyList<Job<TResult>?>> SubmitTogetherAsync<TResult>(
        string endpointId, IReadOnlyList<RawJson> inputs, SubmitOptions? options,
        Func<IReadOnlyList<RawJson>, CancellationToken, Task<IReadOnlyList<SubmitPart>>> submit, Func<RawJson, TResult> read,
        CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(endpointId);
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(submit);
        ArgumentNullException.ThrowIfNull(read);
        var sessions = await new BulkSubmit(_services, endpointId, options).SendAsync(inputs, submit, cancellationToken).ConfigureAwait(false);
        var jobs = new Job<TResult>?[sessions.Count];
        for (var i = 0; i < jobs.Length; i++)
            jobs[i] = sessions[i] is { } session ? new Job<TResult>(session, read) : null;
        return jobs;
    }

    /// <summary>
    /// Ends the requests, waits, downloads and streams of the client, also those over the user's own HTTP client, which goes on. No job is canceled; what was
    /// sent may have been accepted.
    /// </summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Releases the connections.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (!disposing)
            return;
        _services.Dispose();
        _downloader.Dispose();
    }

    internal Task<CostEstimate> EstimateAsync(string endpointId, object request, CancellationToken ct) =>
        new CostQuestion(Protocol, endpointId, request).EstimateAsync(ct);

    internal Task<JobSession> SubmitSessionAsync(
        string endpointId, RawJson input, object? request, SubmitOptions? options, WaitOptions? wait, CancellationToken ct) =>
        _services.SubmitAsync(endpointId, input, request, options, wait, ct);

    internal static InvalidOperationException NoClient() =>
        new("This ModelClient is default: it belongs to no client. Take it from one, as in fal.KlingVideoO3ProImageToVideo, or with MediaClient.Model.");

    private void CheckProvider(string provider, string what)
    {
        if (provider != Provider)
            throw new ArgumentException($"{what} belongs to the provider {provider}, but this client is for {Provider}.");
    }
}
