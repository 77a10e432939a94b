using Zoetrope.Downloads;
using Zoetrope.Errors;
using Zoetrope.Http;
using Zoetrope.Jobs;
using Zoetrope.Json;
using Zoetrope.Media;
using Zoetrope.Models;
using Zoetrope.Providers;

namespace Zoetrope.Clients;

/// <summary>The base of the providers' clients. It is thread-safe and meant to be kept.</summary>
public abstract class MediaClient : IDisposable
{
    private readonly JobServices _services;
    private readonly MediaDownloader _downloader;

    /// <summary>Makes a client.</summary>
    /// <param name="protocol">The provider's protocol; it is disposed with the client when it can be.</param>
    /// <param name="options">The options.</param>
    protected MediaClient(JobProtocol protocol, MediaClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(protocol);
        ArgumentNullException.ThrowIfNull(options);
        _services = new JobServices(protocol, options);
        _downloader = new MediaDownloader(options);
    }

    /// <summary>The provider, such as <c>fal</c>.</summary>
    public string Provider => Protocol.Provider;

    /// <summary>How the provider submits, reports, delivers and cancels jobs.</summary>
    public JobProtocol Protocol => _services.Protocol;

    /// <summary>Binds a model to this client.</summary>
    /// <exception cref="ArgumentException">The model is another provider's.</exception>
    public ModelClient<TRequest, TResult> Model<TRequest, TResult>(ModelEndpoint<TRequest, TResult> endpoint)
        where TRequest : class, IModelRequest<TRequest>
        where TResult : IJsonModel<TResult>
    {
        CheckProvider(endpoint.Provider, "The model");
        return new(this, endpoint);
    }

    /// <summary>Submits a job for any model, also one that this SDK does not know. The input is not validated.</summary>
    /// <param name="endpointId">The provider's id of the model.</param>
    /// <param name="input">The input.</param>
    /// <param name="options">Options of the submit.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="SubmitException">The submit failed; it says whether a job may exist all the same.</exception>
    /// <exception cref="SubmitLimitException">The limits that this client keeps left no room in time. Nothing was sent.</exception>
    public async Task<Job<RawJson>> SubmitAsync(string endpointId, RawJson input, SubmitOptions? options = null, CancellationToken cancellationToken = default)
    {
        var session = await SubmitSessionAsync(endpointId, input, options, null, cancellationToken).ConfigureAwait(false);
        return new Job<RawJson>(session, static raw => raw);
    }

    /// <summary>A job that was submitted before, maybe by another process. Nothing is sent.</summary>
    /// <exception cref="ArgumentException">The handle is another provider's.</exception>
    public Job<RawJson> Resume(JobHandle handle) => Resume(handle, static raw => raw);

    /// <summary>A job that was submitted before, maybe by another process. Nothing is sent.</summary>
    /// <exception cref="ArgumentException">The handle is another provider's or another model's.</exception>
    public Job<TResult> Resume<TRequest, TResult>(ModelEndpoint<TRequest, TResult> endpoint, JobHandle handle)
        where TRequest : class, IModelRequest<TRequest>
        where TResult : IJsonModel<TResult>
    {
        ArgumentNullException.ThrowIfNull(handle);
        if (handle.EndpointId != endpoint.Id)
            throw new ArgumentException($"The handle is one of the model {handle.EndpointId}, not of {endpoint.Id}.", nameof(handle));
        return Resume(handle, ResultReader.Read<TResult>);
    }

    /// <summary>A job that was submitted before, maybe by another process. Nothing is sent.</summary>
    /// <param name="handle">The job.</param>
    /// <param name="read">Reads the result.</param>
    /// <exception cref="ArgumentException">The handle is another provider's.</exception>
    public Job<TResult> Resume<TResult>(JobHandle handle, Func<RawJson, TResult> read)
    {
        ArgumentNullException.ThrowIfNull(handle);
        CheckProvider(handle.Provider, "The handle");
        return new Job<TResult>(new JobSession(_services, handle, null, null), read);
    }

    /// <summary>
    /// Downloads a file that a result points to. No key is sent. It must come as fast as <see cref="ClientOptions.MinBytesPerSecond"/> says and within <see
    /// cref="ClientOptions.TransferTimeout"/>, and be what the result says it is: a page, an error or nothing at all is not an image.
    /// </summary>
    /// <returns>How many bytes there were.</returns>
    /// <exception cref="MediaDownloadException">It cannot be downloaded.</exception>
    public Task<long> DownloadAsync(MediaFile file, Stream destination, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(destination);
        return _downloader.DownloadAsync(file, destination, cancellationToken);
    }

    /// <summary>Downloads a file that a result points to, as <see cref="DownloadAsync"/> does, and saves it.</summary>
    /// <param name="file">The file.</param>
    /// <param name="path">
    /// Where to, under exactly this name. The file appears only when it is complete; one that is there is replaced then. Where a link is, what it leads to is
    /// written. A device or a pipe is written to at once. A part that a process left which was killed ends in <c>.part</c> and is reused.
    /// </param>
    /// <param name="cancellationToken">Cancels it; nothing is left.</param>
    /// <returns>The full path.</returns>
    /// <exception cref="MediaDownloadException">It cannot be downloaded.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    public Task<string> SaveAsync(MediaFile file, string path, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        return _downloader.SaveAsync(file, path, cancellationToken);
    }

    /// <inheritdoc/>
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

    internal Task<JobSession> SubmitSessionAsync(string endpointId, RawJson input, SubmitOptions? options, WaitOptions? wait, CancellationToken ct) =>
        _services.SubmitAsync(endpointId, input, options, wait, ct);

    private void CheckProvider(string provider, string what)
    {
        if (provider != Provider)
            throw new ArgumentException($"{what} is one of {provider}, and this is a client of {Provider}.");
    }
}
