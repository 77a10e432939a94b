using System.Net;
using System.Net.Sockets;

namespace Zoetrope.TestKit;

/// <summary>Accepts connections on this machine and serves each until it ends.</summary>
public sealed class Listener : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _connections = [];
    private readonly Task _accepting;
    private Exception? _mistake;

    /// <param name="serve">Serves one connection; the socket is closed afterwards.</param>
    public Listener(Func<Socket, CancellationToken, Task> serve)
    {
        _listener.Start(512);
        _accepting = AcceptAsync(serve);
    }

    public Uri Url => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");

    /// <summary>What went wrong in the server itself, which is a mistake of the test.</summary>
    public Exception? Mistake => _mistake;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        // Only then: a listener that is stopped before it accepts again throws.
        await _accepting;
        _listener.Stop();
        await Task.WhenAll(_connections);
        _stop.Dispose();
    }

    private async Task AcceptAsync(Func<Socket, CancellationToken, Task> serve)
    {
        try
        {
            while (true)
            {
                var socket = await _listener.AcceptSocketAsync(_stop.Token);
                socket.NoDelay = true;
                _connections.Add(Task.Run(() => ServeAsync(serve, socket)));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Stopped.
        }
    }

    private async Task ServeAsync(Func<Socket, CancellationToken, Task> serve, Socket socket)
    {
        using var _ = socket;
        try
        {
            await serve(socket, _stop.Token);
        }
        catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The client has gone, or the test is over.
        }
        catch (Exception exception)
        {
            Interlocked.CompareExchange(ref _mistake, exception, null);
        }
    }
}
