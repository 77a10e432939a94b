using System.Globalization;
using System.Net;
using System.Net.WebSockets;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Zoetrope.Errors;
using Zoetrope.Json;
using Zoetrope.Validation;

namespace Zoetrope.Fal.Realtime;

/// <summary>
/// A connection to a realtime app of fal: requests are sent as they come, and results are received as the app sends them, which need not be one for each
/// request. Results are read from the connection only as fast as they are enumerated, so that a slow reader slows the app down.
/// </summary>
/// <remarks>
/// When the connection is over, because the app closed it, it was idle or it broke, the next <see cref="SendAsync(RawJson, CancellationToken)"/> opens a new
/// one, with a fresh token. A request that may have been received is never sent again.
/// </remarks>
/// <typeparam name="TResult">The type of a result.</typeparam>
public sealed class FalRealtimeConnection<TResult> : IAsyncDisposable
    where TResult : IJsonModel<TResult>
{
    private readonly FalConnection _connection;
    private readonly FalEndpointId _app;
    private readonly FalRealtimeOptions _options;
    private readonly SemaphoreSlim _sending = new(1);
    private readonly CancellationTokenSource _end = new();
    private RealtimeSocket _socket;
    private long _lastSent;
    private long _tickets;
    private int _reading;
    private volatile bool _isClosed;
    private volatile bool _isDisposed;

    private FalRealtimeConnection(FalConnection connection, FalEndpointId app, FalRealtimeOptions options, RealtimeSocket socket)
    {
        _connection = connection;
        _app = app;
        _options = options;
        _socket = socket;
    }

    /// <summary>fal's id of the connection, for support requests: of the last one that was opened; null where fal states none.</summary>
    public string? RequestId => Volatile.Read(ref _socket).RequestId;

    private TimeProvider Time => _connection.Options.TimeProvider;

    /// <summary>Sends a request.</summary>
    /// <param name="request">The input; fal's apps return its <c>request_id</c>, if it has one, with their results.</param>
    /// <param name="cancellationToken">A token to cancel the operation. A message that is being sent then ends the connection.</param>
    /// <returns>Whether it was sent; false where <see cref="FalRealtimeOptions.ThrottleInterval"/> dropped it for a later one.</returns>
    /// <exception cref="ArgumentException">The request cannot be sent: a text in it is not valid Unicode, or not base64 where bytes are sent.</exception>
    /// <exception cref="TransportException">The connection broke, or a new one could not be opened.</exception>
    /// <exception cref="ServiceException">fal refused a new connection or a token.</exception>
    /// <exception cref="InvalidOperationException">The connection was closed by <see cref="CloseAsync"/>.</exception>
    public async Task<bool> SendAsync(RawJson request, CancellationToken cancellationToken = default)
    {
        ThrowIfClosed();
        ReadOnlyMemory<byte> message;
        try
        {
            message = MsgPackWriter.Write(request.Utf8, _options.BinaryMembers);
        }
        catch (Exception exception) when (exception is FormatException or JsonException)
        {
            throw new ArgumentException($"The request cannot be sent: {exception.Message} Nothing was sent.", nameof(request), exception);
        }
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _end.Token);
        try
        {
            return await SendAsync(message, stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new InvalidOperationException("The connection was closed while a request was sent; whether the app received it is not known.", exception);
        }
        catch (OperationCanceledException exception) when (exception.CancellationToken != cancellationToken)
        {
            throw new OperationCanceledException(exception.Message, exception, cancellationToken);
        }
    }

    private async Task<bool> SendAsync(ReadOnlyMemory<byte> message, CancellationToken stop)
    {
        var ticket = Interlocked.Increment(ref _tickets);
        if (!await IsLatestInTimeAsync(ticket, stop).ConfigureAwait(false))
            return false;
        await _sending.WaitAsync(stop).ConfigureAwait(false);
        try
        {
            ThrowIfClosed();
            if (_socket.IsOver || IsIdleTimeout(_socket.Waiting))
            {
                var next = await OpenSocketAsync(_connection, _app, _options, stop).ConfigureAwait(false);
                Interlocked.Exchange(ref _socket, next).Dispose();
                ThrowIfClosed();
            }
            // Opening, and others that were sent meanwhile, may have taken long.
            if (!await IsLatestInTimeAsync(ticket, stop).ConfigureAwait(false))
                return false;
            await _socket.SendAsync(message, stop).ConfigureAwait(false);
            _lastSent = Time.GetTimestamp();
            return true;
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>Sends a typed request. A request of a model is validated first.</summary>
    /// <inheritdoc cref="SendAsync(RawJson, CancellationToken)"/>
    /// <exception cref="RequestValidationException">The request is not valid. Nothing was sent.</exception>
    public Task<bool> SendAsync<TRequest>(TRequest request, CancellationToken cancellationToken = default)
        where TRequest : IJsonModel<TRequest>
    {
        if (request is IValidatable validatable)
            ValidationResult.Of(validatable).ThrowIfInvalid();
        return SendAsync(RawJson.From(request), cancellationToken);
    }

    /// <summary>
    /// Reads results as the app sends them. It ends when the app closes the connection in an orderly way, or says that it was idle for too long; after a
    /// further request it can be enumerated again.
    /// </summary>
    /// <param name="cancellationToken">A token to stop reading, which ends the connection.</param>
    /// <exception cref="ServiceException">The app reports an error.</exception>
    /// <exception cref="TransportException">
    /// The connection broke, was closed with an error, was silent for <see cref="FalRealtimeOptions.IdleTimeout"/>, or sent what is not of the type.
    /// </exception>
    /// <exception cref="InvalidOperationException">The results are being enumerated already.</exception>
    public async IAsyncEnumerable<FalRealtimeResult<TResult>> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        if (Interlocked.Exchange(ref _reading, 1) != 0)
            throw new InvalidOperationException("The results of this connection are being enumerated already: each is received once.");
        try
        {
            var socket = Volatile.Read(ref _socket);
            while (await NextAsync(socket, cancellationToken).ConfigureAwait(false) is var (type, content))
            {
                var (json, binaries) = RealtimeMessage.Read(type, content);
                if (type == WebSocketMessageType.Text && IsControl(socket, json, out var isEnd))
                {
                    if (!isEnd)
                        continue;
                    await socket.EndSendingAsync().ConfigureAwait(false);
                    socket.End();
                    yield break;
                }
                yield return new FalRealtimeResult<TResult>(RealtimeMessage.Read<TResult>(json, _connection.Transport), json, binaries);
            }
        }
        finally
        {
            Volatile.Write(ref _reading, 0);
        }
    }

    /// <summary>
    /// Says that no further requests will be sent. Results that the app still has are received by <see cref="ReadAllAsync"/>, which then ends.
    /// </summary>
    public async Task CloseAsync()
    {
        _isClosed = true;
        await _sending.WaitAsync().ConfigureAwait(false);
        try
        {
            await _socket.EndSendingAsync().ConfigureAwait(false);
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>Closes the connection. Requests that wait to be sent are not sent, and an enumeration of the results ends.</summary>
    public async ValueTask DisposeAsync()
    {
        _isClosed = true;
        // A message that the app does not take would block the farewell.
        var isMine = await _sending.WaitAsync(RealtimeSocket.LongestFarewell).ConfigureAwait(false);
        if (isMine)
        {
            await _socket.EndSendingAsync().ConfigureAwait(false);
            _sending.Release();
        }
        _isDisposed = true;
        await _end.CancelAsync().ConfigureAwait(false);
        _socket.Dispose();
    }

    internal static async Task<FalRealtimeConnection<TResult>> OpenAsync(
        FalConnection connection, string endpointId, FalRealtimeOptions? options, CancellationToken cancellationToken)
    {
        options ??= new FalRealtimeOptions();
        options.Check();
        // The path becomes a part of the address, as the id does.
        var app = FalEndpointId.Parse(endpointId);
        _ = FalEndpointId.Parse($"{app}/{options.Path}");
        return new(connection, app, options, await OpenSocketAsync(connection, app, options, cancellationToken).ConfigureAwait(false));
    }

    private static async Task<RealtimeSocket> OpenSocketAsync(
        FalConnection connection, FalEndpointId app, FalRealtimeOptions options, CancellationToken cancellationToken)
    {
        var usesToken = options.UseToken || options.TokenProvider is not null;
        var query = options.MaxBuffering is { } buffered ? $"?max_buffering={buffered.ToString(CultureInfo.InvariantCulture)}" : "";
        if (usesToken)
        {
            var token = options.TokenProvider is { } provider
                ? await provider($"{app}/{options.Path}", cancellationToken).ConfigureAwait(false)
                : await FalRealtimeTokens.RequestAsync(connection, app, options.Path, options.TokenLifetime, cancellationToken).ConfigureAwait(false);
            query += $"{(query.Length == 0 ? '?' : '&')}fal_jwt_token={Uri.EscapeDataString(token)}";
        }
        var address = new Uri($"{connection.RunRoot}/{app}/{options.Path}{query}");
        var open = await connection.Transport.ConnectWebSocketAsync(address, !usesToken, options.ConnectTimeout, cancellationToken).ConfigureAwait(false);
        var (most, time) = (connection.Options.MaxResponseBytes, connection.Options.TimeProvider);
        return new RealtimeSocket(open, address.GetLeftPart(UriPartial.Path), most, time);
    }

    private void ThrowIfClosed()
    {
        if (_isClosed)
            throw new InvalidOperationException("The connection was closed. Open another one to send further requests.");
    }

    // The end of an enumeration by disposing is its caller's own.
    private async Task<ReceivedMessage?> NextAsync(RealtimeSocket socket, CancellationToken cancellationToken)
    {
        try
        {
            return await socket.ReceiveAsync(_options.IdleTimeout, cancellationToken).ConfigureAwait(false);
        }
        catch (TransportException) when (_isDisposed)
        {
            return null;
        }
    }

    private bool IsControl(RealtimeSocket socket, RawJson json, out bool isEnd)
    {
        try
        {
            return RealtimeMessage.IsControl(json, _connection.Transport, out isEnd);
        }
        catch (ServiceException exception) when (exception.StatusCode == HttpStatusCode.Unauthorized)
        {
            // The next one has a fresh token.
            socket.End();
            throw;
        }
    }

    // The app has closed the connection for lack of requests, and nobody has read that yet.
    private bool IsIdleTimeout(ReceivedMessage? waiting)
    {
        if (waiting is not { Type: WebSocketMessageType.Text })
            return false;
        try
        {
            return RealtimeMessage.IsControl(RealtimeMessage.Read(waiting.Type, waiting.Content).Json, _connection.Transport, out var isEnd) && isEnd;
        }
        catch (ZoetropeException)
        {
            // Who reads the results learns of it.
            return false;
        }
    }

    // The latest of those that wait for their time is sent.
    private async Task<bool> IsLatestInTimeAsync(long ticket, CancellationToken stop)
    {
        if (_options.ThrottleInterval <= TimeSpan.Zero)
            return true;
        var last = Volatile.Read(ref _lastSent);
        var wait = last == 0 ? TimeSpan.Zero : _options.ThrottleInterval - Time.GetElapsedTime(last);
        if (wait > TimeSpan.Zero)
            await Task.Delay(wait, Time, stop).ConfigureAwait(false);
        return ticket == Volatile.Read(ref _tickets);
    }
}
