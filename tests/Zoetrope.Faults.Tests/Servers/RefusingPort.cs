using System.Net;
using System.Net.Sockets;

namespace Zoetrope.Faults.Tests;

/// <summary>An address that is taken, so that nobody else listens there meanwhile, and where connections are refused.</summary>
/// <param name="socket">What takes it.</param>
internal sealed class RefusingPort(Socket socket) : DeadEnd(new Uri($"http://127.0.0.1:{((IPEndPoint)socket.LocalEndPoint!).Port}/"))
{
    public static RefusingPort Open()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return new RefusingPort(socket);
    }

    public override ValueTask DisposeAsync()
    {
        socket.Dispose();
        return base.DisposeAsync();
    }
}
