using Zoetrope.Http;

namespace Zoetrope.Extensions.Hosting.Clients;

/// <summary>
/// The connections that a client makes where the user has set no primary handler: as those of a client without a host. A request that must be sent once has a
/// connection of its own, because the outcome "it may have been accepted" costs more than a handshake, and long ones do not keep others waiting.
/// </summary>
internal sealed class ProviderConnections : HttpMessageHandler, IOwnConnections
{
    private readonly Lock _gate = new();
    private HttpMessageInvoker? _kept;
    private HttpMessageInvoker? _once;
    private HttpMessageInvoker? _long;
    private bool _isDisposed;

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        Of(request).SendAsync(request, cancellationToken);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            lock (_gate)
            {
                _isDisposed = true;
                _kept?.Dispose();
                _once?.Dispose();
                _long?.Dispose();
            }
        }
        base.Dispose(disposing);
    }

    private HttpMessageInvoker Of(HttpRequestMessage request)
    {
        if (RequestMarks.IsLong(request))
            return Made(ref _long, ConnectionUse.Once);
        return RequestMarks.IsSentOnce(request) ? Made(ref _once, ConnectionUse.Once) : Made(ref _kept, ConnectionUse.Kept);
    }

    private HttpMessageInvoker Made(ref HttpMessageInvoker? invoker, ConnectionUse use)
    {
        if (Volatile.Read(ref invoker) is { } made)
            return made;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            return invoker ??= new HttpMessageInvoker(HttpClients.CreateHandler(use));
        }
    }
}
