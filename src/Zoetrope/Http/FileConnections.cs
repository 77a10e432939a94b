namespace Zoetrope.Http;

/// <summary>
/// The connections to the hosts of files, which servers name: a name that resolves into a private network is refused, and no redirect is followed. Over the
/// handlers of a user's own client, unless they follow redirects, or are a host's, which makes connections as the client does. The headers that it adds to each
/// request are not sent, because they may contain secrets.
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
    /// <exception cref="ObjectDisposedException">The client was disposed.</exception>
    public HttpMessageInvoker Client
    {
        get
        {
            lock (_gate)
            {
#pragma warning disable CA1513 // The user disposed a client; this type is not theirs, and clients are in a layer above.
                if (_isDisposed)
                    throw new ObjectDisposedException("MediaClient");
#pragma warning restore CA1513
                if (options.UserClientForAll is not { } users || HandlerChain.Of(users) is not { } handlers)
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
