using Zoetrope.Errors;
using Zoetrope.Time;

namespace Zoetrope.Http;

/// <content>Responses that are errors, or redirects.</content>
internal sealed partial class HttpExchange
{
    private async Task<ZoetropeException> FailureAsync(HttpResponseMessage response, Attempt attempt, bool isRedirect)
    {
        var request = attempt.Request;
        var status = (int)response.StatusCode;
        attempt.Response!.Address = attempt.Address;
        // The rest of the body may be missing; what was received is kept.
        Exception? failure;
        using (var patience = attempt.BeginError())
        {
            var limit = Math.Min(LongestErrorBody, _options.MaxResponseBytes);
            failure = await ReceivedBody.ReadAsync(response.Content, attempt.Response!, limit, rents: false, _ownsHttp, patience.Token).ConfigureAwait(false);
        }
        if (failure is OperationCanceledException && attempt.Caller.IsCancellationRequested)
        {
            // An error is not a receipt, whatever is in the part of it.
            attempt.Response!.Receive(default, isPart: false, isTooLarge: false);
            throw ExchangeFailures.Explain(failure, attempt, _provider);
        }
        attempt.Response!.Body = attempt.Response.WithoutKey(attempt.Response.Body);
        if (isRedirect)
        {
            // The target often contains a key that was in the query.
            var location = Uri.TryCreate(attempt.Address, _redactor.Redact(response.Headers.Location?.OriginalString), out var leads) ? leads : null;
            return attempt.Fail(
                $"{NameOf(request)} responded with {status} at {attempt.SafeUrl}, a redirect, which is not followed: it would receive the "
                + (request.IsStorage ? "file." : "key."),
                TransportFailure.Redirected,
                location: location);
        }
        if (status < 400)
            return attempt.Fail(
                $"{NameOf(request)} responded with {status} at {attempt.SafeUrl}, which is neither a result nor an error.",
                TransportFailure.Malformed);
        var error = _redactor.Redact(ReadError(attempt.Response)).Of(attempt.Response, attempt.Response.RequestId);
        var wait = RetryAfterHeader.Of(response, _options.TimeProvider.GetUtcNow());
        var name = NameOf(request);
        return request.Errors?.MakeError(name, response.StatusCode, error, wait) ?? new ServiceException(name, response.StatusCode, error, wait);
    }

    /// <summary>The failure at a backup, whose outcome counts; the reason is that of the usual host, without which there had been no request for it.</summary>
    private static Exception AtBackup(Exception first, Exception failure) => failure is TransportException transport
        ? new TransportException($"{first.Message} Its backup failed, too: {failure.Message}", transport.Failure, first)
        : failure;

    /// <summary>Who responds: the provider, or the storage that it named.</summary>
    private string NameOf(TransportRequest request) => request.IsStorage ? request.Uri.IdnHost : _provider;

    private static bool IsRedirect(HttpResponseMessage response) =>
        (int)response.StatusCode is 301 or 302 or 303 or 307 or 308 || ((int)response.StatusCode is >= 300 and < 400 && response.Headers.Location is not null);

    private ServiceError ReadError(TransportResponse response)
    {
        try
        {
            return _errors.Read(response);
        }
        catch (Exception exception)
        {
            // The status and the kind of the refusal must not be lost because its body cannot be read.
            return new ServiceError { Message = $"{response.Excerpt()} (which could not be read: {exception.Message})", RequestId = response.RequestId };
        }
    }

    /// <summary>
    /// Whether a redirect was followed. A changed address alone does not prove it: the user's handlers may change addresses. .NET removes the key's header when
    /// it follows a redirect, a request with a body is sent to its last address, and a client that does not follow redirects has not followed one.
    /// </summary>
    private bool WasFollowed(HttpResponseMessage response, Attempt attempt)
    {
        if (_ownsHttp || response.RequestMessage is not { RequestUri: { } last } sent)
            return false;
        // A request with a body becomes a GET when .NET follows 301, 302 or 303, which may lead to the same address.
        var isTurned = sent.Method != attempt.Request.Method;
        if (last == attempt.Address && !isTurned)
            return false;
        if (RequestMessages.SendsKey(attempt.Request, _auth) && _auth.IsAuthorization)
            return !sent.Headers.Contains(_auth.Name);
        if (isTurned)
            return HandlerChain.FollowsRedirects(Users()) != false;
        return attempt.Content?.Address is { } address ? last != address : HandlerChain.FollowsRedirects(Users()) == true;
    }
}
