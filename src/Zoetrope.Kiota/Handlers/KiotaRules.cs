using Microsoft.Kiota.Abstractions;
using Microsoft.Kiota.Http.HttpClientLibrary.Middleware.Options;

namespace Zoetrope.Kiota.Handlers;

/// <summary>The options of a request that Kiota's handlers take in place of their own: nothing is sent again, and no redirect is followed.</summary>
internal static class KiotaRules
{
    private static readonly RetryHandlerOption _retries = new() { ShouldRetry = static (_, _, _) => false };
    private static readonly RedirectHandlerOption _redirects = new() { ShouldRedirect = static _ => false };

    /// <summary>The options.</summary>
    public static IRequestOption[] Options => [_retries, _redirects];

    /// <summary>Sets them in a message.</summary>
    public static void ApplyTo(HttpRequestMessage message)
    {
        // Kiota finds an option by the name of its type.
        message.Options.Set(new(typeof(RetryHandlerOption).FullName!), (IRequestOption)_retries);
        message.Options.Set(new(typeof(RedirectHandlerOption).FullName!), (IRequestOption)_redirects);
    }
}
