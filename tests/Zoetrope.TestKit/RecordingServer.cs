using System.Net.Sockets;

namespace Zoetrope.TestKit;

/// <summary>A server on a raw socket that keeps the requests it gets.</summary>
public abstract class RecordingServer : IAsyncDisposable
{
    private readonly Listener _listener;
    private readonly List<ReceivedRequest> _requests = [];

    /// <summary>Starts it. Nobody can connect before its address is known, so that what derives from it is ready by then.</summary>
    protected RecordingServer() => _listener = new Listener(ServeAsync);

    /// <summary>Where it listens.</summary>
    public Uri Url => _listener.Url;

    /// <summary>What went wrong in the server itself, which is a mistake of the test.</summary>
    public Exception? Mistake => _listener.Mistake;

    /// <summary>The requests in the order of their arrival.</summary>
    public IReadOnlyList<ReceivedRequest> Requests
    {
        get
        {
            lock (_requests)
                return [.. _requests];
        }
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return _listener.DisposeAsync();
    }

    /// <summary>Serves one connection.</summary>
    protected abstract Task ServeAsync(Socket socket, CancellationToken stop);

    /// <summary>Keeps a request.</summary>
    protected void Record(ReceivedRequest request)
    {
        lock (_requests)
            _requests.Add(request);
    }
}
