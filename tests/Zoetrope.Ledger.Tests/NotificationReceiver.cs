using System.Net.Sockets;
using System.Text;

namespace Zoetrope.Ledger.Tests;

/// <summary>A server that takes webhooks, and responds with one status after the other, the last of which it repeats.</summary>
public sealed class NotificationReceiver : IAsyncDisposable
{
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<(string Head, byte[] Body)> _received = [];
    private readonly Listener _listener;

    public NotificationReceiver() => _listener = new Listener(ServeAsync);

    public Uri Url => _listener.Url;

    /// <summary>The statuses; <c>-</c> to close the connection, <c>wait</c> to respond only when it is released.</summary>
    public IReadOnlyList<string> Statuses { get; init; } = ["200 OK"];

    public IReadOnlyList<(string Head, byte[] Body)> Received
    {
        get
        {
            lock (_received)
                return [.. _received];
        }
    }

    public void Release() => _released.TrySetResult();

    public async ValueTask DisposeAsync()
    {
        Release();
        await _listener.DisposeAsync();
        Assert.Null(_listener.Mistake);
    }

    private async Task ServeAsync(Socket socket, CancellationToken stop)
    {
        var connection = new Connection(socket, stop);
        if (await connection.ReadHeadAsync() is not { } head)
            return;
        var body = await connection.ReadBodyAsync(head);
        string status;
        lock (_received)
        {
            status = Statuses[Math.Min(_received.Count, Statuses.Count - 1)];
            _received.Add((head, body));
        }
        if (status == "-")
            return;
        if (status == "wait")
            await _released.Task.WaitAsync(stop);
        await connection.WriteAsync(Encoding.ASCII.GetBytes(
            $"HTTP/1.1 {(status == "wait" ? "200 OK" : status)}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
    }
}
