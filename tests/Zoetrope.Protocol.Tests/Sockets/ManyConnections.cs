using System.Net.Sockets;

namespace Zoetrope.Protocol.Tests.Sockets;

/// <summary>A server that takes thousands of requests and knows how many connections it has, at most had, and how many requests came.</summary>
internal sealed class ManyConnections : IAsyncDisposable
{
    private readonly Listener _listener;
    private readonly Func<string, CancellationToken, Task<string>> _respond;
    private int _open;
    private int _most;
    private int _requests;

    /// <summary>Starts it.</summary>
    /// <param name="respond">Gives the JSON of the response to a request, given its first line.</param>
    public ManyConnections(Func<string, CancellationToken, Task<string>> respond)
    {
        _respond = respond;
        _listener = new Listener(ServeAsync);
    }

    public Uri Url => _listener.Url;

    public int Open => Volatile.Read(ref _open);

    public int Most => Volatile.Read(ref _most);

    public int Requests => Volatile.Read(ref _requests);

    public async ValueTask DisposeAsync()
    {
        await _listener.DisposeAsync();
        Assert.Null(_listener.Mistake);
    }

    private async Task ServeAsync(Socket socket, CancellationToken stop)
    {
        var now = Interlocked.Increment(ref _open);
        int most;
        while (now > (most = Volatile.Read(ref _most)) && Interlocked.CompareExchange(ref _most, now, most) != most)
        {
        }
        try
        {
            var connection = new Connection(socket, stop);
            while (await connection.ReadRequestHeadAsync() is { } request)
            {
                await connection.ReadBodyAsync(request);
                Interlocked.Increment(ref _requests);
                var line = request.Head[..request.Head.IndexOf("\r\n", StringComparison.Ordinal)];
                await connection.SendAsync(CannedResponse.OfJson(await _respond(line, stop)));
            }
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }
}
