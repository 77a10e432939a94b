using System.Runtime.CompilerServices;

namespace Zoetrope.Http;

/// <summary>
/// What a user's <see cref="HttpClient"/> does by itself with what it is given. Only its last handler knows, and no public member leads there from the client;
/// where that cannot be reached, or is of a kind that is not .NET's own, nothing is known.
/// </summary>
internal static class HandlerChain
{
    /// <summary>Whether redirects are followed; null where that is not known.</summary>
    public static bool? FollowsRedirects(HttpClient http) => Last(http) switch
    {
        SocketsHttpHandler sockets => sockets.AllowAutoRedirect,
        HttpClientHandler handler => handler.AllowAutoRedirect,
        _ => null,
    };

    /// <summary>
    /// The proxy of the environment that a request would go through; null where it goes through none, through one that the user set, or where that is not
    /// known.
    /// </summary>
    public static Uri? EnvironmentProxy(HttpClient http, Uri address)
    {
        var usesEnvironment = Last(http) switch
        {
            SocketsHttpHandler sockets => sockets is { UseProxy: true, Proxy: null },
            HttpClientHandler handler => handler is { UseProxy: true, Proxy: null },
            _ => false,
        };
        if (!usesEnvironment || HttpClient.DefaultProxy.IsBypassed(address))
            return null;
        return HttpClient.DefaultProxy.GetProxy(address) is { } proxy && proxy != address ? proxy : null;
    }

    /// <summary>Puts a guard below the user's handlers; false where there are none, or where it cannot stand there.</summary>
    public static bool Guard(HttpClient http)
    {
        try
        {
            var handler = First(http) as DelegatingHandler;
            while (handler is not (null or SendingGuard))
            {
                ref var inner = ref Inner(handler);
                // Another client over the same handlers may do this just now.
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

    private static HttpMessageHandler? Last(HttpClient http)
    {
        HttpMessageHandler? handler;
        try
        {
            handler = First(http);
        }
        catch (MissingFieldException)
        {
            // Another .NET than those that this was tested with.
            return null;
        }
        while (handler is DelegatingHandler delegating)
            handler = delegating.InnerHandler;
        return handler;
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_handler")]
    private static extern ref HttpMessageHandler First(HttpMessageInvoker http);

    // The property refuses a change once a request was sent; in between, nothing changes for anybody else.
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_innerHandler")]
    private static extern ref HttpMessageHandler? Inner(DelegatingHandler handler);
}
