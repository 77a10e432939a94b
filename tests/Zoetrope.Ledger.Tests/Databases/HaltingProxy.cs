using System.Net;
using System.Net.Sockets;

namespace Zoetrope.Ledger.Tests.Databases;

/// <summary>
/// Passes connections on to a server, until what a client sends has a certain text: from then on nothing of that connection arrives before it is told so.
/// </summary>
public sealed class HaltingProxy : LoopbackServer
{
    private readonly int _port;
    private readonly byte[] _text;

    /// <param name="port">The port of the server; 0 for none, which never responds.</param>
    /// <param name="text">The text.</param>
    public HaltingProxy(int port, string text)
    {
        _port = port;
        _text = System.Text.Encoding.UTF8.GetBytes(text);
        Start();
    }

    /// <summary>Whether it passes everything on, whatever the text.</summary>
    public bool IsOpen { get; set; } = true;

    /// <summary>To be completed when the rest may arrive.</summary>
    public TaskCompletionSource Resumed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when the text has arrived.</summary>
    public TaskCompletionSource Halted { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    protected override async Task ServeAsync(TcpClient client)
    {
        if (_port == 0)
            return;
        var server = new TcpClient();
        Keep(server);
        try
        {
            await server.ConnectAsync(IPAddress.Loopback, _port);
            await Task.WhenAny(PassAsync(client, server, isClient: true), PassAsync(server, client, isClient: false));
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The test has ended.
        }
        client.Dispose();
        server.Dispose();
    }

    private async Task PassAsync(TcpClient from, TcpClient to, bool isClient)
    {
        var buffer = new byte[65536];
        try
        {
            while (await from.GetStream().ReadAsync(buffer) is > 0 and var count)
            {
                if (isClient && !IsOpen && buffer.AsSpan(0, count).IndexOf(_text) >= 0)
                {
                    Halted.TrySetResult();
                    await Resumed.Task;
                }
                await to.GetStream().WriteAsync(buffer.AsMemory(0, count));
            }
        }
        catch (Exception exception) when (exception is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // One of the two has ended the connection.
        }
    }
}
