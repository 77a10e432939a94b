using Zoetrope.Protocol;

namespace Zoetrope;

/// <summary>Downloads what results point to. No key is ever sent.</summary>
internal sealed class MediaDownloader(MediaClientOptions options) : IDisposable
{
    private HttpClient? _own;

    public async Task<long> DownloadAsync(string url, Stream destination, CancellationToken ct)
    {
        var http = options.HttpClient ?? (_own ??= HttpClients.Create());
        using var stream = await http.GetStreamAsync(url, ct).ConfigureAwait(false);
        await stream.CopyToAsync(destination, ct).ConfigureAwait(false);
        return destination.Position;
    }

    public async Task<string> SaveAsync(string url, string path, CancellationToken ct)
    {
        var full = Path.GetFullPath(path);
        await using var file = File.Create(full);
        await DownloadAsync(url, file, ct).ConfigureAwait(false);
        return full;
    }

    public void Dispose() => _own?.Dispose();
}
