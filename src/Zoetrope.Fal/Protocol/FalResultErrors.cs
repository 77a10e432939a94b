using System.Net;
using Zoetrope.Errors;
using Zoetrope.Jobs;
using Zoetrope.Json;

namespace Zoetrope.Fal.Protocol;

/// <summary>
/// Determines what an error in place of a result means: that the job failed, that it was canceled, that it is not ready after all, or only that
/// this one request did not succeed. An error that could be a gateway's is not taken for the job's.
/// </summary>
internal static class FalResultErrors
{
    private const HttpStatusCode ClientClosedRequest = (HttpStatusCode)499;

    // RFC 8470: the response that a request which came too early should have had.
    private const HttpStatusCode TooEarly = (HttpStatusCode)425;

    /// <summary>What to throw instead; null when the exception says nothing about the job.</summary>
    public static ZoetropeException? Translate(ServiceException exception, JobHandle handle, JobStatus completed)
    {
        var error = exception.Error;
        if (error.Message.Contains("still in progress", StringComparison.OrdinalIgnoreCase))
            return new ServiceException(exception.Provider, TooEarly, error, exception.RetryAfter);
        if (!IsAboutTheJob(exception))
            return null;
        return error.Type == "client_cancelled"
            ? new JobCanceledException(handle, completed)
            : new JobFailedException(handle, completed, error, exception.StatusCode);
    }

    /// <summary>The exception for a response that says that the result is not ready.</summary>
    public static ServiceException NotReady(string message, RawJson? body) =>
        new(FalProtocol.ProviderName, TooEarly, new ServiceError { Message = message, Body = body });

    // Runners and apps say what went wrong in JSON, and their queue with one of its words; a response that asks for a retry is about the request.
    private static bool IsAboutTheJob(ServiceException exception)
    {
        var error = exception.Error;
        if (error.Body is null || error.Retryable == true || exception.RetryAfter is not null)
            return false;
        return exception.StatusCode switch
        {
            HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity or HttpStatusCode.InternalServerError => true,
            HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout =>
                IsWordOfTheQueue(error) || error.Fields.Count > 0,
            ClientClosedRequest => IsWordOfTheQueue(error),
            _ => false,
        };
    }

    // Documented for request errors and for model errors; the sets are open, their format is not.
    private static bool IsWordOfTheQueue(ServiceError error) => error.Type is { } type
        && (type.StartsWith("runner_", StringComparison.Ordinal)
            || type.StartsWith("client_", StringComparison.Ordinal)
            || type.StartsWith("downstream_", StringComparison.Ordinal)
            || type.EndsWith("_timeout", StringComparison.Ordinal)
            || type is "bad_request" or "internal_error" or "internal_server_error");
}
