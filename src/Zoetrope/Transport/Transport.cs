using System.Net;
using Zoetrope.Json;

namespace Zoetrope.Protocol;

/// <summary>
/// Carries requests to a provider. The key goes only where it is trusted, redirects are failures, answers are bounded, each exchange has its own
/// deadline, and a submit is sent again only when the one before surely was not accepted.
/// </summary>
public sealed class Transport : IDisposable
{
    private const int LongestErrorBody = 1024 * 1024;
    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan FirstRetryDelay = TimeSpan.FromMilliseconds(500);

    private readonly HttpClient _http;
    private readonly bool _ownsHttp;
    private readonly MediaClientOptions _options;
    private readonly IServiceErrorReader _errors;
    private readonly TrustedHosts _hosts;
    private readonly AuthHeader _auth;
    private readonly KeyRedactor _redactor;

    /// <summary>Makes a transport.</summary>
    /// <param name="provider">The provider's name, for messages.</param>
    /// <param name="options">The client's options. <see cref="MediaClientOptions.BaseUrl"/>'s origin is trusted.</param>
    /// <param name="errors">Reads the provider's error bodies.</param>
    /// <param name="hosts">Where the key may be sent.</param>
    /// <param name="auth">The header with the key.</param>
    /// <exception cref="ArgumentException">The key holds characters that cannot be in a header.</exception>
    public Transport(string provider, MediaClientOptions options, IServiceErrorReader errors, TrustedHosts hosts, AuthHeader auth)
    {
        ArgumentException.ThrowIfNullOrEmpty(provider);
        ArgumentNullException.ThrowIfNull(options);
        if (!string.IsNullOrEmpty(auth.Value) && !HeaderRules.IsValidValue(auth.Value))
            throw new ArgumentException($"The {provider} key holds characters that cannot be in a header, such as a line break.", nameof(auth));
        Provider = provider;
        _options = options;
        _errors = errors;
        _hosts = hosts.WithOrigin(options.BaseUrl);
        _auth = auth;
        _redactor = new KeyRedactor(auth.Value);
        _ownsHttp = options.HttpClient is null;
        _http = options.HttpClient ?? HttpClients.Create();
    }

    /// <summary>The provider's name.</summary>
    public string Provider { get; }

    /// <summary>Whether an address, such as one that a server returned, may be requested with the key.</summary>
    public bool IsTrusted(Uri address) => _hosts.Contains(address);

    /// <summary>Sends a request once.</summary>
    /// <returns>Any answer with a 2xx status.</returns>
    /// <exception cref="ServiceException">The provider answered with an error.</exception>
    /// <exception cref="TransportException">There was no usable answer, or the request was refused before it was sent.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public Task<TransportResponse> SendAsync(TransportRequest request, CancellationToken ct) =>
        ExchangeAsync(request, request.Timeout ?? _options.PollTimeout, null, ct);

    /// <summary>
    /// Sends a request that costs money. It is sent again, at most <see cref="MediaClientOptions.SubmitAttempts"/> times in all, only when the one before
    /// surely was not accepted: no connection was made, or the answer was 429.
    /// </summary>
    /// <returns>Any answer with a 2xx status.</returns>
    /// <exception cref="SubmitException">It failed; the exception says whether it may have been accepted all the same.</exception>
    /// <exception cref="SubmitCanceledException">The caller cancelled while it was on its way: it may have been accepted.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled or stopped before anything was accepted.</exception>
    public async Task<TransportResponse> SubmitAsync(TransportRequest request, string endpointId, CancellationToken ct)
    {
        var timeout = request.Timeout ?? _options.SubmitTimeout;
        for (var attempt = 1; ; attempt++)
        {
            TimeSpan delay;
            request.Stopping.ThrowIfCancellationRequested();
            try
            {
                var response = await ExchangeAsync(request, timeout, endpointId, ct).ConfigureAwait(false);
                response.Attempts = attempt;
                return response;
            }
            catch (ZoetropeException reason)
            {
                if (attempt >= _options.SubmitAttempts || !MayBeSentAgain(reason))
                    throw new SubmitException(Provider, endpointId, IsSurelyNotAccepted(reason), attempt, reason);
                Telemetry.SubmitRetried(Provider, endpointId);
                delay = RetryDelay(attempt, (reason as ServiceException)?.RetryAfter);
            }
            using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, request.Stopping);
            try
            {
                await Task.Delay(delay, _options.TimeProvider, either.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                ct.ThrowIfCancellationRequested();
                throw new OperationCanceledException(request.Stopping);
            }
        }
    }

