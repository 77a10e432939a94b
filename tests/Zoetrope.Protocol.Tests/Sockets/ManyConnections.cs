using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Zoetrope.Protocol.Tests.Sockets;

/// <summary>A server that takes thousands of requests and knows how many connections it has, at most had, and was asked what on.</summary>
internal sealed class ManyConnections : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<string, CancellationToken, Task<string>> _respond;
    private readonly Task _accepting;
    private int _open;
    private int _most;
    private int _requests;

    /// <summary>Starts it.</summary>
    /// <param name="respond">Gives the JSON of the response to a request, given its first line.</param>
    public ManyConnections(Func<string, CancellationToken, Task<string>> respond)
    {
        _respond = respond;
        _listener.Start(1024);
        Url = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");
        _accepting = AcceptAsync();
    }

    public Uri Url { get; }

    public int Open => Volatile.Read(ref _open);

    public int Most => Volatile.Read(ref _most);

    public int Requests => Volatile.Read(ref _requests);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                var socket = await _listener.AcceptSocketAsync(_stop.Token);
                var now = Interlocked.Increment(ref _open);
                int most;
                while (now > (most = Volatile.Read(ref _most)) && Interlocked.CompareExchange(ref _most, now, most) != most)
                {
                }
                connections.Add(Task.Run(() => ServeAsync(socket)));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Stopped.
        }
        await Task.WhenAll(connections);
    }

    private async Task ServeAsync(Socket socket)
    {
        using var _ = socket;
        socket.NoDelay = true;
        var buffer = new byte[4096];
        var length = 0;
        try
        {
            while (true)
            {
                // The requests of these tests fit, body included.
                var read = await socket.ReceiveAsync(buffer.AsMemory(length), _stop.Token);
                if (read == 0)
                    return;
                length += read;
                var text = Encoding.ASCII.GetString(buffer, 0, length);
                if (!IsWhole(text))
                    continue;
                length = 0;
                Interlocked.Increment(ref _requests);
                var body = await _respond(text[..text.IndexOf("\r\n", StringComparison.Ordinal)], _stop.Token);
                var response = $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}";
                await socket.SendAsync(Encoding.ASCII.GetBytes(response), _stop.Token);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException)
        {
            // Stopped, or the client has gone.
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }

    private static bool IsWhole(string text)
    {
        const string Length = "\r\nContent-Length: ";
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (end < 0)
            return false;
        var at = text.IndexOf(Length, StringComparison.OrdinalIgnoreCase);
        if (at < 0 || at > end)
            return true;
        var value = text.AsSpan((at + Length.Length)..text.IndexOf("\r\n", at + 2, StringComparison.Ordinal));
        return text.Length >= end + 4 + int.Parse(value);
    }
}
