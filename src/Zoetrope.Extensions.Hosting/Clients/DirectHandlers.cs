using Zoetrope.Http;

namespace Zoetrope.Extensions.Hosting.Clients;

/// <summary>The handlers of a client that has none but its own connections.</summary>
/// <param name="handlers">What <c>IHttpMessageHandlerFactory</c> has made of them, which is kept alive for as long as requests are sent over it.</param>
internal sealed class DirectHandlers(HttpMessageHandler handlers) : HttpMessageHandler, IDirectHandler, IOwnConnections
{
    private readonly HttpMessageInvoker _invoker = new(handlers, disposeHandler: false);

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        _invoker.SendAsync(request, cancellationToken);
}
