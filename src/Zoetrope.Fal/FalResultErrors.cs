using System.Net;

namespace Zoetrope.Fal;

/// <summary>
/// Tells what an error in place of a result means: that the job failed, that it was cancelled, that it is not ready after all, or only that
/// this one request did not succeed.
/// </summary>
internal static class FalResultErrors
{
    private const HttpStatusCode ClientClosedRequest = (HttpStatusCode)499;

    // RFC 8470; what a request that came too early should have been answered with.
    private const HttpStatusCode TooEarly = (HttpStatusCode)425;

    /// <summary>What to throw instead; null when the exception says nothing about the job.</summary>
    public static ZoetropeException? Translate(ServiceException exception, JobHandle handle, JobStatus completed)
    {
        var error = exception.Error;
        if (IsNotReady(exception))
            return new ServiceException(exception.Provider, TooEarly, error, exception.RetryAfter);
        if (error.Type == "client_cancelled")
            return new JobCancelledException(handle, completed);
        return IsAboutTheJob(exception) ? new JobFailedException(handle, completed, error, exception.StatusCode) : null;
    }

    private static bool IsNotReady(ServiceException exception) =>
        exception.StatusCode == HttpStatusCode.BadRequest && exception.Error.Message.Contains("still in progress", StringComparison.OrdinalIgnoreCase);

    private static bool IsAboutTheJob(ServiceException exception) => exception.StatusCode switch
    {
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.NotFound => false,
        HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or TooEarly => false,
        ClientClosedRequest => true,
        < HttpStatusCode.InternalServerError => true,
        HttpStatusCode.InternalServerError => exception.Error.Body is not null,
        // Gateways answer so, too, but only runners name the kind of error or the exchange.
        _ => exception.Error.Type is not null || (exception.Error.Body is not null && exception.Error.RequestId is not null),
    };
}
