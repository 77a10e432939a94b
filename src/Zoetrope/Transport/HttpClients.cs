namespace Zoetrope.Protocol;

/// <summary>Makes the HTTP clients that the SDK uses when the user has given none.</summary>
internal static class HttpClients
{
    /// <summary>
    /// No redirects (the key would go along), no cookies, no decompression (answers are small, media are compressed already, and
    /// decompressors make a native app bigger). What is left unread is not drained: its connection is closed. Deadlines are set for each exchange, not here.
    /// </summary>
    /// <param name="connect">Makes the connections; null for the usual way.</param>
    public static HttpClient Create(Func<SocketsHttpConnectionContext, CancellationToken, ValueTask<Stream>>? connect = null) => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        MaxResponseDrainSize = 0,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        ConnectCallback = connect,
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };
}
