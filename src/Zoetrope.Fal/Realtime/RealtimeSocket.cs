using System.Net.WebSockets;
using Zoetrope.Errors;
using Zoetrope.Http;

namespace Zoetrope.Fal.Realtime;

/// <summary>
/// One WebSocket of a realtime connection. It always receives one message ahead, because only that shows that the server has closed the connection.
/// </summary>
internal sealed class RealtimeSocket : IDisposable
{
    private const int FirstSize = 16 * 1024;

    /// <summary>How long an orderly end may take.</summary>
    public static readonly TimeSpan LongestFarewell = TimeSpan.FromSeconds(2);

    private readonly WebSocket _socket;
    private readonly string _address;
    private readonly long _limit;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationToken _disposal;
    private readonly CancellationTokenRegistration _ending;
    private Task<ReceivedMessage?> _next;
    private long _lastReceived;
    private volatile bool _isOver;

    /// <summary>Initializes a new instance of the <see cref="RealtimeSocket"/> class.</summary>
    /// <param name="open">The open socket.</param>
    /// <param name="address">Its address, for messages.</param>
    /// <param name="limit">The maximum number of bytes of a message.</param>
    /// <param name="time">The clock.</param>
    public RealtimeSocket(OpenWebSocket open, string address, long limit, TimeProvider time)
    {
        _socket = open.Socket;
        RequestId = open.Response.Header(FalErrorReader.RequestIdHeader);
        _address = address;
        _limit = limit;
        _time = time;
        _disposal = open.Disposal;
        _next = ReceiveOneAsync();
        _ending = _disposal.UnsafeRegister(static socket => ((RealtimeSocket)socket!).End(), this);
    }

    /// <summary>fal's id of the connection; null where fal states none.</summary>
    public string? RequestId { get; }

    /// <summary>Whether nothing can be sent any more: the server has closed the connection, or it has broken.</summary>
    public bool IsOver => _isOver || _socket.State is not WebSocketState.Open;

    /// <summary>The message that was received and not taken yet; null where there is none.</summary>
    public ReceivedMessage? Waiting { get; private set; }

    /// <summary>Sends a message.</summary>
    /// <exception cref="OperationCanceledException">The caller canceled, perhaps in the middle of the message, which ends the connection.</exception>
    public async Task SendAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        try
        {
            await _socket.SendAsync(message, WebSocketMessageType.Binary, endOfMessage: true, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (IsFailure(exception))
        {
            _isOver = true;
            cancellationToken.ThrowIfCancellationRequested();
            throw new TransportException(
                $"The connection to {_address} broke while a message was sent; whether the app received it is not known: {exception.Message}",
                TransportFailure.Broken, exception);
        }
    }

    /// <summary>Receives a whole message; null where the server closed the connection in an orderly way.</summary>
    /// <param name="idle">The longest time in which no part of it is received.</param>
    /// <param name="cancellationToken">A token to cancel the wait, which ends the connection.</param>
    public async Task<ReceivedMessage?> ReceiveAsync(TimeSpan idle, CancellationToken cancellationToken)
    {
        ReceivedMessage? message;
        var began = _time.GetTimestamp();
        var wait = idle;
        while (true)
        {
            try
            {
                message = await _next.WaitAsync(wait, _time, cancellationToken).ConfigureAwait(false);
                break;
            }
            catch (TimeoutException exception)
            {
                wait = idle - _time.GetElapsedTime(Math.Max(began, Volatile.Read(ref _lastReceived)));
                if (wait > TimeSpan.Zero)
                    continue;
                End();
                throw Broken($"sent nothing for {idle.ToString()}", TransportFailure.TimedOut, 0, exception);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                End();
                throw;
            }
        }
        // After the end there is nothing more, however often it is asked for.
        if (message is not null)
        {
            Waiting = null;
            _next = ReceiveOneAsync();
        }
        return message;
    }

    /// <summary>Says that nothing more will be sent. The server then closes the connection, after what it still has to send.</summary>
    public async Task EndSendingAsync()
    {
        using var patience = new CancellationTokenSource(LongestFarewell);
        try
        {
            if (_socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
                await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, patience.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (IsFailure(exception))
        {
            // The connection is over anyway.
            _isOver = true;
        }
    }

    /// <summary>Ends the connection: nothing more is sent or received.</summary>
    public void End()
    {
        _isOver = true;
        _stop.Cancel();
    }

    public void Dispose()
    {
        _ending.Dispose();
        End();
        _socket.Dispose();
    }

    private static bool IsFailure(Exception exception) =>
        exception is WebSocketException or IOException or ObjectDisposedException or OperationCanceledException or InvalidOperationException;

    private async Task<ReceivedMessage?> ReceiveOneAsync()
    {
        var buffer = new byte[FirstSize];
        var length = 0;
        try
        {
            while (true)
            {
                var received = await _socket.ReceiveAsync(buffer.AsMemory(length), _stop.Token).ConfigureAwait(false);
                Volatile.Write(ref _lastReceived, _time.GetTimestamp());
                if (received.MessageType == WebSocketMessageType.Close)
                    return await CloseAsync(length).ConfigureAwait(false);
                length += received.Count;
                if (length > _limit)
                    throw Broken($"sent a message of more than {_limit} bytes", TransportFailure.TooLarge, length);
                if (received.EndOfMessage)
                    return Waiting = new(received.MessageType, buffer.AsMemory(0, length));
                if (length == buffer.Length)
                    Array.Resize(ref buffer, (int)Math.Min(Array.MaxLength, buffer.Length * 2L));
            }
        }
        catch (Exception exception) when (IsFailure(exception))
        {
            var reason = _disposal.IsCancellationRequested ? "the client was disposed" : exception.Message;
            throw Broken($"broke off: {reason}", TransportFailure.Broken, length, exception);
        }
    }

    private async Task<ReceivedMessage?> CloseAsync(int length)
    {
        _isOver = true;
        var (status, reason) = (_socket.CloseStatus, _socket.CloseStatusDescription);
        await EndSendingAsync().ConfigureAwait(false);
        // 1000 and 1001 are ends, and so is a close without a code.
        if (length == 0 && status is WebSocketCloseStatus.NormalClosure or WebSocketCloseStatus.EndpointUnavailable or WebSocketCloseStatus.Empty or null)
            return null;
        throw Broken($"was closed with {(int?)status} {reason}".TrimEnd(), TransportFailure.Broken, length);
    }

    private TransportException Broken(string problem, TransportFailure failure, int received, Exception? cause = null)
    {
        _isOver = true;
        return new TransportException($"The connection to {_address} {problem} ({received} bytes of a message were received).", failure, cause);
    }
}

/// <summary>A whole message.</summary>
/// <param name="Type">Whether it is text.</param>
/// <param name="Content">The message.</param>
internal sealed record ReceivedMessage(WebSocketMessageType Type, ReadOnlyMemory<byte> Content);