    /// <summary>Sends a submit as <see cref="SubmitAsync(TransportRequest, string, CancellationToken)"/> does, and reads the answer.</summary>
    /// <param name="request">The request.</param>
    /// <param name="endpointId">The id of the model.</param>
    /// <param name="read">Reads the job out of the answer; what it throws becomes a <see cref="SubmitException"/> that says that the job may exist.</param>
    /// <param name="ct">Gives up.</param>
    /// <inheritdoc cref="SubmitAsync(TransportRequest, string, CancellationToken)" path="/exception"/>
    public async Task<SubmitReceipt> SubmitAsync(TransportRequest request, string endpointId, Func<TransportResponse, SubmitReceipt> read, CancellationToken ct)
    {
        var response = await SubmitAsync(request, endpointId, ct).ConfigureAwait(false);
        try
        {
            return read(response);
        }
        catch (Exception exception)
        {
            var reason = exception as ZoetropeException
                ?? new TransportException($"The answer ({(int)response.StatusCode}) cannot be read: {exception.Message} It was: {response.Excerpt()}", TransportFailure.Malformed, exception);
            throw new SubmitException(Provider, endpointId, surelyNotAccepted: false, response.Attempts, reason);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_ownsHttp)
            _http.Dispose();
    }

    private static bool MayBeSentAgain(ZoetropeException reason) =>
        reason is TransportException { Failure: TransportFailure.NotConnected } or ServiceException { StatusCode: HttpStatusCode.TooManyRequests };

    /// <summary>A refusal (4xx) is one before the work; a time-out told as 408 or 499 is not, and a server error says nothing.</summary>
    private static bool IsSurelyNotAccepted(ZoetropeException reason) => reason switch
    {
        TransportException transport => transport.Failure is TransportFailure.NotConnected or TransportFailure.Refused,
        ServiceException service => (int)service.StatusCode is >= 400 and < 500 and not (408 or 499),
        _ => false,
    };

    private TimeSpan RetryDelay(int attempt, TimeSpan? retryAfter)
    {
        if (retryAfter is { } asked)
            return asked < LongestRetryAfter ? asked : LongestRetryAfter;
        var delay = FirstRetryDelay * Math.Min(1 << Math.Min(attempt - 1, 10), 16);
        return delay * (0.75 + ((_options.Jitter ?? Random.Shared).NextDouble() * 0.5));
    }

    private async Task<TransportResponse> ExchangeAsync(TransportRequest request, TimeSpan timeout, string? submitted, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        using var message = MakeMessage(request);
        var body = message.Content as JsonBody;
        using var deadline = new Deadline(timeout, _options.TimeProvider, ct);
        HttpResponseMessage response;
        try
        {
            response = await _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, deadline.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is OperationCanceledException or HttpRequestException or IOException)
        {
            throw Failure(exception, request, body, timeout, deadline, submitted, ct);
        }
        using (response)
        {
            try
            {
                return await ReadAsync(response, request, deadline.Token).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is OperationCanceledException or HttpRequestException or IOException)
            {
                throw Failure(exception, request, null, timeout, deadline, submitted, ct);
            }
        }
    }

