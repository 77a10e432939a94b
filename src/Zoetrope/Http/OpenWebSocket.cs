using System.Net.WebSockets;

namespace Zoetrope.Http;

/// <summary>A WebSocket that was opened, and the response that opened it.</summary>
public sealed class OpenWebSocket
{
    internal OpenWebSocket(WebSocket socket, TransportResponse response, CancellationToken disposal)
    {
        Socket = socket;
        Response = response;
        Disposal = disposal;
    }

    /// <summary>The socket, which its user disposes.</summary>
    public WebSocket Socket { get; }

    /// <summary>The response, which has no body.</summary>
    public TransportResponse Response { get; }

    /// <summary>Canceled when the client is disposed, which leaves the socket to its user: it is to end then.</summary>
    public CancellationToken Disposal { get; }
}
