using Zoetrope.Http;

namespace Zoetrope.Kiota.Handlers;

/// <summary>The user's connections for requests with a key that handlers add: files and WebSockets have connections of their own.</summary>
/// <param name="connections">The connections, which are not disposed.</param>
internal sealed class KeyedConnections(HttpMessageHandler connections) : HttpMessageHandler, IOwnConnections
{
    private readonly HttpMessageInvoker _invoker = new(connections, disposeHandler: false);

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        _invoker.SendAsync(request, cancellationToken);
}