    private async Task<TransportResponse> ReadAsync(HttpResponseMessage response, TransportRequest request, CancellationToken ct)
    {
        var status = (int)response.StatusCode;
        if (status is >= 300 and < 400 || (response.RequestMessage?.RequestUri is { } last && last != request.Uri))
            throw new TransportException($"{Provider} answered {status} at {Place(request)} with a redirect, which is not followed: the key would go along.", TransportFailure.Redirected);
        var isError = status >= 400;
        var limit = isError ? Math.Min(LongestErrorBody, _options.MaxResponseBytes) : _options.MaxResponseBytes;
        var body = await BoundedBody.ReadAsync(response.Content, limit, keepPart: isError, ct).ConfigureAwait(false)
            ?? throw new TransportException($"{Provider}'s answer at {Place(request)} is larger than {limit} bytes.", TransportFailure.TooLarge);
        var answer = new TransportResponse(
            response.StatusCode, _redactor.Redact(body), response.Headers, response.Content.Headers.ContentType?.MediaType);
        if (!isError && response.Content.Headers.ContentEncoding.Count > 0)
            throw new TransportException($"{Provider}'s answer at {Place(request)} is compressed, which was not asked for.", TransportFailure.Malformed);
        if (!isError)
            return answer;
        throw new ServiceException(Provider, response.StatusCode, _redactor.Redact(ReadError(answer)), RetryAfter(response));
    }

    private ServiceError ReadError(TransportResponse answer)
    {
        try
        {
            return _errors.Read(answer);
        }
        catch (Exception exception)
        {
            // That it is a refusal, and of which kind, must not be lost over the words in it.
            return new ServiceError { Message = $"{answer.Excerpt()} (which could not be read: {exception.Message})" };
        }
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response)
    {
        if (response.Headers.RetryAfter is not { } header)
            return null;
        var wait = header.Delta ?? (header.Date - _options.TimeProvider.GetUtcNow());
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }

    private Exception Failure(
        Exception exception, TransportRequest request, JsonBody? body, TimeSpan timeout, Deadline deadline, string? submitted, CancellationToken ct)
    {
        var nothingSent = body is { SendingBegan: false };
        if (ct.IsCancellationRequested)
        {
            return submitted is null || nothingSent
                ? new OperationCanceledException(ct)
                : new SubmitCanceledException(Provider, submitted, ct);
        }
        if (exception is OperationCanceledException)
        {
            return nothingSent
                ? new TransportException($"No connection to {Place(request)} was made in time.", TransportFailure.NotConnected, exception)
                : new TransportException(
                    deadline.IsOver ? $"{Place(request)} did not answer within {timeout}." : $"{Place(request)} did not answer in time: {(exception.InnerException ?? exception).Message}",
                    TransportFailure.TimedOut,
                    exception);
        }
        var cause = (exception as HttpRequestException)?.HttpRequestError;
        var unconnected = cause is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError;
        return unconnected && body is not { SendingBegan: true }
            ? new TransportException($"No connection to {Place(request)}: {exception.Message}", TransportFailure.NotConnected, exception)
            : new TransportException($"The connection to {Place(request)} broke: {exception.Message}", TransportFailure.Broken, exception);
    }

    private HttpRequestMessage MakeMessage(TransportRequest request)
    {
        if (!IsTrusted(request.Uri))
            throw new TransportException($"The address {Place(request)} is not one that the {Provider} key may be sent to; nothing was sent.", TransportFailure.Refused);
        var message = new HttpRequestMessage(request.Method, request.Uri);
        if (!request.Json.IsEmpty)
            message.Content = new JsonBody(request.Json);
        var headers = message.Headers;
        foreach (var (name, value) in request.Headers)
        {
            HeaderRules.Check(name, value, _auth.Name);
            if (!headers.TryAddWithoutValidation(name, value))
                throw new TransportException($"The header '{name}' is not one of a request. Nothing was sent.", TransportFailure.Refused);
        }
        if (!headers.Contains("Accept"))
            headers.TryAddWithoutValidation("Accept", request.Accept ?? "application/json");
        if (!headers.Contains("User-Agent"))
            headers.TryAddWithoutValidation("User-Agent", "zoetrope-dotnet");
        if (!string.IsNullOrEmpty(_auth.Value))
            headers.TryAddWithoutValidation(_auth.Name, _auth.Value);
        return message;
    }

    // Without the query: webhook URLs in it may hold secrets.
    private static string Place(TransportRequest request) => request.Uri.GetLeftPart(UriPartial.Path);
}
