using Microsoft.Kiota.Abstractions;
using Microsoft.Kiota.Abstractions.Authentication;
using Microsoft.Kiota.Http.HttpClientLibrary;
using Microsoft.Kiota.Http.HttpClientLibrary.Middleware;
using Zoetrope.Extensions.Hosting.Clients;
using Zoetrope.Http;
using Zoetrope.Kiota.Handlers;

namespace Zoetrope.Kiota;

/// <summary>Has clients use what an app has set up for Kiota: its authentication, its handlers, or a request adapter.</summary>
/// <remarks>
/// Nothing that is passed is disposed with a client. The rules of the client stay: what may have been accepted is not sent again, no redirect is followed,
/// and keys that Kiota adds are removed from exceptions as the client's own are.
/// </remarks>
public static class KiotaClientExtensions
{
    // One for all options, because nothing disposes it: options are not disposable, and the handlers above it are the user's.
    private static readonly ProviderConnections _connections = new();

    /// <summary>
    /// Has a Kiota authentication provider add the key, in place of the client's own: to requests that have one, and where the provider allows the host.
    /// </summary>
    /// <param name="options">The options of the client.</param>
    /// <param name="authentication">The provider. It is asked for each request, and should keep a token for as long as it is valid.</param>
    /// <param name="handlers">Handlers of Kiota's, in their order, such as those of <c>KiotaClientFactory.CreateDefaultHandlers</c>; null for none.</param>
    /// <param name="finalHandler">Creates the connections; null makes them as a client without an HTTP client of yours.</param>
    /// <returns>The options.</returns>
    /// <exception cref="InvalidOperationException">The options have an HTTP client or a token provider.</exception>
    /// <exception cref="ArgumentException">The final handler follows redirects, or there is another authentication among the handlers.</exception>
    /// <remarks>
    /// A whole API whose document does not say where the key is has none to take the place of: set <see cref="Operations.ApiClientOptions.ApiKeyLocation"/>.
    /// Where the provider fails, nothing was sent (<see cref="Errors.TransportFailure.NotConnected"/>): a submit is tried again, and a wait goes on. Where it
    /// adds no key, because the host is not among those that it allows, the request is refused (<see cref="Errors.TransportFailure.Refused"/>).
    /// </remarks>
    public static TOptions UseKiota<TOptions>(
        this TOptions options, IAuthenticationProvider authentication, IEnumerable<DelegatingHandler>? handlers = null, HttpMessageHandler? finalHandler = null)
        where TOptions : ClientOptions
    {
        ArgumentNullException.ThrowIfNull(authentication);
        CheckUnused(options);
        CheckFinal(finalHandler);
        DelegatingHandler[] own = [.. handlers ?? []];
        if (Authenticates(own))
            throw new ArgumentException("One of the handlers authenticates requests, too: pass either it or the authentication provider.", nameof(handlers));
        var key = OwnKey.ReplaceIn(options);
        return Use(options, [new KiotaRulesHandler(), new AuthenticationHandler(authentication, options, key), .. own], WithoutFiles(finalHandler));
    }

    /// <summary>
    /// Sends requests through handlers of Kiota's, or your own. The client adds its own key, unless an <see cref="AuthorizationHandler"/> is among them, which
    /// then adds that of its provider.
    /// </summary>
    /// <param name="options">The options of the client.</param>
    /// <param name="handlers">The handlers in their order, such as those of <c>KiotaClientFactory.CreateDefaultHandlers</c>.</param>
    /// <param name="finalHandler">Creates the connections; null makes them as a client without an HTTP client of yours.</param>
    /// <returns>The options.</returns>
    /// <exception cref="InvalidOperationException">
    /// The options have an HTTP client, or a token provider beside an <see cref="AuthorizationHandler"/>.
    /// </exception>
    /// <exception cref="ArgumentException">The final handler follows redirects.</exception>
    public static TOptions UseKiota<TOptions>(this TOptions options, IEnumerable<DelegatingHandler> handlers, HttpMessageHandler? finalHandler = null)
        where TOptions : ClientOptions
    {
        ArgumentNullException.ThrowIfNull(handlers);
        CheckUnused(options);
        CheckFinal(finalHandler);
        DelegatingHandler[] own = [.. handlers];
        if (!Authenticates(own))
            return Use(options, [new KiotaRulesHandler(), .. own], finalHandler ?? _connections);
        var key = OwnKey.ReplaceIn(options);
        return Use(options, [new KiotaRulesHandler(), new AuthorizedHandler(options, key), .. own, new RejectionHandler()], WithoutFiles(finalHandler));
    }

