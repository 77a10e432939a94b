using System.Net;
using System.Net.Sockets;

namespace Zoetrope.Ledger.Tests.Databases;

/// <summary>Accepts connections on this machine until it is disposed, which ends them.</summary>
public abstract class LoopbackServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly List<TcpClient> _clients = [];

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public void Dispose()
    {
        GC.SuppressFinalize(this);
        _listener.Dispose();
        lock (_clients)
            _clients.ForEach(client => client.Dispose());
    }

    /// <summary>Serves a connection.</summary>
    protected abstract Task ServeAsync(TcpClient client);

    /// <summary>Begins to accept connections.</summary>
    protected void Start()
    {
        _listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>Disposes a connection with this server.</summary>
    protected void Keep(TcpClient client)
    {
        lock (_clients)
            _clients.Add(client);
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync();
                Keep(client);
                _ = ServeAsync(client);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The test has ended.
        }
    }
}
