namespace Zoetrope.Http;

/// <summary>
/// Sends the request that opens a WebSocket: with the headers of the client's requests, and so that the response can be read where it refuses the socket, which
/// <see cref="System.Net.WebSockets.ClientWebSocket"/> does not keep.
/// </summary>
/// <param name="options">The options of the client.</param>
/// <param name="http">The user's client, or connections of the client's own.</param>
/// <param name="headers">A message with the headers.</param>
/// <param name="examine">Examines the response, and throws where it refuses the socket.</param>
internal sealed class WebSocketHandshake(
    ClientOptions options, HttpMessageInvoker http, HttpRequestMessage headers, Func<HttpResponseMessage, Task> examine) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        foreach (var (name, values) in headers.Headers.NonValidated)
            request.Headers.TryAddWithoutValidation(name, values);
        var response = await options.SendAsync(http, request, cancellationToken).ConfigureAwait(false);
        try
        {
            await examine(response).ConfigureAwait(false);
            return response;
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }
}
