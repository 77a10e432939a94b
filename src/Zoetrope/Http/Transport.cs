using System.Net;
using Zoetrope.Errors;
using Zoetrope.Jobs;
using Zoetrope.Telemetry;

namespace Zoetrope.Http;

/// <summary>
/// Carries requests to a provider. The key goes only where it is trusted, redirects are failures, answers are bounded, each exchange has its own
/// deadline, and a submit is sent again only when the one before surely was not accepted.
/// </summary>
public sealed class Transport : IDisposable
{
    private readonly HttpExchange _wire;
    private readonly MediaClientOptions _options;
    private readonly KeyRedactor _redactor;

    /// <summary>Makes a transport.</summary>
    /// <param name="provider">The provider's name, for messages.</param>
    /// <param name="options">The client's options. <see cref="ClientOptions.BaseUrl"/>'s origin is trusted.</param>
    /// <param name="errors">Reads the provider's error bodies.</param>
    /// <param name="hosts">Where the key may be sent.</param>
    /// <param name="auth">The header with the key.</param>
    /// <exception cref="ArgumentException">The key holds characters that cannot be in a header.</exception>
    public Transport(string provider, MediaClientOptions options, IServiceErrorReader errors, TrustedHosts hosts, AuthHeader auth)
    {
        ArgumentException.ThrowIfNullOrEmpty(provider);
        ArgumentNullException.ThrowIfNull(options);
        Provider = provider;
        _options = options;
        _redactor = new KeyRedactor(auth.Value);
        _wire = new HttpExchange(provider, options, errors, hosts, auth, _redactor, ConnectionUse.Once);
    }

    /// <summary>The provider's name.</summary>
    public string Provider { get; }

    /// <summary>Whether an address, such as one that a server returned, may be requested with the key.</summary>
    public bool IsTrusted(Uri address) => _wire.IsTrusted(address);

    /// <summary>Sends a request once.</summary>
    /// <returns>Any answer with a 2xx status.</returns>
    /// <exception cref="ServiceException">The provider answered with an error.</exception>
    /// <exception cref="TransportException">There was no usable answer, or the request was refused before it was sent.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public Task<TransportResponse> SendAsync(TransportRequest request, CancellationToken cancellationToken) =>
        _wire.ExchangeAsync(request, request.Timeout ?? _options.PollTimeout, null, cancellationToken);

    /// <summary>
    /// Sends a request that costs money. It is sent again, at most <see cref="MediaClientOptions.SubmitAttempts"/> times in all, only when the one before
    /// surely was not accepted: no connection was made, or the response was 429.
    /// </summary>
    /// <returns>Any answer with a 2xx status.</returns>
    /// <exception cref="SubmitException">It failed; the exception says whether it may have been accepted all the same.</exception>
    /// <exception cref="SubmitCanceledException">The caller cancelled while it was on its way: it may have been accepted.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled or stopped before anything was accepted.</exception>
    public async Task<TransportResponse> SubmitAsync(TransportRequest request, string endpointId, CancellationToken cancellationToken)
    {
        var timeout = request.Timeout ?? _options.SubmitTimeout;
        var stopping = request.Submit?.Stopping ?? default;
        for (var attempt = 1; ; attempt++)
        {
            ZoetropeException reason;
            stopping.ThrowIfCancellationRequested();
            try
            {
                var response = await _wire.ExchangeAsync(request, timeout, endpointId, cancellationToken).ConfigureAwait(false);
                response.Attempts = attempt;
                return response;
            }
            catch (ZoetropeException exception)
            {
                if (attempt >= _options.SubmitAttempts || !HttpExchange.MayBeSentAgain(request, exception))
                    throw new SubmitException(Provider, endpointId, WasNotAccepted(exception), attempt, exception);
                Instrumentation.SubmitRetried(Provider, endpointId);
                reason = exception;
            }
            var pause = _wire.RetryDelay(attempt, reason);
            request.Submit?.OnRetry?.Invoke(new SubmitRetry(Provider, endpointId, reason, attempt, pause));
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, stopping);
            try
            {
                await _wire.PauseAsync(pause, either.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                cancellationToken.ThrowIfCancellationRequested();
                throw new OperationCanceledException(stopping);
            }
        }
    }

    /// <summary>Sends a submit as <see cref="SubmitAsync(TransportRequest, string, CancellationToken)"/> does, and reads the response.</summary>
    /// <param name="request">The request.</param>
    /// <param name="endpointId">The id of the model.</param>
    /// <param name="read">Reads the job out of the response; what it throws becomes a <see cref="SubmitException"/> that says that the job may exist.</param>
    /// <param name="cancellationToken">Cancels the submit.</param>
    /// <param name="find">
    /// Finds the job in what came of a response that is not usable, such as the beginning of a receipt; null where it names none. The exception has the job
    /// then.
    /// </param>
    /// <inheritdoc cref="SubmitAsync(TransportRequest, string, CancellationToken)" path="/exception"/>
    public async Task<SubmitReceipt> SubmitAsync(
        TransportRequest request,
        string endpointId,
        Func<TransportResponse, SubmitReceipt> read,
        CancellationToken cancellationToken,
        Func<ReadOnlyMemory<byte>, JobHandle?>? find = null)
    {
        TransportResponse response;
        try
        {
            response = await SubmitAsync(request, endpointId, cancellationToken).ConfigureAwait(false);
        }
        catch (SubmitException exception)
            when (exception.InnerException is TransportException { StatusCode: not null } reason && find?.Invoke(reason.Body) is { } handle)
        {
            throw new SubmitException(Provider, endpointId, surelyNotAccepted: false, exception.Attempts, reason, handle);
        }
        try
        {
            return read(response);
        }
        catch (Exception exception)
        {
            var reason = exception as ZoetropeException ?? response.Malformed($"The response cannot be read: {exception.Message}");
            if (reason is TransportException transport)
                response.AttachTo(transport);
            throw new SubmitException(Provider, endpointId, surelyNotAccepted: false, response.Attempts, reason, find?.Invoke(response.Body));
        }
    }

    /// <summary>Takes the key out of an error that was read from a response.</summary>
    public ServiceError Redact(ServiceError error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return _redactor.Redact(error);
    }

    /// <inheritdoc/>
    public void Dispose() => _wire.Dispose();

    private static bool WasNotAccepted(ZoetropeException reason) => reason switch
    {
        TransportException transport => transport.Failure is TransportFailure.NotConnected or TransportFailure.Refused,
        ServiceException service => ExchangeFailures.IsRefusal(service.StatusCode),
        _ => false,
    };
}
