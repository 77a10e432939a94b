using System.Net;
using System.Net.WebSockets;
using Zoetrope.Errors;

namespace Zoetrope.Http;

/// <content>WebSockets, which begin with a request.</content>
internal sealed partial class HttpExchange
{
    /// <summary>Opens a WebSocket, over a user's client too, unless that follows redirects.</summary>
    /// <param name="request">The request of the handshake; its address is one of http.</param>
    /// <param name="timeout">The longest time.</param>
    /// <param name="ct">A token to cancel the operation.</param>
    /// <returns>The socket, and the head of the response that opened it.</returns>
    public async Task<(WebSocket Socket, TransportResponse Head)> ConnectAsync(TransportRequest request, TimeSpan timeout, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        using var attempt = Begin(request, timeout, null, ct);
        var users = _options.UserClientForAll;
        // What was made of its connections stays open.
        using var own = users is null ? HttpClients.CreateForSocket() : null;
        Exception? refusal = null;
        using var handshake = new HttpMessageInvoker(new WebSocketHandshake(_options, (HttpMessageInvoker?)users ?? own!, attempt.Message, ExamineAsync));
        var socket = new ClientWebSocket();
        try
        {
            await ApplyKeyAsync(attempt).ConfigureAwait(false);
            // https becomes wss.
            await socket.ConnectAsync(new Uri("ws" + request.Uri.AbsoluteUri["http".Length..]), handshake, attempt.Token).ConfigureAwait(false);
            return (socket, attempt.Response!);
        }
        catch (Exception exception)
        {
            socket.Dispose();
            // Of the token provider.
            if (exception is ZoetropeException)
                throw;
            if (refusal is not null && !ct.IsCancellationRequested)
                throw refusal;
            if (exception is WebSocketException { InnerException: null } && !ct.IsCancellationRequested)
                throw attempt.Fail($"{attempt.SafeUrl} opened no WebSocket: {exception.Message}", TransportFailure.Malformed, exception);
            throw ExchangeFailures.Explain((exception as WebSocketException)?.InnerException ?? exception, attempt, _provider);
        }

        async Task ExamineAsync(HttpResponseMessage response)
        {
            attempt.Response = ResponseHead.Of(response, _provider, _redactor);
            var isRedirect = IsRedirect(response) || (users is not null && WasFollowed(response, attempt));
            if (response.StatusCode == HttpStatusCode.SwitchingProtocols && !isRedirect)
                return;
            refusal = await FailureAsync(response, attempt, isRedirect).ConfigureAwait(false);
            throw refusal;
        }
    }
}
