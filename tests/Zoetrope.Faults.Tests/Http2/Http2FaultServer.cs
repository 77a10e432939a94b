using System.Net.Sockets;

namespace Zoetrope.Faults.Tests;

/// <summary>A service that speaks HTTP/2 and answers well, but for the requests that a fault is played to.</summary>
internal sealed class Http2FaultServer : IService
{
    private readonly Script _script;
    private readonly Http2Fault _fault;
    private readonly Surroundings _around;
    private readonly Listener _listener;
    private readonly List<ReceivedRequest> _requests = [];

    public Http2FaultServer(Script script, Http2Fault fault, Surroundings around)
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

    public IReadOnlyList<byte[]> Sent => [];

    public ValueTask DisposeAsync() => _listener.DisposeAsync();

    private async Task ServeAsync(Socket socket, CancellationToken stop)
    {
        var connection = new Http2Connection(socket, stop);
        if (_fault.Facts.Stage == FaultStage.Accept && _script.TakeNext() is { } upcoming)
        {
            await _fault.Play(new Http2Stage(connection, 0, null, upcoming, _around));
            return;
        }
        await connection.StartAsync();
        var answers = new Dictionary<int, CannedResponse>();
        while (!connection.IsClosed && await connection.NextAsync() is var (stream, request, isWhole))
        {
            if (!answers.TryGetValue(stream, out var good))
            {
                good = answers[stream] = _script.Take(request, _fault.Facts.Stage != FaultStage.Accept);
                lock (_requests)
                    _requests.Add(request);
                if (request.WasFaulted && _fault.Facts.Stage == FaultStage.Head)
                    await _fault.Play(new Http2Stage(connection, stream, request, good, _around));
            }
            if (!isWhole || (request.WasFaulted && _fault.Facts.Stage == FaultStage.Head))
                continue;
            if (request.WasFaulted)
                await _fault.Play(new Http2Stage(connection, stream, request, good, _around));
            else
                await connection.AnswerAsync(stream, good);
            // A fault at the beginning of a connection needs one to play at.
            if (_fault.Facts.Stage == FaultStage.Accept)
                await connection.GoAwayAsync(stream, 0);
        }
    }
}
