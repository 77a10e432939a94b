using Microsoft.Extensions.AI;
using Zoetrope.Clients;
using Zoetrope.Extensions.AI.Mapping;
using Zoetrope.Media;
using Zoetrope.Uploads;

namespace Zoetrope.Extensions.AI.Files;

/// <summary>
/// The storage of a provider as a client of hosted files. The id of a file is what requests refer to it by. What providers' storages do not do is refused
/// before anything is sent.
/// </summary>
internal sealed class ProviderFileClient : IHostedFileClient
{
    private readonly MediaClient _client;
    private readonly IFileUploads _uploads;
    private readonly HostedFileClientMetadata _metadata;

    public ProviderFileClient(MediaClient client)
    {
        ArgumentNullException.ThrowIfNull(client);
        _client = client;
        _uploads = client.Protocol as IFileUploads
            ?? throw new NotSupportedException($"{client.Provider} has no storage for files, or nothing says how it is used.");
        _metadata = new(client.Provider, client.Protocol.BaseUrl);
    }

    public async Task<HostedFileContent> UploadAsync(
        Stream content, string? mediaType = null, string? fileName = null, HostedFileClientOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        Refuse(options);
        var raw = options?.RawRepresentationFactory?.Invoke(this);
        if (raw is not (null or UploadOptions))
        {
            throw new ArgumentException(
                $"The raw representation of an upload is {nameof(UploadOptions)}, not {raw.GetType()}. Nothing was sent.", nameof(options));
        }
        var name = fileName ?? (content as FileStream)?.Name ?? FileNames.Of(mediaType);
        var uploaded = await _uploads.UploadAsync(UploadFile.FromStream(content, name, mediaType), raw as UploadOptions, cancellationToken)
            .ConfigureAwait(false);
        return new HostedFileContent(uploaded.Reference)
        {
            Name = uploaded.FileName,
            MediaType = uploaded.ContentType ?? mediaType,
            SizeInBytes = uploaded.Size,
            RawRepresentation = uploaded,
        };
    }

    public async Task<HostedFileDownloadStream> DownloadAsync(
        string fileId, HostedFileClientOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(fileId);
        Refuse(options);
        if (!Uri.TryCreate(fileId, UriKind.Absolute, out var url) || url.Scheme is not ("https" or "http"))
            throw new NotSupportedException($"{_client.Provider} serves no files by '{fileId}', which is not an address. Nothing was sent.");
        // A file of any size, and what is received is complete before it is read.
        var path = Path.GetTempFileName();
        var file = new FileStream(path, FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.Asynchronous | FileOptions.DeleteOnClose);
        try
        {
            await _client.DownloadAsync(new MediaFile { Url = fileId }, file, cancellationToken).ConfigureAwait(false);
            file.Position = 0;
            return new DownloadedFile(file, FileNames.MediaTypeOf(file, url), FileNames.Last(url));
        }
        catch
        {
            await file.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public Task<HostedFileContent?> GetFileInfoAsync(
        string fileId, HostedFileClientOptions? options = null, CancellationToken cancellationToken = default) =>
        throw NotHere("returns the metadata of a file");

    public IAsyncEnumerable<HostedFileContent> ListFilesAsync(HostedFileClientOptions? options = null, CancellationToken cancellationToken = default) =>
        throw NotHere("lists files");

    public Task<bool> DeleteAsync(string fileId, HostedFileClientOptions? options = null, CancellationToken cancellationToken = default) =>
        throw NotHere("deletes files");

    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(HostedFileClientMetadata) ? _metadata
            : serviceType.IsInstanceOfType(this) ? this
            : serviceType.IsInstanceOfType(_client) ? _client
            : null;
    }

    public void Dispose()
    {
        // The client belongs to the code that created it.
    }

    private void Refuse(HostedFileClientOptions? options)
    {
        if (options?.Scope is not null || options?.Purpose is not null)
        {
            throw new NotSupportedException(
                $"Files of {_client.Provider} have neither a {nameof(options.Scope)} nor a {nameof(options.Purpose)}. Nothing was sent.");
        }
    }

    private NotSupportedException NotHere(string what) =>
        new($"This client knows no request of {_client.Provider} that {what}. Nothing was sent.");
}
