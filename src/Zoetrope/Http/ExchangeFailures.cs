using System.Net;
using Zoetrope.Errors;
using Zoetrope.Jobs;
using Zoetrope.Time;

namespace Zoetrope.Http;

/// <summary>Interprets the failure of an exchange: whether anything was sent, and with what outcome.</summary>
internal static class ExchangeFailures
{
    /// <summary>
    /// Whether an exception is a failure of the exchange. Handlers of the user's own client may throw any exception, which must not hide the outcome of a
    /// request; only the disposal of an operation's client is the caller's own mistake.
    /// </summary>
    public static bool IsFailure(Exception exception, TransportRequest request) =>
        exception is not ZoetropeException && !(exception is ObjectDisposedException && request.IsOperation);

    /// <summary>Whether a status says that nothing was accepted: a refusal precedes the work, but a time-out reported as 408 or 499 does not.</summary>
    public static bool IsRefusal(HttpStatusCode status) => (int)status is >= 400 and < 500 and not (408 or 499);

    /// <summary>Whether a failure may be over when a request is sent again, whatever became of the first.</summary>
    public static bool MayPass(ZoetropeException reason) => reason switch
    {
        TransportException transport => transport.Failure is TransportFailure.NotConnected or TransportFailure.Broken or TransportFailure.TimedOut,
        ServiceException service => (int)service.StatusCode is 408 or 425 or 499 or >= 500 && !RetryAfterHeader.IsTooLong(service.RetryAfter),
        _ => false,
    };

    /// <summary>
    /// Whether no connection was made at all, so that nothing was sent: the name was not resolved, the connection was refused, or connecting took too long. A
    /// failure of TLS is not one, because then there was a connection, with some server.
    /// </summary>
    /// <param name="exception">The exception that was thrown.</param>
    /// <param name="attempt">The attempt.</param>
    public static bool IsUnreached(Exception exception, Attempt attempt) =>
        !attempt.Caller.IsCancellationRequested && !attempt.IsLate && attempt.Content is null or { MayHaveBeenSent: false }
        && exception switch
        {
            HttpRequestException http => http.HttpRequestError is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError,
            // The time limit of a user's client, which would be here too, has a reason of its own.
            OperationCanceledException => exception.InnerException is TimeoutException { InnerException: null },
            _ => false,
        };

    /// <summary>Creates the exception of a request of a client that was disposed before.</summary>
    /// <param name="request">The request.</param>
    /// <param name="provider">The provider's name.</param>
    public static Exception Disposed(TransportRequest request, string provider)
    {
        var problem = NotSent(request.Uri.GetLeftPart(UriPartial.Path));
        return request.IsOperation ? new ObjectDisposedException(provider, problem) : new TransportException(problem, TransportFailure.Refused);
    }

    /// <summary>Creates the exception of an exchange that failed.</summary>
    /// <param name="exception">The exception that was thrown.</param>
    /// <param name="attempt">The attempt.</param>
    /// <param name="provider">The provider's name.</param>
    public static Exception Explain(Exception exception, Attempt attempt, string provider)
    {
        var address = attempt.SafeUrl;
        var sent = attempt switch
        {
            { Response: not null } => null,
            { IsUnsent: true } => false,
            _ => attempt.Content?.MayHaveBeenSent,
        };
        if (attempt.Caller.IsCancellationRequested)
        {
            return attempt.Submitted is null || sent == false || (attempt.Response is { } response && IsRefusal(response.StatusCode))
                ? new OperationCanceledException(attempt.Caller)
                : new SubmitCanceledException(
                    provider, attempt.Submitted, attempt.Caller, requestId: attempt.Response?.RequestId, idempotencyKey: attempt.Request.IdempotencyKey)
                {
                    Received = attempt.Response?.Body ?? default,
                    Response = attempt.Response,
                };
        }
        if (attempt.Content?.SourceFailure is { } source)
            return attempt.Fail($"The request to {address} was not sent completely: {source.Message}", TransportFailure.Broken, source.InnerException);
        if (attempt.Content?.Refusal is { } refusal)
            return Repeated(refusal, attempt);
        return exception switch
        {
            OperationCanceledException when !attempt.IsDisposed => Late(exception, attempt, sent),
            OperationCanceledException when sent != false =>
                attempt.Fail($"The client was disposed before {address} had responded.", TransportFailure.Broken, exception),
            OperationCanceledException or ObjectDisposedException when attempt.Response is null && sent != true =>
                attempt.Fail(NotSent(address), TransportFailure.Refused, exception),
            HttpRequestException or IOException when IsUnconnected(exception) && sent != true =>
                attempt.Fail($"No connection to {address}: {exception.Message}", TransportFailure.NotConnected, exception),
            HttpRequestException or IOException => attempt.Fail($"The connection to {address} broke: {exception.Message}", TransportFailure.Broken, exception),
            _ when sent == false =>
                attempt.Fail($"A handler of the HttpClient did not send the request to {address}: {exception.Message}", TransportFailure.Refused, exception),
            _ => attempt.Fail($"The request to {address} failed in the HttpClient: {exception.Message}", TransportFailure.Broken, exception),
        };
    }

    private static string NotSent(string address) => $"The client was disposed, so the request to {address} was not sent.";

    private static TransportException Late(Exception exception, Attempt attempt, bool? sent)
    {
        var address = attempt.SafeUrl;
        if (attempt.IsUnsent)
        {
            return attempt.Fail(
                $"The token provider returned no key within {attempt.Timeout.ToString()}, so nothing was sent.", TransportFailure.NotConnected, exception);
        }
        if (sent == false)
            return attempt.Fail($"No connection to {address} was made in time.", TransportFailure.NotConnected, exception);
        var problem = attempt.IsLate
            ? $"{address} did not respond within {attempt.Timeout.ToString()}."
            : $"{address} did not respond in time: {(exception.InnerException ?? exception).Message}";
        return attempt.Fail(problem, TransportFailure.TimedOut, exception);
    }

    private static bool IsUnconnected(Exception exception) =>
        (exception as HttpRequestException)?.HttpRequestError is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError
            or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError;

    private static TransportException Repeated(RepeatedContentException refusal, Attempt attempt)
    {
        var address = attempt.SafeUrl;
        if (refusal.IsMoved)
        {
            return attempt.Fail(
                $"The request to {address} was sent, and was about to be sent again to {refusal.Target}, as when a redirect is followed. "
                + "That was refused; the outcome of the first attempt is unknown.",
                TransportFailure.Redirected,
                refusal);
        }
        var twice = attempt.Request.Body is { IsUpload: true } ? "stored twice" : "billed twice";
        var reason = refusal.Problem is { } problem ? $"which is not possible: {problem}" : $"which was refused, because it could be {twice}";
        return attempt.Fail(
            $"The request to {address} was sent, and was about to be sent again by a handler of the HttpClient "
            + $"(such as one that retries, hedges or follows redirects), {reason}. The outcome of the first attempt is unknown. "
            + "Take the handler away, or let it pass on once what has RequestMarks.SendOnce; options.Retry.DisableForUnsafeHttpMethods() does so, too.",
            TransportFailure.Repeated,
            refusal);
    }
}
