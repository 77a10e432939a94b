namespace Zoetrope.Http;

/// <summary>
/// Sends the request that opens a WebSocket: with the headers of the client's requests, and so that the response can be read where it refuses the socket, which
/// <see cref="System.Net.WebSockets.ClientWebSocket"/> does not keep.
/// </summary>
/// <param name="http">The connections.</param>
/// <param name="headers">A message with the headers.</param>
/// <param name="examine">Examines the response, and throws where it refuses the socket.</param>
internal sealed class WebSocketHandshake(HttpMessageInvoker http, HttpRequestMessage headers, Func<HttpResponseMessage, Task> examine) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        foreach (var (name, values) in headers.Headers.NonValidated)
            request.Headers.TryAddWithoutValidation(name, values);
        var response = http is HttpClient client
            ? await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false)
            : await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
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
