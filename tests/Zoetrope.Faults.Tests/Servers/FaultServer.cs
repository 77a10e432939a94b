using System.Net.Sockets;

namespace Zoetrope.Faults.Tests;

/// <summary>A service on a raw socket that answers well, but for the requests that a fault is played to.</summary>
internal sealed class FaultServer : IService
{
    private readonly Script _script;
    private readonly Fault _fault;
    private readonly Surroundings _around;
    private readonly Listener _listener;
    private readonly List<ReceivedRequest> _requests = [];
    private readonly List<MemoryStream> _sent = [];

    public FaultServer(Script script, Fault fault, Surroundings around)
    {
        _script = script;
        _fault = fault;
        _around = around;
        _listener = new Listener(ServeAsync);
    }

    public Uri Url => _listener.Url;

    public Exception? Mistake => _listener.Mistake;

    public IReadOnlyList<ReceivedRequest> Requests
    {
        get
        {
            lock (_requests)
                return [.. _requests];
        }
    }

    public IReadOnlyList<byte[]> Sent
    {
        get
        {
            lock (_requests)
                return [.. _sent.Select(Copy)];
        }
    }

    public ValueTask DisposeAsync() => _listener.DisposeAsync();

    private async Task ServeAsync(Socket socket, CancellationToken stop)
    {
        var connection = new Connection(socket, stop);
        while (!connection.IsClosed)
        {
            if (_fault.Stage == FaultStage.Accept && _script.TakeNext() is { } upcoming)
            {
                await PlayAsync(connection, null, upcoming);
                continue;
            }
            if (await connection.ReadRequestHeadAsync() is not { } request)
                return;
            var good = _script.Take(request, _fault.Stage != FaultStage.Accept);
            lock (_requests)
                _requests.Add(request);
            if (request.WasFaulted && _fault.Stage == FaultStage.Head)
            {
                await PlayAsync(connection, request, good);
                continue;
            }
            await connection.ReadBodyAsync(request);
            if (request.WasFaulted)
            {
                await PlayAsync(connection, request, good);
                continue;
            }
            // A fault at the beginning of a connection needs one to play at.
            var isLast = _fault.Stage == FaultStage.Accept;
            await connection.SendAsync(isLast ? good.With("Connection: close") : good);
            if (isLast)
                await connection.CloseAsync();
        }
    }

    private async Task PlayAsync(Connection connection, ReceivedRequest? request, CannedResponse good)
    {
        lock (_requests)
            _sent.Add(connection.Record());
        await _fault.Play(new Stage(connection, request, good, _around));
    }

    private static byte[] Copy(MemoryStream sent)
    {
        lock (sent)
            return sent.ToArray();
    }
}
