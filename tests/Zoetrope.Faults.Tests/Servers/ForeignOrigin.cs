using System.Net.Sockets;

namespace Zoetrope.Faults.Tests;

/// <summary>Another origin, which the faults point to. It answers well, so that whoever follows a lead there is not stopped by it.</summary>
internal sealed class ForeignOrigin : IAsyncDisposable
{
    private readonly CannedResponse _answer;
    private readonly Listener _listener;
    private readonly List<ReceivedRequest> _requests = [];

    public ForeignOrigin(CannedResponse answer)
    {
        _answer = answer;
        _listener = new Listener(ServeAsync);
    }

    public Uri Url => _listener.Url;

    public IReadOnlyList<ReceivedRequest> Requests
    {
        get
        {
            lock (_requests)
                return [.. _requests];
        }
    }

    public ValueTask DisposeAsync() => _listener.DisposeAsync();

    private async Task ServeAsync(Socket socket, CancellationToken stop)
    {
        var connection = new Connection(socket, stop);
        while (await connection.ReadRequestHeadAsync() is { } request)
        {
            lock (_requests)
                _requests.Add(request);
            await connection.ReadBodyAsync(request);
            await connection.SendAsync(_answer);
        }
    }
}
