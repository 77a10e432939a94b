using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Zoetrope.Simulator.Http;
using Zoetrope.Simulator.Jobs;

namespace Zoetrope.Simulator.Uploads;

/// <summary>Recognizes uploads: those of fal and Eachlabs, and the storage, to which declared providers send files too.</summary>
internal sealed class UploadRoutes(UploadStore store, JobStore jobs, TimeProvider clock)
{
    private readonly StorageRoutes _storage = new(store);
    private readonly FalUploads _fal = new(store, new(store, jobs, clock), clock);
    private readonly EachlabsUploads _eachlabs = new(store, clock);

    /// <summary>Whether a request brings a file, whose body must not be read before.</summary>
    public static bool TakesBodyOf(HttpRequest request)
    {
        if (request.Path.Value is not { } path || !path.StartsWith("/files/upload", StringComparison.Ordinal) || !(request.Method is "PUT" or "POST"))
            return false;
        // The list of parts is JSON.
        return !path.EndsWith("/complete", StringComparison.Ordinal);
    }

    /// <summary>Lets a file have any size.</summary>
    public static void Unlimit(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = null;
    }

    /// <summary>Recognizes a request; null when it is for something else.</summary>
    public Call? Match(IncomingRequest request, HttpContext context) =>
        _fal.Match(request, context) ?? _storage.Match(request, context) ?? _eachlabs.Match(request);
}
