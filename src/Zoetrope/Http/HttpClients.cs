using System.Net.Sockets;

namespace Zoetrope.Http;

/// <summary>Makes the HTTP clients that the SDK uses when the user has given none.</summary>
internal static class HttpClients
{
    /// <summary>
    /// How long a connection may have been unused when a request that must not be repeated is sent on it. Servers close unused connections after 5 seconds and
    /// more, and what is sent just then may or may not have been accepted.
    /// </summary>
    private static readonly TimeSpan ShortIdleTime = TimeSpan.FromSeconds(2);

    /// <summary>
    /// The most connections of one pool to one server. A process can have far more waits than open files: many systems allow it 1,024, and .NET ends it when
    /// the last is used up. What is asked for beyond that waits for its turn.
    /// </summary>
    internal const int MostConnections = 200;

    /// <summary>
    /// No redirects (the key would go along), no cookies, no compression is asked for (responses are small, media are compressed already). What is left unread
    /// is not drained: its connection is closed. Requests to this machine go through no proxy. Deadlines are set for each exchange, not here.
    /// </summary>
    /// <param name="use">How connections are used.</param>
    /// <param name="connect">Makes the connections; null for the usual way.</param>
    public static HttpClient Create(
        ConnectionUse use = ConnectionUse.Kept, Func<SocketsHttpConnectionContext, CancellationToken, ValueTask<Stream>>? connect = null)
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
        return new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
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

/// <summary>How connections are used.</summary>
internal enum ConnectionUse
{
    /// <summary>They are kept for further requests.</summary>
    Kept,

    /// <summary>They are kept for requests that follow soon: for requests that must not be repeated, of which there may be many.</summary>
    KeptBriefly,

    /// <summary>Each request has one of its own: for what costs money, where "it may have been accepted" costs more than a handshake.</summary>
    Once,
}
