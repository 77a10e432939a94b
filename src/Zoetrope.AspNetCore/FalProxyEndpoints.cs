using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Zoetrope.AspNetCore.Proxy;
using Zoetrope.Errors;

namespace Zoetrope.AspNetCore;

/// <summary>The proxy for fal's browser clients as an endpoint.</summary>
public static class FalProxyEndpoints
{
    private static readonly string[] _methods = ["GET", "POST", "PUT"];

    /// <summary>
    /// Maps a proxy through which <c>@fal-ai/client</c> (its <c>proxyUrl</c>) calls fal with your key, which never reaches the browser. Queue, direct runs,
    /// streams, uploads and realtime tokens pass, for the endpoints that you allow, and nothing else:
    /// <list type="bullet">
    /// <item>400: the target is missing, or not exactly one that is allowed; nothing was sent. 401: the caller may not use the proxy. 413: the body is too
    /// large. 415: the body is not JSON.</item>
    /// <item>502: fal could not be reached, and nothing was sent; or, of a request that is not billed, the exchange failed. 504: such a request was not
    /// responded to in time.</item>
    /// <item>500: a billed request was sent, and fal's response did not arrive, so that it may have been accepted. fal's client repeats what ends with 502, 503
    /// or 504, but not this, so that nothing is paid for twice.</item>
    /// <item>Everything else is fal's response.</item>
    /// </list>
    /// </summary>
    /// <param name="endpoints">The app.</param>
    /// <param name="pattern">The path; <c>/api/fal/proxy</c> is what fal's client documents.</param>
    /// <param name="options">What is allowed, and to whom.</param>
    /// <returns>The endpoint, for conventions such as <c>RequireAuthorization()</c> and <c>RequireCors()</c>.</returns>
    /// <exception cref="ArgumentException"><see cref="FalProxyOptions.AllowedEndpoints"/> is empty, or an address is not valid.</exception>
    /// <exception cref="MissingKeyException">There is no key.</exception>
    /// <remarks>
    /// A browser that goes away ends polls, runs and streams. A submit and a cancel are finished nevertheless: an aborted submit may have been accepted, and
    /// nobody would know. The job of such a submit is in the log.
    /// </remarks>
    public static IEndpointConventionBuilder MapFalProxy(
        this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string pattern, FalProxyOptions options)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(options);
        var logger = endpoints.ServiceProvider.GetService<ILoggerFactory>()?.CreateLogger("Zoetrope.AspNetCore.FalProxy") ?? NullLogger.Instance;
        var proxy = new FalProxy(options.Copy(), logger);
        endpoints.ServiceProvider.GetService<IHostApplicationLifetime>()?.ApplicationStopped.Register(proxy.Dispose);
        RequestDelegate handle = proxy.HandleAsync;
        return endpoints.MapMethods(pattern, _methods, handle);
    }
}
