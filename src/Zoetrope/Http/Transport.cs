using Zoetrope.Errors;
using Zoetrope.Jobs;
using Zoetrope.Telemetry;

namespace Zoetrope.Http;

/// <summary>
/// Sends requests to a provider. The key is sent only to trusted addresses, redirects are failures, responses are bounded, each exchange has its own
/// deadline, and a submit is sent again only when the previous attempt was definitely rejected.
/// </summary>
public sealed class Transport : IDisposable
{
    private readonly HttpExchange _wire;
    private readonly MediaClientOptions _options;
    private readonly AuthHeader _auth;
    private readonly KeyRedactor _redactor;
    private StorageConnections? _storage;

    /// <summary>Initializes a new instance of the <see cref="Transport"/> class.</summary>
    /// <param name="provider">The provider's name, for messages.</param>
    /// <param name="options">The client's options. The origin of <see cref="ClientOptions.BaseUrl"/> is trusted.</param>
    /// <param name="errors">Reads the provider's error bodies.</param>
    /// <param name="hosts">The hosts that the key may be sent to.</param>
    /// <param name="auth">The header with the key.</param>
    /// <exception cref="ArgumentException">The key contains characters that are not valid in a header.</exception>
    public Transport(string provider, MediaClientOptions options, IServiceErrorReader errors, TrustedHosts hosts, AuthHeader auth)
    {
        ArgumentException.ThrowIfNullOrEmpty(provider);
        ArgumentNullException.ThrowIfNull(options);
        Provider = provider;
        _options = options;
        options.AccountKey = auth.Value;
        _auth = auth;
        _redactor = new KeyRedactor(auth.Value);
        _wire = new HttpExchange(provider, options, errors, hosts, auth, _redactor, ConnectionUse.Once);
    }

    /// <summary>The provider's name.</summary>
    public string Provider { get; }

    /// <summary>The clock of the client's options.</summary>
    internal TimeProvider Time => _options.TimeProvider;

    /// <summary>The options of the client.</summary>
    internal MediaClientOptions Options => _options;

    /// <summary>The connections to addresses that the provider returns for files; made when they are first used.</summary>
    internal StorageConnections Storage
    {
        get
        {
            if (_storage is { } existing)
                return existing;
            var created = new StorageConnections(_options);
            if (Interlocked.CompareExchange(ref _storage, created, null) is not { } other)
                return created;
            created.Dispose();
            return other;
        }
    }

    /// <summary>Whether an address, such as one that a server returned, may be requested with the key.</summary>
    public bool IsTrusted(Uri address) => _wire.IsTrusted(address);

    /// <summary>The key for a request to an address; without a value where it may not get the key.</summary>
    internal AuthHeader KeyFor(Uri address) => IsTrusted(address) ? _auth : default;

    /// <summary>Sends a request once.</summary>
    /// <returns>Any response with a 2xx status.</returns>
    /// <exception cref="ServiceException">The provider responded with an error.</exception>
    /// <exception cref="TransportException">There was no usable response, or the request was refused before it was sent.</exception>
    /// <exception cref="OperationCanceledException">The caller canceled.</exception>
    public Task<TransportResponse> SendAsync(TransportRequest request, CancellationToken cancellationToken) =>
        _wire.ExchangeAsync(request, request.Timeout ?? _options.PollTimeout, null, cancellationToken).AsTask();

    /// <summary>
    /// Sends a billed request. It is sent again, at most <see cref="MediaClientOptions.SubmitAttempts"/> times in total, only when the previous attempt was
    /// definitely rejected: no connection was made, or the response was 429 and names no job.
    /// </summary>
    /// <returns>Any response with a 2xx status.</returns>
    /// <exception cref="SubmitException">The submit failed; the exception says whether it may have been accepted nevertheless.</exception>
    /// <exception cref="SubmitCanceledException">The caller canceled while the submit was in flight: it may have been accepted.</exception>
    /// <exception cref="OperationCanceledException">The caller canceled or stopped before anything was accepted.</exception>
    public Task<TransportResponse> SubmitAsync(TransportRequest request, string endpointId, CancellationToken cancellationToken) =>
        SubmitAsync(request, endpointId, open: null, cancellationToken);

