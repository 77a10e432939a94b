using System.Net;
using Zoetrope.Errors;
using Zoetrope.Jobs;

namespace Zoetrope.Http;

/// <summary>Says what it means that an exchange failed: whether anything was sent, and what became of it.</summary>
internal static class ExchangeFailures
{
    /// <summary>
    /// Whether an exception is one of an exchange. Handlers of the user's own client throw what they like, and it must not hide what became of a request; only
    /// that the client of an operation was disposed is the caller's own mistake.
    /// </summary>
    public static bool IsFailure(Exception exception, TransportRequest request) =>
        exception is not ZoetropeException && !(exception is ObjectDisposedException && request.IsOperation);

    /// <summary>Whether a status says that nothing was accepted: a refusal is one before the work, but a time-out reported as 408 or 499 is not.</summary>
    public static bool IsRefusal(HttpStatusCode status) => (int)status is >= 400 and < 500 and not (408 or 499);

    /// <summary>The exception of an exchange that failed.</summary>
    /// <param name="exception">What was thrown.</param>
    /// <param name="attempt">The attempt.</param>
    /// <param name="provider">The provider's name.</param>
    public static Exception Explain(Exception exception, Attempt attempt, string provider)
    {
        var place = attempt.Place;
        var sent = attempt.Response is null ? attempt.Content?.MayHaveBeenSent : null;
        if (attempt.Caller.IsCancellationRequested)
        {
            return attempt.Submitted is null || sent == false || (attempt.Response is { } response && IsRefusal(response.StatusCode))
                ? new OperationCanceledException(attempt.Caller)
                : new SubmitCanceledException(provider, attempt.Submitted, attempt.Caller);
        }
        if (attempt.Content?.SourceFailure is { } source)
            return attempt.Fail($"The request to {place} was not sent to its end: {source.Message}", TransportFailure.Broken, source.InnerException);
        if (attempt.Content?.Refusal is { } refusal)
            return Repeated(refusal, attempt);
        return exception switch
        {
            OperationCanceledException => Late(exception, attempt, sent),
            ObjectDisposedException when attempt.Response is null && sent != true =>
                attempt.Fail($"The client was disposed, so the request to {place} was not sent.", TransportFailure.Refused, exception),
            HttpRequestException or IOException when IsUnconnected(exception) && sent != true =>
                attempt.Fail($"No connection to {place}: {exception.Message}", TransportFailure.NotConnected, exception),
            HttpRequestException or IOException => attempt.Fail($"The connection to {place} broke: {exception.Message}", TransportFailure.Broken, exception),
            _ when sent == false =>
                attempt.Fail($"A handler of the HttpClient did not send the request to {place}: {exception.Message}", TransportFailure.Refused, exception),
            _ => attempt.Fail($"The request to {place} failed in the HttpClient: {exception.Message}", TransportFailure.Broken, exception),
        };
    }

    private static TransportException Late(Exception exception, Attempt attempt, bool? sent)
    {
        var place = attempt.Place;
        if (sent == false)
            return attempt.Fail($"No connection to {place} was made in time.", TransportFailure.NotConnected, exception);
        var problem = attempt.IsLate
            ? $"{place} did not answer within {attempt.Timeout}."
            : $"{place} did not answer in time: {(exception.InnerException ?? exception).Message}";
        return attempt.Fail(problem, TransportFailure.TimedOut, exception);
    }

    private static bool IsUnconnected(Exception exception) =>
        (exception as HttpRequestException)?.HttpRequestError is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError
            or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError;

    private static TransportException Repeated(RepeatedContentException refusal, Attempt attempt)
    {
        var place = attempt.Place;
        if (refusal.IsMoved)
        {
            return attempt.Fail(
                $"The request to {place} was sent, and was to be sent once more to {refusal.Target}, as when a redirect is followed. "
                + "That was refused; what became of the first sending is not known.",
                TransportFailure.Redirected,
                refusal);
        }
        var reason = refusal.Problem is { } problem ? $"which is not possible: {problem}" : "which was refused, because it could be billed twice";
        return attempt.Fail(
            $"The request to {place} was sent, and was to be sent once more by a handler of the HttpClient "
            + $"(such as one that retries, hedges or follows redirects), {reason}. What became of the first sending is not known. Give the client an HttpClient without such handlers; "
            + "of AddStandardResilienceHandler, options.Retry.DisableForUnsafeHttpMethods() is enough.",
            TransportFailure.Repeated,
            refusal);
    }
}
