using System.Net;
using System.Net.Sockets;

namespace Zoetrope.Ledger.Tests.Databases;

/// <summary>
/// A server that ends its first connections with its last words, once their client has sent something, and passes the others on to another server.
/// </summary>
public sealed class EndingServer : LoopbackServer
{
    private readonly int _port;
    private readonly byte[] _words;
    private readonly int _times;

    /// <param name="port">The port of the other server.</param>
    /// <param name="words">What it sends before it ends a connection.</param>
    /// <param name="times">How many connections it ends.</param>
    public EndingServer(int port, byte[] words, int times)
    {
        (_port, _words, _times) = (port, words, times);
        Start();
    }

    /// <summary>The number of connections that it has ended.</summary>
    public int Ended { get; private set; }

    protected override async Task ServeAsync(TcpClient client)
    {
        try
        {
            if (Ended >= _times)
            {
                await PassAsync(client);
                return;
            }
            await client.GetStream().ReadExactlyAsync(new byte[8]);
            Ended++;
            await client.GetStream().WriteAsync(_words);
            client.Close();
        }
        catch (Exception exception) when (exception is IOException or SocketException or ObjectDisposedException)
        {
            // A side has closed it.
        }
    }

    private async Task PassAsync(TcpClient client)
    {
        using var server = new TcpClient();
        await server.ConnectAsync(IPAddress.Loopback, _port);
        await Task.WhenAny(client.GetStream().CopyToAsync(server.GetStream()), server.GetStream().CopyToAsync(client.GetStream()));
        client.Close();
    }
}