    /// <summary>
    /// Sends a request and returns as soon as the headers of its response are received; the body is read while it arrives. The deadline applies to the headers.
    /// </summary>
    /// <param name="request">The request.</param>
    /// <param name="endpointId">The id of the model if the request is billed: it is then sent like a submit. Null otherwise: it is sent once.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <returns>Any response with a 2xx status.</returns>
    /// <exception cref="ServiceException">The request is not billed, and the provider responded with an error.</exception>
    /// <exception cref="TransportException">The request is not billed, and there was no usable response.</exception>
    /// <inheritdoc cref="SubmitAsync(TransportRequest, string, CancellationToken)" path="/exception"/>
    public async Task<OpenResponse> OpenAsync(TransportRequest request, string? endpointId, CancellationToken cancellationToken)
    {
        var head = endpointId is null
            ? await _wire.OpenAsync(request, request.Timeout ?? _options.PollTimeout, null, cancellationToken).ConfigureAwait(false)
            : await SubmitAsync(
                request, endpointId, static (wire, request, timeout, id, ct) => wire.OpenAsync(request, timeout, id, ct), cancellationToken)
                .ConfigureAwait(false);
        var subject = $"{Provider}'s response at {request.Uri.GetLeftPart(UriPartial.Path)}";
        return await OpenResponse.OfAsync(head, subject, _options, _wire.Disposal, cancellationToken).ConfigureAwait(false);
    }

    // A program that opens no streams contains nothing of them, because only a delegate leads there.
    private async Task<TransportResponse> SubmitAsync(TransportRequest request, string endpointId, Exchange? open, CancellationToken cancellationToken)
    {
        var timeout = request.Timeout ?? _options.SubmitTimeout;
        var stopping = request.Submit?.Stopping ?? default;
        // A key that the user gave was sent before, perhaps, with another outcome.
        var mayExist = request.IdempotencyKey is not null && request.Submit?.IdempotencyKey is not null;
        for (var attempt = 1; ; attempt++)
        {
            ZoetropeException reason;
            if (stopping.IsCancellationRequested)
                throw Canceled(stopping);
            request.Attempt = attempt;
            try
            {
                var exchange = open is null
                    ? _wire.ExchangeAsync(request, timeout, endpointId, cancellationToken)
                    : open(_wire, request, timeout, endpointId, cancellationToken);
                var response = await exchange.ConfigureAwait(false);
                response.Attempts = attempt;
                response.MayRepeatJob = mayExist;
                return response;
            }
            catch (ZoetropeException exception)
            {
                var job = request.FindInError is { } find && exception is ServiceException { Response: TransportResponse error } ? find(error.Utf8) : null;
                if (job is not null || attempt >= _options.SubmitAttempts || !HttpExchange.MayBeSentAgain(request, exception))
                {
                    // An earlier attempt may have been accepted even if the last one was refused.
                    var wasNotAccepted = job is null && WasNotAccepted(exception) && !mayExist;
                    throw new SubmitException(Provider, endpointId, wasNotAccepted, attempt, exception, job, request.IdempotencyKey);
                }
                mayExist |= !WasNotAccepted(exception);
                Instrumentation.SubmitRetried(Provider, endpointId, exception);
                reason = exception;
            }
            catch (OperationCanceledException exception) when (mayExist && exception is not SubmitCanceledException)
            {
                // This attempt was not sent, but an earlier one may have been accepted.
                throw Canceled(cancellationToken);
            }
            catch (Exception exception) when (mayExist && exception is not OperationCanceledException)
            {
                // The callback was called because of a backup.
                throw Ended(exception);
            }
            var pause = _wire.RetryDelay(attempt, reason);
            try
            {
                var retry = new SubmitRetry(Provider, endpointId, reason, attempt, pause);
                _options.Observer?.Retrying(retry);
                request.Submit?.OnRetry?.Invoke(retry);
            }
            catch (Exception exception) when (mayExist)
            {
                throw Ended(exception);
            }
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, stopping);
            try
            {
                await _wire.PauseAsync(pause, either.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                throw Canceled(cancellationToken.IsCancellationRequested ? cancellationToken : stopping);
            }
        }

        // Without an exception of its own the caller would take it that there is no job.
        SubmitException Ended(Exception exception)
        {
            var stopped = new TransportException(
                $"{nameof(SubmitOptions.OnRetry)} ended the submit: {exception.Message}", TransportFailure.Refused, exception);
            return new SubmitException(Provider, endpointId, wasNotAccepted: false, request.Attempt, stopped, idempotencyKey: request.IdempotencyKey);
        }

        OperationCanceledException Canceled(CancellationToken token) => mayExist
            ? new SubmitCanceledException(Provider, endpointId, token, idempotencyKey: request.IdempotencyKey)
            : new OperationCanceledException(token);
    }

