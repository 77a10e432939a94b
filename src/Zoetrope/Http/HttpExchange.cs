using System.Net;
using System.Runtime.CompilerServices;
using Zoetrope.Errors;
using Zoetrope.Jobs;
using Zoetrope.Telemetry;
using Zoetrope.Time;

namespace Zoetrope.Http;

/// <summary>
/// One exchange with a provider: the key is sent only to trusted addresses, redirects are failures, responses are bounded, and failures are classified.
/// </summary>
internal sealed partial class HttpExchange : IDisposable
{
    private const int LongestErrorBody = 1024 * 1024;
    private static readonly TimeSpan FirstRetryDelay = TimeSpan.FromMilliseconds(500);

    private readonly string _provider;
    private readonly bool _ownsHttp;

    private readonly HttpClient? _users;

    // Null where the user's own client is used.
    private readonly HttpMessageInvoker? _http;
    private readonly HttpMessageInvoker? _httpForOnce;
    private readonly HttpMessageInvoker? _httpForLong;

    // Ends the requests, also those over connections that are not this client's own, which go on.
    private readonly CancellationTokenSource _disposal = new();
    private readonly ClientOptions _options;
    private readonly IServiceErrorReader _errors;
    private readonly TrustedHosts _hosts;
    private readonly AuthHeader _auth;
    private readonly KeyRedactor _redactor;

    /// <summary>Initializes a new instance of the <see cref="HttpExchange"/> class.</summary>
    /// <param name="provider">The provider's name, for messages.</param>
    /// <param name="options">The client's options. The origin of the base URL is trusted.</param>
    /// <param name="errors">Reads the provider's error bodies.</param>
    /// <param name="hosts">The hosts that the key may be sent to.</param>
    /// <param name="auth">The header with the key; without a value where the key is sent elsewhere.</param>
    /// <param name="redactor">Removes the key from what the service echoes.</param>
    /// <param name="once">The use of the client's own connections for requests that must not be sent twice.</param>
    /// <exception cref="ArgumentException">The key contains characters that are not valid in a header.</exception>
    public HttpExchange(
        string provider, ClientOptions options, IServiceErrorReader errors, TrustedHosts hosts, AuthHeader auth, KeyRedactor redactor, ConnectionUse once)
    {
        if (!string.IsNullOrEmpty(auth.Value) && !HeaderRules.IsValidValue(auth.Value))
            throw new ArgumentException($"The {provider} key contains characters that are not valid in a header, such as a line break.", nameof(auth));
        _provider = provider;
        _options = options;
        _errors = errors;
        _hosts = hosts.WithOrigin(options.BaseUrl);
        _auth = auth;
        _redactor = redactor;
        _ownsHttp = options.HttpClient is null && options.HttpClientSource is null;
        _users = options.HttpClient;
        if (!_ownsHttp)
            return;
        _http = HttpClients.Create();
        _httpForOnce = HttpClients.Create(once);
        _httpForLong = HttpClients.Create(once);
    }

    /// <summary>Removes the key from messages.</summary>
    public KeyRedactor Redactor => _redactor;

    /// <summary>Canceled when the client is disposed, for what outlives its request: bodies that are read while they arrive, and sockets.</summary>
    public CancellationToken Disposal => _disposal.Token;

    /// <summary>Whether an address may be requested with the key.</summary>
    public bool IsTrusted(Uri address) => _hosts.Contains(address);

