namespace Zoetrope.Kiota.Handlers;

/// <summary>
/// Before an adapter: keeps a small content in memory, so that handlers of the adapter may read it, for example to log it. The client's guard comes after it,
/// and counts only what is sent.
/// </summary>
internal sealed class AdapterEntry : DelegatingHandler
{
    private const int MostInMemory = 1024 * 1024;

    private static readonly HttpRequestOptionsKey<byte[]> _bytes = new("Zoetrope.Kiota.Bytes");

    /// <summary>The content of a request, where it is in memory.</summary>
    public static byte[]? BytesOf(HttpRequestMessage request) => request.Options.TryGetValue(_bytes, out var bytes) ? bytes : null;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Content is { Headers.ContentLength: <= MostInMemory } content)
            request.Options.Set(_bytes, await content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false));
        return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
    }
}
