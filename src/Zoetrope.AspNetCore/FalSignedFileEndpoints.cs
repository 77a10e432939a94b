using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Zoetrope.Fal;

namespace Zoetrope.AspNetCore;

/// <summary>Signed addresses of files at fal as an endpoint.</summary>
public static class FalSignedFileEndpoints
{
    private static readonly string[] _methods = ["GET"];

    /// <summary>
    /// Maps an endpoint that gives a browser an address with which it can read one of your files at fal that is not public, for a while and without your key:
    /// <c>GET {pattern}?url={URL of the file}</c>.
    /// <list type="bullet">
    /// <item>200: <c>{"url": "…", "expiresAt": "…"}</c>; or 302 to the address, where <see cref="FalSignedFileOptions.Redirect"/> is set.</item>
    /// <item>400: <c>url</c> is missing, or not the URL of a file in its usual spelling. 401: the caller is not authorized. 403: the app does not let the
    /// caller have this file. Nothing was sent.</item>
    /// <item>404: there is no such file at fal. 503: fal is busy. 502: fal refused, or its response did not arrive; the log says why.</item>
    /// </list>
    /// </summary>
    /// <param name="endpoints">The app.</param>
    /// <param name="pattern">The path.</param>
    /// <param name="client">The client whose account has the files.</param>
    /// <param name="options">Which files are signed, and for whom.</param>
    /// <returns>The endpoint, for conventions such as <c>RequireAuthorization()</c> and <c>RequireCors()</c>.</returns>
    /// <exception cref="ArgumentException"><see cref="FalSignedFileOptions.MaySignAsync"/> is null.</exception>
    /// <exception cref="InvalidOperationException">The client was made with a protocol of your own.</exception>
    public static IEndpointConventionBuilder MapFalSignedFiles(
        this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string pattern, FalClient client, FalSignedFileOptions options)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(options);
        if (options.MaySignAsync is null)
        {
            throw new ArgumentException(
                $"{nameof(options.MaySignAsync)} is not set, so that no file would be signed. Set it to what decides whether the caller may read a file.",
                nameof(options));
        }
        var logger = endpoints.ServiceProvider.GetService<ILoggerFactory>()?.CreateLogger("Zoetrope.AspNetCore.FalSignedFiles") ?? NullLogger.Instance;
        RequestDelegate handle = new FalSignedFiles(client.Files, options.Copy(), logger).HandleAsync;
        return endpoints.MapMethods(pattern, _methods, handle);
    }
}
