using System.Net.Sockets;

namespace Zoetrope.Faults.Tests;

/// <summary>A service on a raw socket that responds well, but for the requests that a fault is played to.</summary>
internal sealed class FaultServer(Script script, Fault fault, Surroundings around) : RecordingServer, IService
{
    private readonly List<MemoryStream> _sent = [];

    public IReadOnlyList<byte[]> Sent
    {
        get
        {
            lock (_sent)
                return [.. _sent.Select(Copy)];
        }
    }

    protected override async Task ServeAsync(Socket socket, CancellationToken stop)
    {
        var connection = new Connection(socket, stop);
        while (!connection.IsClosed)
        {
            if (fault.Stage == FaultStage.Accept && script.TakeNext() is { } upcoming)
            {
                await PlayAsync(connection, null, upcoming);
                continue;
            }
            if (await connection.ReadRequestHeadAsync() is not { } request)
                return;
            var good = script.Take(request, fault.Stage != FaultStage.Accept);
            Record(request);
            if (request.WasFaulted && fault.Stage == FaultStage.Head)
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
            var isLast = fault.Stage == FaultStage.Accept;
            await connection.SendAsync(isLast ? good.With("Connection: close") : good);
            if (isLast)
                await connection.CloseAsync();
        }
    }

    private async Task PlayAsync(Connection connection, ReceivedRequest? request, CannedResponse good)
    {
        lock (_sent)
            _sent.Add(connection.Record());
        await fault.Play(new Stage(connection, request, good, around));
    }

    private static byte[] Copy(MemoryStream sent)
    {
        lock (sent)
            return sent.ToArray();
    }
}
