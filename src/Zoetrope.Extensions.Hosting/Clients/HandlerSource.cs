using Microsoft.Extensions.Http;
using Microsoft.Extensions.Options;
using Zoetrope.Http;

namespace Zoetrope.Extensions.Hosting.Clients;

/// <summary>
/// The HTTP client of a media client. <see cref="IHttpMessageHandlerFactory"/> renews its handlers; requests that are sent go on over those that they began
/// with, because the HTTP client that sends them holds them.
/// </summary>
internal sealed class HandlerSource
{
    private readonly IHttpMessageHandlerFactory _factory;
    private readonly IOptionsMonitor<HttpClientFactoryOptions> _options;
    private readonly string _name;
    private Current _current;

    /// <summary>Initializes a new instance of the <see cref="HandlerSource"/> class.</summary>
    /// <param name="factory">Makes the handlers.</param>
    /// <param name="options">What users configure the HTTP client with.</param>
    /// <param name="name">The name of the HTTP client.</param>
    /// <exception cref="InvalidOperationException">The handlers would follow redirects.</exception>
    public HandlerSource(IHttpMessageHandlerFactory factory, IOptionsMonitor<HttpClientFactoryOptions> options, string name)
    {
        _factory = factory;
        _options = options;
        _name = name;
        _current = Make(factory.CreateHandler(name));
    }

    /// <summary>Whether the connections are those of this package.</summary>
    public bool HasOwnConnections => _current.HasOwnConnections;

    /// <summary>Returns the HTTP client for the next request.</summary>
    /// <exception cref="InvalidOperationException">The handlers would follow redirects.</exception>
    public HttpClient Get()
    {
        var handlers = _factory.CreateHandler(_name);
        var current = Volatile.Read(ref _current);
        if (current.Handlers == handlers)
            return current.Client;
        current = Make(handlers);
        Volatile.Write(ref _current, current);
        return current.Client;
    }

    private Current Make(HttpMessageHandler handlers)
    {
        var inner = (handlers as DelegatingHandler)?.InnerHandler;
        var primary = handlers;
        while (primary is DelegatingHandler { InnerHandler: { } next })
            primary = next;
        if (primary is SocketsHttpHandler { AllowAutoRedirect: true } or HttpClientHandler { AllowAutoRedirect: true })
        {
            throw new InvalidOperationException(
                $"The primary handler of the HTTP client '{_name}' is a {primary.GetType().Name} that follows redirects, and would send the key to whoever a "
                + "redirect names: set AllowAutoRedirect = false where ConfigurePrimaryHttpMessageHandler makes it.");
        }
        // The outermost is the factory's own, which tracks the life of the others.
        var client = HttpClients.Over(inner is ProviderConnections ? new DirectHandlers(handlers) : handlers);
        foreach (var configure in _options.Get(_name).HttpClientActions)
            configure(client);
        return new Current(handlers, client, primary is ProviderConnections);
    }

    private sealed record Current(HttpMessageHandler Handlers, HttpClient Client, bool HasOwnConnections);
}