    /// <summary>Sends a submit like <see cref="SubmitAsync(TransportRequest, string, CancellationToken)"/>, and reads the response.</summary>
    /// <param name="request">The request.</param>
    /// <param name="endpointId">The id of the model.</param>
    /// <param name="read">Reads the job from the response; an exception becomes a <see cref="SubmitException"/> that says that the job may exist.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <param name="find">
    /// Finds the job in what was received of an unusable response, such as the beginning of a receipt; null where it does not name one. The exception then
    /// carries the job.
    /// </param>
    /// <inheritdoc cref="SubmitAsync(TransportRequest, string, CancellationToken)" path="/exception"/>
    public Task<SubmitReceipt> SubmitAsync(
        TransportRequest request,
        string endpointId,
        Func<TransportResponse, SubmitReceipt> read,
        CancellationToken cancellationToken,
        Func<ReadOnlyMemory<byte>, JobHandle?>? find = null) =>
        SubmitAsync(request, endpointId, read, find is null ? null : (_, part) => find(part), cancellationToken);

    /// <summary>The same, for protocols whose receipts are in headers too: <paramref name="find"/> is given the response, where there was one.</summary>
    internal async Task<SubmitReceipt> SubmitAsync(
        TransportRequest request, string endpointId, Func<TransportResponse, SubmitReceipt> read,
        Func<TransportResponse?, ReadOnlyMemory<byte>, JobHandle?>? find, CancellationToken cancellationToken)
    {
        TransportResponse response;
        try
        {
            response = await SubmitAsync(request, endpointId, cancellationToken).ConfigureAwait(false);
        }
        catch (SubmitException exception)
            when (exception.InnerException is TransportException { StatusCode: not null } reason
                && find?.Invoke(reason.Response as TransportResponse, reason.Body) is { } handle)
        {
            throw new SubmitException(Provider, endpointId, wasNotAccepted: false, exception.Attempts, reason, handle, request.IdempotencyKey);
        }
        catch (SubmitCanceledException exception)
            when (exception.Response is TransportResponse received && find?.Invoke(received, exception.Received) is { } handle)
        {
            throw new SubmitCanceledException(
                Provider, endpointId, exception.CancellationToken, handle, exception.RequestId, request.IdempotencyKey);
        }
        try
        {
            return read(response);
        }
        catch (SubmitException)
        {
            // The response itself says what became of the submit.
            throw;
        }
        catch (Exception exception)
        {
            var reason = exception as ZoetropeException ?? response.Malformed($"The response cannot be read: {exception.Message}");
            if (reason is TransportException transport)
                response.AttachTo(transport);
            throw new SubmitException(
                Provider, endpointId, wasNotAccepted: false, response.Attempts, reason, find?.Invoke(response, response.Body), request.IdempotencyKey);
        }
    }

    /// <summary>
    /// Opens a WebSocket. Its handshake is a request like others: it is refused where the address is not trusted, redirects are not followed, the user's own
    /// <see cref="ClientOptions.HttpClient"/> is used (unless that follows redirects), and a response that refuses the socket is read.
    /// </summary>
    /// <param name="address">The address, with the scheme https, or http on this machine.</param>
    /// <param name="sendKey">Whether the handshake has the header with the key; false where the address has a token.</param>
    /// <param name="timeout">The longest time that opening may take.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <exception cref="ServiceException">The provider refused the socket.</exception>
    /// <exception cref="TransportException">There was no usable response, or the request was refused before it was sent.</exception>
    public async Task<OpenWebSocket> ConnectWebSocketAsync(Uri address, bool sendKey, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var request = new TransportRequest { Method = HttpMethod.Get, Uri = address, Anonymous = !sendKey };
        var (socket, head) = await _wire.ConnectAsync(request, timeout, cancellationToken).ConfigureAwait(false);
        return new OpenWebSocket(socket, head, _wire.Disposal);
    }

    /// <summary>Removes the key from an error that was read from a response.</summary>
    public ServiceError Redact(ServiceError error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return _redactor.Redact(error);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _wire.Dispose();
        _storage?.Dispose();
    }

    /// <summary>Waits before a request is sent again.</summary>
    /// <param name="attempt">The number of attempts so far.</param>
    /// <param name="reason">The reason why the last attempt failed.</param>
    /// <param name="ct">A token to cancel the wait.</param>
    internal Task PauseAsync(int attempt, ZoetropeException reason, CancellationToken ct) => _wire.PauseAsync(_wire.RetryDelay(attempt, reason), ct);

    private static bool WasNotAccepted(ZoetropeException reason) => reason switch
    {
        TransportException transport => transport.Failure is TransportFailure.NotConnected or TransportFailure.Refused,
        ServiceException service => ExchangeFailures.IsRefusal(service.StatusCode),
        _ => false,
    };
}
