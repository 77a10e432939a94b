using System.Net.WebSockets;
using Zoetrope.Errors;

namespace Zoetrope.Fal.Realtime;

/// <summary>One WebSocket of a realtime connection.</summary>
internal sealed class RealtimeSocket(ClientWebSocket socket, string address, long limit) : IDisposable
{
    private const int FirstSize = 16 * 1024;
    private static readonly TimeSpan LongestFarewell = TimeSpan.FromSeconds(2);

    private volatile bool _isOver;

    /// <summary>Whether the server has closed the connection, or it has broken.</summary>
    public bool IsOver => _isOver || socket.State is WebSocketState.Aborted or WebSocketState.Closed or WebSocketState.None;

    /// <summary>Opens a connection.</summary>
    /// <param name="address">The address; its query may have a token.</param>
    /// <param name="authorization">The value of the header with the key; null where the address has a token.</param>
    /// <param name="timeout">The longest time.</param>
    /// <param name="limit">The maximum number of bytes of a message.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public static async Task<RealtimeSocket> OpenAsync(
        Uri address, string? authorization, TimeSpan timeout, long limit, CancellationToken cancellationToken)
    {
        var socket = new ClientWebSocket();
        var shown = address.GetLeftPart(UriPartial.Path);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(timeout);
        try
        {
            socket.Options.CollectHttpResponseDetails = true;
            // As all requests to this machine: not through a proxy.
            if (address.IsLoopback)
                socket.Options.Proxy = null;
            socket.Options.SetRequestHeader("User-Agent", "zoetrope-dotnet");
            if (authorization is not null)
                socket.Options.SetRequestHeader("Authorization", authorization);
            await socket.ConnectAsync(address, deadline.Token).ConfigureAwait(false);
            return new RealtimeSocket(socket, shown, limit);
        }
        catch (Exception exception) when (exception is WebSocketException or HttpRequestException or IOException or OperationCanceledException)
        {
            var status = socket.HttpStatusCode;
            socket.Dispose();
            cancellationToken.ThrowIfCancellationRequested();
            if (exception is OperationCanceledException)
                throw new TransportException($"{shown} was not open within {timeout.ToString()}.", TransportFailure.TimedOut, exception);
            if ((int)status >= 400)
            {
                throw new ServiceException(
                    FalProtocol.ProviderName, status, new ServiceError { Message = $"The realtime connection to {shown} was refused." });
            }
            throw new TransportException($"No connection to {shown}: {exception.Message}", TransportFailure.NotConnected, exception);
        }
    }

    /// <summary>Sends a message.</summary>
    public async Task SendAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        try
        {
            await socket.SendAsync(message, WebSocketMessageType.Binary, endOfMessage: true, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is WebSocketException or IOException or ObjectDisposedException)
        {
            _isOver = true;
            throw new TransportException(
                $"The connection to {address} broke while a message was sent; whether the app received it is not known: {exception.Message}",
                TransportFailure.Broken, exception);
        }
    }

    /// <summary>Receives a whole message; null where the server closed the connection in an orderly way.</summary>
    /// <param name="idle">The longest time to wait for it.</param>
    /// <param name="cancellationToken">A token to cancel the wait, which ends the connection.</param>
    public async Task<(WebSocketMessageType Type, ReadOnlyMemory<byte> Content)?> ReceiveAsync(TimeSpan idle, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(idle);
        var buffer = new byte[FirstSize];
        var length = 0;
        try
        {
            while (true)
            {
                var received = await socket.ReceiveAsync(buffer.AsMemory(length), deadline.Token).ConfigureAwait(false);
                if (received.MessageType == WebSocketMessageType.Close)
                    return await CloseAsync(length).ConfigureAwait(false);
                length += received.Count;
                if (length > limit)
                    throw Broken($"sent a message of more than {limit} bytes", TransportFailure.TooLarge, default);
                if (received.EndOfMessage)
                    return (received.MessageType, buffer.AsMemory(0, length));
                if (length == buffer.Length)
                    Array.Resize(ref buffer, (int)Math.Min(Array.MaxLength, buffer.Length * 2L));
            }
        }
        catch (OperationCanceledException exception)
        {
            _isOver = true;
            cancellationToken.ThrowIfCancellationRequested();
            throw Broken($"sent nothing for {idle.ToString()}", TransportFailure.TimedOut, default, exception);
        }
        catch (Exception exception) when (exception is WebSocketException or IOException or ObjectDisposedException)
        {
            throw Broken($"broke off: {exception.Message}", TransportFailure.Broken, buffer.AsMemory(0, length), exception);
        }
    }

    /// <summary>Says that nothing more will be sent. The server then closes the connection, after what it still has to send.</summary>
    public async Task SayFarewellAsync()
    {
        using var patience = new CancellationTokenSource(LongestFarewell);
        try
        {
            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, patience.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is WebSocketException or IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The connection is over anyway.
            _isOver = true;
        }
    }

    /// <summary>Takes note that the connection is over.</summary>
    public void End() => _isOver = true;

    public void Dispose() => socket.Dispose();

    private async Task<(WebSocketMessageType Type, ReadOnlyMemory<byte> Content)?> CloseAsync(int length)
    {
        _isOver = true;
        var (status, reason) = (socket.CloseStatus, socket.CloseStatusDescription);
        await SayFarewellAsync().ConfigureAwait(false);
        // 1000 and 1001 are ends, and so is a close without a code.
        if (length == 0 && status is WebSocketCloseStatus.NormalClosure or WebSocketCloseStatus.EndpointUnavailable or WebSocketCloseStatus.Empty or null)
            return null;
        throw Broken($"was closed with {(int?)status} {reason}".TrimEnd(), TransportFailure.Broken, default);
    }

    private TransportException Broken(string problem, TransportFailure failure, ReadOnlyMemory<byte> received, Exception? cause = null)
    {
        _isOver = true;
        return new TransportException($"The connection to {address} {problem} ({received.Length} bytes of a message were received).", failure, cause);
    }
}
