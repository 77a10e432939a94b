using System.Net;
using System.Net.Sockets;

namespace Zoetrope.TestKit;

/// <summary>
/// A server on a raw socket, in front of one whose responses are always whole: it passes requests and responses on as they are, but to a request
/// whose response is marked with a fault it plays the fault.
/// </summary>
/// <param name="port">The port of its server, on this machine.</param>
public sealed class FaultProxy(int port) : RecordingServer
{
    private const string Mark = "X-Wire-Fault";

    private readonly List<(ReceivedRequest Request, CannedResponse Response)> _exchanges = [];

    /// <summary>The responses that were passed on, with their requests.</summary>
    public IReadOnlyList<(ReceivedRequest Request, CannedResponse Response)> Exchanges
    {
        get
        {
            lock (_exchanges)
                return [.. _exchanges];
        }
    }

    /// <summary>The response by which its server asks for a fault.</summary>
    public static CannedResponse Play(WireFault fault) => CannedResponse.OfJson("{}").With($"{Mark}: {fault}");

    protected override async Task ServeAsync(Socket socket, CancellationToken stop)
    {
        var client = new Connection(socket, stop);
        while (!client.IsClosed && await client.ReadRequestHeadAsync() is { } request)
        {
            await client.ReadBodyAsync(request);
            Record(request);
            var (head, body) = await AskAsync(request, stop);
            if (Connection.HeaderOf(head, Mark) is { } fault)
                await PlayAsync(client, Enum.Parse<WireFault>(fault));
            else
            {
                lock (_exchanges)
                    _exchanges.Add((request, CannedResponse.Of(head, body)));
                await client.ForwardAsync(head, body);
            }
        }
    }

    private async Task<(string Head, byte[] Body)> AskAsync(ReceivedRequest request, CancellationToken stop)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, port, stop);
        var server = new Connection(socket, stop);
        await server.ForwardAsync(request.Head, request.Body);
        var head = await server.ReadHeadAsync() ?? throw new InvalidOperationException($"The server of the proxy did not respond to {request}.");
        return (head, await server.ReadBodyAsync(head));
    }

    private static async Task PlayAsync(Connection client, WireFault fault)
    {
        switch (fault)
        {
            case WireFault.Reset:
                client.Reset();
                return;
            case WireFault.Stall:
                await client.StallAsync();
                return;
            case WireFault.RandomData:
                await client.WriteAsync([0xd8, 0x01, 0x9f, 0x00, 0x0a, 0x5b, 0x5d, 0x27, 0x2f, 0xff, 0x0d, 0x0a, 0x73, 0x64, 0x6c, 0x76]);
                break;
            case WireFault.MalformedChunk:
                await client.WriteAsync("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nno length\r\n{}");
                break;
        }
        await client.CloseAsync();
    }
}
