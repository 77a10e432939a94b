namespace Zoetrope.Http;

/// <summary>
/// The connections to the hosts of files, which servers name: a name that resolves into a private network is refused, and no redirect is followed. Over the
/// handlers of a user's own client, unless they follow redirects, or are a host's, which makes connections as the client does. The headers that it adds to each
/// request are not sent, because they may contain secrets. Requests of a client that was disposed are refused by those who send them.
/// </summary>
/// <param name="options">The client's options.</param>
internal sealed class FileConnections(ClientOptions options) : IDisposable
{
    private readonly Lock _gate = new();
    private HttpMessageInvoker? _own;
    private HttpMessageInvoker? _overUsers;
    private HttpMessageHandler? _handlers;
    private bool _isDisposed;

    /// <summary>The hosts.</summary>
    public FileHosts Hosts { get; } = new(options.BaseUrl);

    /// <summary>What sends requests.</summary>
    public HttpMessageInvoker Client
    {
        get
        {
            lock (_gate)
            {
                // A host's source of clients may end before them.
                if (_isDisposed || options.UserClientForAll is not { } users || HandlerChain.Of(users) is not { } handlers)
                    return _own ??= HttpClients.Create(connect: Hosts.ConnectAsync);
                // They may have been renewed; what was made over the former is in use, and has no connections of its own.
                if (_handlers != handlers)
                    (_handlers, _overUsers) = (handlers, options.Over!(handlers, users));
                return _overUsers!;
            }
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            _own?.Dispose();
        }
    }
}
