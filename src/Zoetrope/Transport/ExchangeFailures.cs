namespace Zoetrope.Protocol;

/// <summary>Says what it means that an exchange failed: whether anything was sent, and what became of it.</summary>
internal static class ExchangeFailures
{
    /// <summary>
    /// Whether an exception is one of an exchange. Handlers of the user's own client throw what they like, and it must not hide what became of a request; only
    /// that the client of an operation was disposed is the caller's own mistake.
    /// </summary>
    public static bool IsFailure(Exception exception, TransportRequest request) =>
        exception is not ZoetropeException && !(exception is ObjectDisposedException && request.IsOperation);

    /// <summary>The exception of an exchange that failed.</summary>
    /// <param name="exception">What was thrown.</param>
    /// <param name="attempt">The attempt.</param>
    /// <param name="provider">The provider's name.</param>
    /// <param name="headCame">Whether the response's head had arrived.</param>
    public static Exception Explain(Exception exception, Attempt attempt, string provider, bool headCame)
    {
        var place = attempt.Place;
        var sent = headCame ? null : attempt.Content?.SendingBegan;
        if (attempt.Caller.IsCancellationRequested)
        {
            return attempt.Submitted is null || sent == false
                ? new OperationCanceledException(attempt.Caller)
                : new SubmitCanceledException(provider, attempt.Submitted, attempt.Caller);
        }
        if (attempt.Content?.SourceFailure is { } source)
            return new TransportException($"The request to {place} was not sent to its end: {source.Message}", TransportFailure.Broken, source.InnerException);
        if (attempt.Content?.Refusal is { } refusal)
            return Repeated(refusal, attempt);
        if (exception is OperationCanceledException)
        {
            if (sent == false)
                return new TransportException($"No connection to {place} was made in time.", TransportFailure.NotConnected, exception);
            return attempt.IsLate
                ? new TransportException($"{place} did not answer within {attempt.Timeout}.", TransportFailure.TimedOut, exception)
                : new TransportException($"{place} did not answer in time: {(exception.InnerException ?? exception).Message}", TransportFailure.TimedOut, exception);
        }
        if (exception is ObjectDisposedException && !headCame && sent != true)
            return new TransportException($"The client was disposed, so the request to {place} was not sent.", TransportFailure.Refused, exception);
        if (exception is HttpRequestException or IOException)
        {
            return IsUnconnected(exception) && sent != true
                ? new TransportException($"No connection to {place}: {exception.Message}", TransportFailure.NotConnected, exception)
                : new TransportException($"The connection to {place} broke: {exception.Message}", TransportFailure.Broken, exception);
        }
        return sent == false
            ? new TransportException($"A handler of the HttpClient did not send the request to {place}: {exception.Message}", TransportFailure.Refused, exception)
            : new TransportException($"The request to {place} failed in the HttpClient: {exception.Message}", TransportFailure.Broken, exception);
    }

    private static bool IsUnconnected(Exception exception) =>
        (exception as HttpRequestException)?.HttpRequestError is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError
            or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError;

    private static TransportException Repeated(RepeatedContentException refusal, Attempt attempt)
    {
        var place = attempt.Place;
        if (refusal.IsMoved)
        {
            return new TransportException(
                $"The request to {place} was sent, and was to be sent once more to {attempt.Message.RequestUri?.GetLeftPart(UriPartial.Authority)}, as when a redirect is followed. "
                + "That was refused; what became of the first sending is not known.",
                TransportFailure.Redirected,
                refusal);
        }
        var reason = refusal.Problem is { } problem
            ? $"which is not possible: {problem}"
            : "which was refused, because it could be billed twice";
        return new TransportException(
            $"The request to {place} was sent, and was to be sent once more by a handler of the HttpClient (such as one that retries, hedges or follows redirects), {reason}. "
            + "What became of the first sending is not known. Give the client an HttpClient without such handlers; "
            + "of AddStandardResilienceHandler, options.Retry.DisableForUnsafeHttpMethods() is enough.",
            TransportFailure.Repeated,
            refusal);
    }
}
