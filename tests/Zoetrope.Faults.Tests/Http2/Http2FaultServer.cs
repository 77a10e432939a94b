using System.Net.Sockets;

namespace Zoetrope.Faults.Tests;

/// <summary>A service that speaks HTTP/2 and responds well, but for the requests that a fault is played to.</summary>
internal sealed class Http2FaultServer(Script script, Http2Fault fault, Surroundings around) : RecordingServer, IService
{
    public IReadOnlyList<byte[]> Sent => [];

    protected override async Task ServeAsync(Socket socket, CancellationToken stop)
    {
        var connection = new Http2Connection(socket, stop);
        if (fault.Facts.Stage == FaultStage.Accept && script.TakeNext() is { } upcoming)
        {
            await fault.Play(new Http2Stage(connection, 0, null, upcoming, around));
            return;
        }
        await connection.StartAsync();
        var responses = new Dictionary<int, CannedResponse>();
        while (!connection.IsClosed && await connection.NextAsync() is var (stream, request, isWhole))
        {
            if (!responses.TryGetValue(stream, out var good))
            {
                good = responses[stream] = script.Take(request, fault.Facts.Stage != FaultStage.Accept);
                Record(request);
                if (request.WasFaulted && fault.Facts.Stage == FaultStage.Head)
                    await fault.Play(new Http2Stage(connection, stream, request, good, around));
            }
            if (!isWhole || (request.WasFaulted && fault.Facts.Stage == FaultStage.Head))
                continue;
            if (request.WasFaulted)
                await fault.Play(new Http2Stage(connection, stream, request, good, around));
            else
                await connection.RespondAsync(stream, good);
            // A fault at the beginning of a connection needs one to play at.
            if (fault.Facts.Stage == FaultStage.Accept)
                await connection.GoAwayAsync(stream, 0);
        }
    }
}
