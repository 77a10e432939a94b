using System.Net.Sockets;

namespace Zoetrope.Http;

/// <summary>Creates the connections that the SDK uses when the user does not supply an <see cref="HttpClient"/>.</summary>
internal static class HttpClients
{
    /// <summary>
    /// The idle time after which a connection is not used for a request that must not be repeated. Servers close idle connections after 5 seconds or more, and
    /// a request that is sent at that moment may or may not have been accepted.
    /// </summary>
    private static readonly TimeSpan ShortIdleTime = TimeSpan.FromSeconds(2);

    /// <summary>
    /// The maximum number of connections of one pool to one server. A process can have far more waits than open files: many systems allow 1,024 files, and .NET
    /// terminates the process when the last is used up. Requests beyond that queue.
    /// </summary>
    internal const int MostConnections = 200;

    /// <summary>
    /// Creates connections. Redirects are not followed (the key would be sent along), cookies are not stored, and compression is not requested (responses are
    /// small, media are already compressed). Unread bodies are not drained: the connection is closed. Requests to this machine bypass proxies. Deadlines are
    /// set per exchange; that is also why there is no <see cref="HttpClient"/> around it, which has a time limit and a cancellation of its own.
    /// </summary>
    /// <param name="use">The use of connections.</param>
    /// <param name="connect">Creates the connections; null for the default.</param>
    public static HttpMessageInvoker Create(
        ConnectionUse use = ConnectionUse.Kept, Func<SocketsHttpConnectionContext, CancellationToken, ValueTask<Stream>>? connect = null) =>
        new(CreateHandler(use, connect));

    /// <summary>Creates the connections of <see cref="Create"/>.</summary>
    /// <param name="use">The use of connections.</param>
    /// <param name="connect">Creates the connections; null for the default.</param>
    public static SocketsHttpHandler CreateHandler(
        ConnectionUse use, Func<SocketsHttpConnectionContext, CancellationToken, ValueTask<Stream>>? connect = null)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            MaxConnectionsPerServer = MostConnections,
            MaxResponseDrainSize = 0,
            ConnectTimeout = TimeSpan.FromSeconds(10),
            PooledConnectionLifetime = use == ConnectionUse.Once ? TimeSpan.Zero : TimeSpan.FromMinutes(5),
            Proxy = new DirectToThisMachine(),
            ConnectCallback = connect ?? ConnectAsync,
        };
        if (use == ConnectionUse.KeptBriefly)
            handler.PooledConnectionIdleTimeout = ShortIdleTime;
        return handler;
    }

    /// <summary>Creates the connection of one WebSocket. Failed writes to it are reported, because each message counts.</summary>
    public static HttpMessageInvoker CreateForSocket() =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, Proxy = new DirectToThisMachine() });

    /// <summary>Creates a client over handlers of a user's, which are not disposed with it. Deadlines are set per exchange, not here.</summary>
    /// <param name="handlers">The handlers.</param>
    /// <param name="users">The user's client, whose HTTP version it takes; null where there is none.</param>
    public static HttpClient Over(HttpMessageHandler handlers, HttpClient? users = null)
    {
#pragma warning disable RS0030 // The handlers make the connections.
        var client = new HttpClient(handlers, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };
#pragma warning restore RS0030
        if (users is not null)
            (client.DefaultRequestVersion, client.DefaultVersionPolicy) = (users.DefaultRequestVersion, users.DefaultVersionPolicy);
        return client;
    }

    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken ct)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(context.DnsEndPoint, ct).ConfigureAwait(false);
            return new ListeningStream(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

/// <summary>The ways to use connections.</summary>
internal enum ConnectionUse
{
    /// <summary>Connections are kept for further requests.</summary>
    Kept,

    /// <summary>Connections are kept briefly: for requests that must not be repeated, of which there may be many.</summary>
    KeptBriefly,

    /// <summary>Each request has its own connection: for billed requests, where the outcome "it may have been accepted" costs more than a handshake.</summary>
    Once,
}