    /// <summary>Sends a request once and reads the complete response.</summary>
    /// <param name="request">The request.</param>
    /// <param name="timeout">The deadline of the whole exchange.</param>
    /// <param name="submitted">The id of the model if the request is billed; null otherwise.</param>
    /// <param name="ct">A token to cancel the operation.</param>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<TransportResponse> ExchangeAsync(TransportRequest request, TimeSpan timeout, string? submitted, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        using var attempt = Begin(request, timeout, submitted, ct);
        using var message = await SendForHeadersAsync(attempt, isLong: false).ConfigureAwait(false);
        var response = attempt.Response!;
        // The request was accepted, and the rest of the response may never end.
        if (request.IgnoresBody)
            return response;
        var limit = Math.Min(_options.MaxResponseBytes, ReceivedBody.Largest);
        var failure = await ReceivedBody.ReadAsync(message.Content, response, limit, rents: request.IsOperation, _ownsHttp || attempt.IsDirect, attempt.Token)
            .ConfigureAwait(false);
        if (!request.IsOperation)
            response.Body = response.WithoutKey(response.Body);
        if (response.IsTooLarge)
            throw attempt.Fail($"{_provider}'s response at {attempt.SafeUrl} is larger than {limit} bytes.", TransportFailure.TooLarge, failure);
        if (failure is not null)
            throw ExchangeFailures.Explain(failure, attempt, _provider);
        // Connections, also those below a host's direct handlers, hold a token no longer than that, and other handlers have had one of HttpClient's own. A file
        // that is still being sent would restart the deadline.
        attempt.IsFinished = request.Body is null && !attempt.IsTokenShared;
        return response;
    }

    /// <summary>Sends a request once; the body of the response is not read. The deadline applies to the headers.</summary>
    /// <returns>The head of the response, which describes failures of the body; its <see cref="TransportResponse.Message"/> must be disposed.</returns>
    /// <param name="request">The request.</param>
    /// <param name="timeout">The deadline of the headers.</param>
    /// <param name="submitted">The id of the model if the request is billed; null otherwise.</param>
    /// <param name="ct">A token to cancel the operation.</param>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<TransportResponse> OpenAsync(TransportRequest request, TimeSpan timeout, string? submitted, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        using var attempt = Begin(request, timeout, submitted, ct);
        var message = await SendForHeadersAsync(attempt, isLong: true).ConfigureAwait(false);
        var response = attempt.Response!;
        response.Message = message;
        return response;
    }

    /// <summary>
    /// Whether a failed request was definitely rejected, so that it can be sent again: no connection was made, or the response was 429. False if the service
    /// asks for a longer delay than the client waits.
    /// </summary>
    public static bool MayBeSentAgain(TransportRequest request, ZoetropeException reason) =>
        request.Body is not { CanBeSent: false }
        && reason switch
        {
            _ when request.IdempotencyKey is not null && ExchangeFailures.MayPass(reason) => true,
            TransportException transport => transport.Failure == TransportFailure.NotConnected,
            ServiceException service => service.StatusCode == HttpStatusCode.TooManyRequests && !RetryAfterHeader.IsTooLong(service.RetryAfter),
            _ => false,
        };

    /// <summary>The delay before a request is sent again: the one that the service asks for, otherwise one that grows with each attempt.</summary>
    /// <param name="attempt">The number of attempts so far.</param>
    /// <param name="reason">The reason why the last attempt failed.</param>
    public TimeSpan RetryDelay(int attempt, ZoetropeException reason)
    {
        if (reason is ServiceException { RetryAfter: { } asked })
            return asked;
        var delay = FirstRetryDelay * Math.Min(1 << Math.Min(attempt - 1, 10), 16);
        return delay * (0.75 + ((_options.Jitter ?? Random.Shared).NextDouble() * 0.5));
    }

    /// <summary>Waits for a delay.</summary>
    public Task PauseAsync(TimeSpan delay, CancellationToken ct) => Task.Delay(delay, _options.TimeProvider, ct);

    public void Dispose()
    {
        _disposal.Cancel();
        _http?.Dispose();
        _httpForOnce?.Dispose();
        _httpForLong?.Dispose();
    }

    // Long requests have connections of their own, so that other requests do not wait for their end.
    private HttpMessageInvoker ClientOf(Attempt attempt, bool isLong)
    {
        if (!_ownsHttp)
            return _options.Prepare!(_options, Users(), attempt, isLong, _provider);
        if (isLong || attempt.Request.IsLong)
            return _httpForLong!;
        return attempt.Request.Http ?? (RequestMessages.IsSentOnce(attempt.Request, attempt.Submitted) ? _httpForOnce! : _http!);
    }

    private HttpClient Users() => _options.HttpClientSource is { } source ? source() : _users!;

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<HttpResponseMessage> SendForHeadersAsync(Attempt attempt, bool isLong)
    {
        HttpResponseMessage response;
        Exception? first = null;
        while (true)
        {
            try
            {
                // Kept to the end: a host disposes of handlers that were renewed when nothing refers to them any more.
                var http = attempt.Http = ClientOf(attempt, isLong);
                await ApplyKeyAsync(attempt).ConfigureAwait(false);
                response = await _options.SendAsync(http, attempt.Message, attempt.Token).ConfigureAwait(false);
                break;
            }
            catch (Exception exception) when (ExchangeFailures.IsFailure(exception, attempt.Request))
            {
                var failure = ExchangeFailures.Explain(exception, attempt, _provider);
                if (first is not null)
                    throw AtBackup(first, failure);
                if (!ExchangeFailures.IsUnreached(exception, attempt) || !TakesBackup(attempt, failure))
                    throw failure;
                first = failure;
            }
        }
        try
        {
            attempt.Response = ResponseHead.Of(response, _provider, _redactor);
            attempt.Request.Received?.Invoke(response);
            // What another host says is not of this endpoint.
            if (_options.Deprecations is { } look && !WasFollowed(response, attempt))
                look(_provider, attempt);
            if (!IsUsable(response, attempt, out var isRedirect))
                throw await FailureAsync(response, attempt, isRedirect).ConfigureAwait(false);
            return response;
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask ApplyKeyAsync(Attempt attempt)
    {
        if (_options.Tokens is not { } tokens || !RequestMessages.SendsKey(attempt.Request, _auth))
            return;
        attempt.IsUnsent = true;
        await tokens.ApplyAsync(attempt, _auth, _redactor).ConfigureAwait(false);
        // The provider may have ignored the token, as handlers of the user's may.
        attempt.Token.ThrowIfCancellationRequested();
        attempt.IsUnsent = false;
    }

    private bool IsUsable(HttpResponseMessage response, Attempt attempt, out bool isRedirect)
    {
        var request = attempt.Request;
        var status = (int)response.StatusCode;
        if (status == 304 && request.TakesNotModified)
            throw new NotModifiedException(_provider);
        isRedirect = WasFollowed(response, attempt) || (!request.TakesRedirects && IsRedirect(response));
        return !isRedirect && (status is >= 200 and < 300 || (status is >= 300 and < 400 && request.TakesRedirects));
    }

    private Attempt Begin(TransportRequest request, TimeSpan timeout, string? submitted, CancellationToken ct)
    {
        if (!request.IsStorage && !IsTrusted(request.Uri))
        {
            throw new TransportException(
                $"The address {request.Uri.GetLeftPart(UriPartial.Path)} is not trusted with the {_provider} key; nothing was sent.",
                TransportFailure.Refused);
        }
        if (_disposal.IsCancellationRequested)
            throw ExchangeFailures.Disposed(request, _provider);
        var message = RequestMessages.Make(request, request.Uri, _auth, RequestMessages.IsSentOnce(request, submitted));
        try
        {
            if (!_ownsHttp)
                ClientChecks.Check(request.Http ?? Users(), request, message, RequestMessages.SendsKey(request, _auth) ? _auth : default);
            return Attempt.Begin(request, message, timeout, submitted, _options.TimeProvider, _redactor, ct, _disposal.Token);
        }
        catch
        {
            message.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Directs an attempt of which nothing was sent to the backup of its host; false where there is none, or the caller wants no further attempt.
    /// </summary>
    private bool TakesBackup(Attempt attempt, Exception failure)
    {
        var (request, submitted) = (attempt.Request, attempt.Submitted);
        if (request is not { Body: null, Submit: null or { Stopping.IsCancellationRequested: false } } || _hosts.BackupOf(attempt.Address) is not { } backup)
            return false;
        attempt.Message = RequestMessages.Make(request, backup, _auth, RequestMessages.IsSentOnce(request, submitted));
        if (submitted is not null)
        {
            Instrumentation.SubmitRetried(_provider, submitted, failure);
            var retry = new SubmitRetry(_provider, submitted, (ZoetropeException)failure, request.Attempt, TimeSpan.Zero) { BackupHost = backup.Host };
            _options.JobObserver?.Retrying(retry);
            request.Submit?.OnRetry?.Invoke(retry);
        }
        // The callback may have asked to stop.
        return request.Submit is not { Stopping.IsCancellationRequested: true };
    }
}
