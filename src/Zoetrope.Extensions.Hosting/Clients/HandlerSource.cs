using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Options;
using Zoetrope.Http;

namespace Zoetrope.Extensions.Hosting.Clients;

/// <summary>
/// The HTTP client of a media client. <see cref="IHttpMessageHandlerFactory"/> renews its handlers; requests that are sent go on over those that they began
/// with, because the HTTP client that sends them holds them.
/// </summary>
/// <param name="services">The services, which make the handlers.</param>
/// <param name="name">The name of the HTTP client.</param>
internal sealed class HandlerSource(IServiceProvider services, string name)
{
    // What this package adds: the primary handler.
    private const int OwnActions = 1;

    private IHttpMessageHandlerFactory? _factory;
    private Current? _current;

    /// <summary>Whether the connections are those of this package. The handlers are made for it only where the user has configured some.</summary>
    /// <exception cref="InvalidOperationException">The handlers would follow redirects.</exception>
    public bool HasOwnConnections() => Options().HttpMessageHandlerBuilderActions.Count == OwnActions || Renew().HasOwnConnections;

    /// <summary>Returns the HTTP client for the next request.</summary>
    /// <exception cref="InvalidOperationException">The handlers would follow redirects.</exception>
    public HttpClient Get() => Renew().Client;

    private HttpClientFactoryOptions Options() => services.GetRequiredService<IOptionsFactory<HttpClientFactoryOptions>>().Create(name);

    private Current Renew()
    {
        _factory ??= services.GetRequiredService<IHttpMessageHandlerFactory>();
        var handlers = _factory.CreateHandler(name);
        var current = Volatile.Read(ref _current);
        if (current?.Handlers == handlers)
            return current;
        current = Make(handlers);
        Volatile.Write(ref _current, current);
        return current;
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
                $"The primary handler of the HTTP client '{name}' is a {primary.GetType().Name} that follows redirects, and would send the key to the host "
                + "that a redirect names: set AllowAutoRedirect = false where ConfigurePrimaryHttpMessageHandler makes it.");
        }
        // The outermost is the factory's own, which tracks the life of the others.
        var client = HttpClients.Over(inner is ProviderConnections ? new DirectHandlers(handlers) : handlers);
        foreach (var configure in Options().HttpClientActions)
            configure(client);
        return new Current(handlers, client, primary is ProviderConnections);
    }

    private sealed record Current(HttpMessageHandler Handlers, HttpClient Client, bool HasOwnConnections);
}