    /// <summary>Sends requests with a Kiota request adapter, and so with its authentication, its handlers and its connections.</summary>
    /// <param name="options">The options of the client.</param>
    /// <param name="adapter">The adapter, such as an <see cref="HttpClientRequestAdapter"/>. Its base URL is not used.</param>
    /// <param name="sendsOwnKey">
    /// Whether the client adds its own key, for an adapter that adds none (<see cref="AnonymousAuthenticationProvider"/>); false by default: the adapter's
    /// authentication provider adds the key.
    /// </param>
    /// <returns>The options.</returns>
    /// <exception cref="InvalidOperationException">The options have an HTTP client, or a token provider although the adapter is to add the key.</exception>
    /// <remarks>
    /// Files and WebSockets do not use it. The primary handler of its HTTP client must not follow redirects, which is the default of
    /// <see cref="KiotaClientFactory"/>, but not of <c>new HttpClient()</c>. A handler of your own in it must not send a submit again: only Kiota's are known
    /// to leave it alone. A second one is stopped before a byte is sent, unless it is a copy, or a handler has had the content buffered
    /// (<see cref="BodyInspectionHandler"/> with <c>InspectRequestBody</c>, <see cref="HttpContent.LoadIntoBufferAsync()"/>): that is not seen, and the second
    /// one may be paid for. The timeout of its HTTP client, 100 seconds by default, ends a direct run, too: set <see cref="Timeout.InfiniteTimeSpan"/>.
    /// </remarks>
    public static TOptions UseKiota<TOptions>(this TOptions options, IRequestAdapter adapter, bool sendsOwnKey = false)
        where TOptions : ClientOptions
    {
        ArgumentNullException.ThrowIfNull(adapter);
        CheckUnused(options);
        var key = sendsOwnKey ? null : OwnKey.ReplaceIn(options);
        return Use(options, [new AdapterEntry()], new AdapterHandler(adapter, options, key));
    }

    private static TOptions Use<TOptions>(TOptions options, DelegatingHandler[] handlers, HttpMessageHandler connections)
        where TOptions : ClientOptions
    {
        options.HttpClient = HttpClients.Over(KiotaClientFactory.ChainHandlersCollectionAndGetFirstLink(connections, handlers)!);
        return options;
    }

    private static bool Authenticates(DelegatingHandler[] handlers) => Array.Exists(handlers, static handler => handler is AuthorizationHandler);

    private static void CheckUnused(ClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options is not { HttpClient: null, HttpClientSource: null })
        {
            throw new InvalidOperationException(
                $"The options have an {nameof(ClientOptions.HttpClient)} already, whose handlers would not be used: pass them to {nameof(UseKiota)}.");
        }
    }

    private static void CheckFinal(HttpMessageHandler? finalHandler)
    {
        var handler = finalHandler;
        while (handler is DelegatingHandler { InnerHandler: { } inner })
            handler = inner;
        if (handler is SocketsHttpHandler { AllowAutoRedirect: true } or HttpClientHandler { AllowAutoRedirect: true })
        {
            throw new ArgumentException(
                $"The final handler is a {handler.GetType().Name} that follows redirects, and would send the key to the host that a redirect names: "
                + "set AllowAutoRedirect = false.",
                nameof(finalHandler));
        }
    }

    // Storage must not receive the key that handlers add to whatever they send.
    private static HttpMessageHandler WithoutFiles(HttpMessageHandler? handler) => handler is null ? _connections : new KeyedConnections(handler);
}
