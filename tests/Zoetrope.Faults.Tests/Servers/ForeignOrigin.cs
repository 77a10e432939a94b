using System.Net.Sockets;

namespace Zoetrope.Faults.Tests;

/// <summary>Another origin, which the faults point to. It responds well, so that a client that follows a lead there is not stopped by it.</summary>
internal sealed class ForeignOrigin(CannedResponse response) : RecordingServer
{
    protected override async Task ServeAsync(Socket socket, CancellationToken stop)
    {
        var connection = new Connection(socket, stop);
        while (await connection.ReadRequestHeadAsync() is { } request)
        {
            Record(request);
            await connection.ReadBodyAsync(request);
            await connection.SendAsync(response);
        }
    }
}
