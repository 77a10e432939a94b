using System.Runtime.CompilerServices;

namespace Zoetrope.Http;

/// <summary>
/// The behavior of a user's <see cref="HttpClient"/>. Only its last handler knows it, and no public member of the client leads there; where the handler cannot
/// be reached, or is not one of .NET's own types, the behavior is unknown.
/// </summary>
internal static class HandlerChain
{
    /// <summary>Whether redirects are followed; null where that is unknown.</summary>
    public static bool? FollowsRedirects(HttpMessageInvoker http) => Last(http) switch
    {
        SocketsHttpHandler sockets => sockets.AllowAutoRedirect,
        HttpClientHandler handler => handler.AllowAutoRedirect,
        _ => null,
    };

    /// <summary>Whether the connections are the user's, and do not follow redirects, as far as is known, so that files and WebSockets may use them.</summary>
    public static bool IsForAll(HttpMessageInvoker http) => FollowsRedirects(http) != true && Last(http) is not IOwnConnections;

    /// <summary>Whether requests go through a proxy of the environment; false where the user set the proxy, and where that is unknown.</summary>
    public static bool UsesEnvironmentProxy(HttpMessageInvoker http) => Last(http) switch
    {
        SocketsHttpHandler sockets => sockets is { UseProxy: true, Proxy: null },
        HttpClientHandler handler => handler is { UseProxy: true, Proxy: null },
        _ => false,
    };

    /// <summary>The proxy of the environment that a request would go through; null where it would go through none.</summary>
    public static Uri? EnvironmentProxy(Uri address)
    {
        if (HttpClient.DefaultProxy.IsBypassed(address))
            return null;
        return HttpClient.DefaultProxy.GetProxy(address) is { } proxy && proxy != address ? proxy : null;
    }

    /// <summary>Inserts a guard below the user's handlers; false where there are no handlers, or where the guard cannot be inserted.</summary>
    public static bool Guard(HttpMessageInvoker http)
    {
        try
        {
            var handler = First(http) as DelegatingHandler;
            while (handler is not (null or SendingGuard))
            {
                ref var inner = ref Inner(handler);
                // Another client over the same handlers may do the same concurrently.
                if (inner is { } last and not DelegatingHandler)
                    Interlocked.CompareExchange(ref inner, new SendingGuard(last), last);
                handler = inner as DelegatingHandler;
            }
            return handler is not null;
        }
        catch (MissingFieldException)
        {
            return false;
        }
    }

    /// <summary>The handlers of a client; null where they cannot be reached.</summary>
    public static HttpMessageHandler? Of(HttpMessageInvoker http)
    {
        try
        {
            return First(http);
        }
        catch (MissingFieldException)
        {
            // A version of .NET that this was not tested with.
            return null;
        }
    }

    private static HttpMessageHandler? Last(HttpMessageInvoker http)
    {
        var handler = Of(http);
        while (handler is DelegatingHandler delegating)
            handler = delegating.InnerHandler;
        return handler;
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_handler")]
    private static extern ref HttpMessageHandler First(HttpMessageInvoker http);

    // The property cannot be set once a request was sent; the handler's behavior is the same for its other users.
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_innerHandler")]
    private static extern ref HttpMessageHandler? Inner(DelegatingHandler handler);
}
