using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using Zoetrope.CodeGen.Operations;
using Zoetrope.Errors;
using Zoetrope.Http;
using Zoetrope.Http.Compression;
using Zoetrope.Json;
using Zoetrope.Providers;
using Zoetrope.Telemetry;
using Zoetrope.Validation;

namespace Zoetrope.Operations;

/// <summary>
/// The base of generated clients of whole APIs. It is thread-safe and meant to be kept. A call is checked first, and sent again only when it surely was not
/// accepted before; the key goes only to the API's own servers over https, and to the base URL that the user set.
/// </summary>
public abstract partial class ApiClient : IDisposable
{
    private readonly ApiDefinition _definition;
    private readonly ApiClientOptions _options;
    private readonly string? _key;
    private readonly ApiKeyLocation? _keyPlace;
    private readonly HttpExchange _wire;

    /// <summary>Makes a client.</summary>
    /// <param name="definition">What is known about the API.</param>
    /// <param name="options">How to talk to it; null takes the defaults and the key from the environment.</param>
    /// <exception cref="ArgumentException">The base URL is not an absolute http or https URL, or the key cannot be in a header.</exception>
    protected ApiClient(ApiDefinition definition, ApiClientOptions? options)
    {
        ArgumentNullException.ThrowIfNull(definition);
        _definition = definition;
        _options = options ?? new ApiClientOptions();
        _keyPlace = _options.ApiKeyLocation ?? definition.ApiKeyLocation;
        _key = _keyPlace is null ? null : NotEmpty(_options.ApiKey) ?? (definition.ApiKeyVariable is { } variable ? NotEmpty(Environment.GetEnvironmentVariable(variable)) : null);
        var server = definition.Server is null ? null : new Uri(definition.Server);
        var isSecure = server is { Scheme: "https" };
        BaseAddress.Check(_options.BaseUrl, nameof(ApiClientOptions.BaseUrl), isSecure ? server!.IdnHost : null);
        var header = _key is null ? null : _keyPlace?.HeaderValue(_key);
        _wire = new HttpExchange(
            definition.Name,
            _options,
            new CommonErrorReader(),
            Trusted(definition, isSecure ? server : null),
            header is null ? default : new AuthHeader(_keyPlace!.Value.Name, header),
            new KeyRedactor(header, _key, _key is null ? null : Uri.EscapeDataString(_key)),
            ConnectionUse.KeptBriefly);
    }

    /// <summary>Makes a client with the defaults.</summary>
    /// <param name="definition">What is known about the API.</param>
    /// <param name="apiKey">The key.</param>
    /// <exception cref="ArgumentException">The key is empty or cannot be in a header.</exception>
    protected ApiClient(ApiDefinition definition, string apiKey)
        : this(definition, WithKey(apiKey))
    {
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Releases the connections, unless they are those of the user's own HTTP client.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
            _wire.Dispose();
    }

    /// <summary>Calls an operation that answers with JSON.</summary>
    /// <param name="call">The call.</param>
    /// <param name="options">Options; null takes the client's.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="RequestValidationException">The request is not valid. Nothing was sent.</exception>
    /// <exception cref="MissingKeyException">There is no key. Nothing was sent.</exception>
    /// <exception cref="ServiceException">The service answered with an error; a <see cref="ServiceException{TError}"/> where the document describes
    /// it.</exception>
    /// <exception cref="TransportException">There was no usable answer, or the request was refused before it was sent.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected Task<T> CallAsync<T, TCodec>(OperationCall call, CallOptions? options, CancellationToken cancellationToken)
        where TCodec : struct, IJsonCodec<T> =>
        RunAsync(
            call,
            options,
            "application/json",
            static async (client, sending, ct) =>
            {
                var answer = await client.ExchangeAsync(sending, ct).ConfigureAwait(false);
                return await ReadAsync<T, TCodec>(answer, sending, ct).ConfigureAwait(false);
            },
            cancellationToken);

    /// <summary>Calls an operation that answers with JSON or with nothing, which is null.</summary>
    /// <inheritdoc cref="CallAsync{T, TCodec}(OperationCall, CallOptions?, CancellationToken)"/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected Task<T?> CallOptionalAsync<T, TCodec>(OperationCall call, CallOptions? options, CancellationToken cancellationToken)
        where T : class
        where TCodec : struct, IJsonCodec<T> =>
        RunAsync(
            call,
            options,
            "application/json",
            static async (client, sending, ct) =>
            {
                var answer = await client.ExchangeAsync(sending, ct).ConfigureAwait(false);
                return JsonResponse.IsNothing(answer) ? null : await ReadAsync<T, TCodec>(answer, sending, ct).ConfigureAwait(false);
            },
            cancellationToken);

    /// <summary>Calls an operation that answers with a JSON value, such as a number or a union, or with nothing, which is null.</summary>
    /// <inheritdoc cref="CallAsync{T, TCodec}(OperationCall, CallOptions?, CancellationToken)"/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected Task<T?> CallOptionalValueAsync<T, TCodec>(OperationCall call, CallOptions? options, CancellationToken cancellationToken)
        where T : struct
        where TCodec : struct, IJsonCodec<T> =>
        RunAsync<T?>(
            call,
            options,
            "application/json",
            static async (client, sending, ct) =>
            {
                var answer = await client.ExchangeAsync(sending, ct).ConfigureAwait(false);
                return JsonResponse.IsNothing(answer) ? null : await ReadAsync<T, TCodec>(answer, sending, ct).ConfigureAwait(false);
            },
            cancellationToken);

    /// <summary>Calls an operation that answers without a body; one that comes all the same is ignored.</summary>
    /// <inheritdoc cref="CallAsync{T, TCodec}(OperationCall, CallOptions?, CancellationToken)"/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected Task CallAsync(OperationCall call, CallOptions? options, CancellationToken cancellationToken) =>
        RunAsync(call, options, "*/*", static (client, sending, ct) => client.ExchangeAsync(sending, ct), cancellationToken, ignoresBody: true);

    /// <summary>Calls an operation that answers with text.</summary>
    /// <inheritdoc cref="CallAsync{T, TCodec}(OperationCall, CallOptions?, CancellationToken)"/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected Task<string> CallTextAsync(OperationCall call, CallOptions? options, CancellationToken cancellationToken) =>
        RunAsync(
            call,
            options,
            "text/*, */*;q=0.1",
            static async (client, sending, ct) => TextResponse.Read(await client.ExchangeAsync(sending, ct).ConfigureAwait(false)),
            cancellationToken);

    /// <summary>Calls an operation whose response is read by the caller: files, events and everything else. The call ends when the head has come.</summary>
    /// <inheritdoc cref="CallAsync{T, TCodec}(OperationCall, CallOptions?, CancellationToken)"/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected Task<StreamingResponse> CallStreamAsync(OperationCall call, CallOptions? options, CancellationToken cancellationToken) =>
        RunAsync(call, options, "*/*", static (client, sending, ct) => client.OpenAsync(sending, readsAhead: false, ct), cancellationToken);

    /// <summary>
    /// Calls an operation of which the document does not say what it responds with. A small body is read already when the call ends, so that a caller who does
    /// not need it may leave it alone.
    /// </summary>
    /// <inheritdoc cref="CallAsync{T, TCodec}(OperationCall, CallOptions?, CancellationToken)"/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected Task<StreamingResponse> CallAnyAsync(OperationCall call, CallOptions? options, CancellationToken cancellationToken) =>
        RunAsync(call, options, "*/*", static (client, sending, ct) => client.OpenAsync(sending, readsAhead: true, ct), cancellationToken);

    /// <summary>Calls an operation whose response is status and headers.</summary>
    /// <inheritdoc cref="CallAsync{T, TCodec}(OperationCall, CallOptions?, CancellationToken)"/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected Task<ResponseHeaders> CallHeadAsync(OperationCall call, CallOptions? options, CancellationToken cancellationToken) =>
        RunAsync(
            call,
            options,
            "*/*",
            static async (client, sending, ct) =>
            {
                var (response, _) = await client._wire.OpenAsync(sending.Request, sending.Timeout, ct).ConfigureAwait(false);
                using (response)
                    return new ResponseHeaders(response);
            },
            cancellationToken);

    private async Task<StreamingResponse> OpenAsync(Sending sending, bool readsAhead, CancellationToken ct)
    {
        var (response, head) = await _wire.OpenAsync(sending.Request, sending.Timeout, ct).ConfigureAwait(false);
        try
        {
            var raw = await response.Content.ReadAsStreamAsync(ct).ConfigureAwait(false);
            var content = ContentCoding.Open(raw, response.Content.Headers, _options.MaxDownloadBytes);
            var isText = MediaTypeRules.IsText(response.Content.Headers.ContentType?.MediaType);
            var pace = new TransferPace(sending.Timeout, _options.MinBytesPerSecond, _options.TransferTimeout, isText, _options.TimeProvider);
            Stream body = new ResponseStream(content, head, sending.Place, pace, _options.MaxDownloadBytes, _options.TimeProvider);
            if (readsAhead)
                body = await ReadAhead.OfAsync(body, response.Content, ct).ConfigureAwait(false);
            return new StreamingResponse(response, body, sending.Place, _options.MaxResponseBytes, _wire.Redactor);
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    private static Task<T> ReadAsync<T, TCodec>(TransportResponse answer, Sending sending, CancellationToken ct)
        where TCodec : struct, IJsonCodec<T> =>
        LargeWork.ReadAsync(
            answer.Body.Length,
            static read => JsonResponse.Read<T, TCodec>(read.Answer, read.Sending.Place, read.Sending.AnyType),
            (Answer: answer, Sending: sending),
            ct);

    private Task<TransportResponse> ExchangeAsync(Sending sending, CancellationToken ct) => _wire.ExchangeAsync(sending.Request, sending.Timeout, null, ct);

    private async Task<TResult> RunAsync<TResult>(
        OperationCall call, CallOptions? options, string accept, Func<ApiClient, Sending, CancellationToken, Task<TResult>> send, CancellationToken ct, bool ignoresBody = false)
    {
        var name = _definition.Name;
        using var activity = Instrumentation.Start("zoetrope.call", name, call.Name);
        var start = _options.TimeProvider.GetTimestamp();
        try
        {
            var sending = Prepare(call, options, accept, ignoresBody);
            for (var attempt = 1; ; attempt++)
            {
                ZoetropeException reason;
                try
                {
                    var result = await send(this, sending, ct).ConfigureAwait(false);
                    Instrumentation.Called(name, call.Name, _options.TimeProvider.GetElapsedTime(start), succeeded: true);
                    return result;
                }
                catch (ZoetropeException exception) when (attempt < _options.Attempts && HttpExchange.MayBeSentAgain(sending.Request, exception))
                {
                    reason = exception;
                }
                Instrumentation.CallRetried(name, call.Name);
                await _wire.PauseAsync(_wire.RetryDelay(attempt, reason), ct).ConfigureAwait(false);
            }
        }
        catch (Exception exception)
        {
            Instrumentation.Called(name, call.Name, _options.TimeProvider.GetElapsedTime(start), succeeded: false);
            Instrumentation.Fail(activity, exception);
            throw;
        }
    }

    private Sending Prepare(OperationCall call, CallOptions? options, string accept, bool ignoresBody)
    {
        call.Check(rules: options is null or { Validate: true });
        AddKey(call);
        var request = new TransportRequest
        {
            Method = call.Method,
            Uri = Address(call),
            Accept = call.AcceptedTypes ?? accept,
            Body = call.Body,
            Cookies = call.Cookies,
            Anonymous = call.IsAnonymous,
            IsOperation = true,
            HasKeyInAddress = _key is not null && !call.IsAnonymous && _keyPlace is { QueryName: not null },
            MayRepeat = options?.MayRepeat,
            IgnoresBody = ignoresBody,
            TakesRedirects = call.TakesRedirects,
            TakesNotModified = call.TakesNotModified,
            Received = options?.OnResponse is { } received ? response => received(new ResponseHeaders(response)) : null,
            MakeError = call.MakeError,
        };
        AddHeaders(request.Headers, call, options);
        return new Sending(request, options?.Timeout ?? _options.Timeout, $"{_definition.Name}'s answer to {call.Name}");
    }

    private void AddKey(OperationCall call)
    {
        if (call.IsAnonymous || _keyPlace is not { } place)
            return;
        if (_key is null && call.IsKeyOptional)
            return;
        if (_key is null)
        {
            var variable = _definition.ApiKeyVariable is { } name ? $"set the environment variable {name}, or" : "set";
            throw new MissingKeyException(_definition.Name, $"There is no key for {_definition.Name}: {variable} {nameof(ApiClientOptions)}.{nameof(ApiClientOptions.ApiKey)}. Nothing was sent.");
        }
        call.AddKey(place, _key);
    }

    private Uri Address(OperationCall call)
    {
        var root = call.IsAbsolute ? "" : _options.BaseUrl is { } own ? BaseAddress.RootOf(own) : (call.ServerUrl ?? _definition.Server)?.TrimEnd('/');
        if (root is null)
            throw NoServer("names no server: set");
        if (_options.BaseUrl is null && root.StartsWith("http://", StringComparison.OrdinalIgnoreCase))
            throw NoServer($"names a server over http ({root}), which would show the key to the network: where that is meant, set");
        return Uri.TryCreate(root + call.Target(), UriKind.Absolute, out var address)
            ? address
            : throw new TransportException($"The address of {call.Name} is not a URL: it may be too long. Nothing was sent.", TransportFailure.Refused);
    }

    private TransportException NoServer(string problem) => new(
        $"The document of {_definition.Name} {problem} {nameof(ApiClientOptions)}.{nameof(ApiClientOptions.BaseUrl)}. Nothing was sent.", TransportFailure.Refused);

    // The headers of one call go before those of its operation, and these before those of all calls.
    private void AddHeaders(List<KeyValuePair<string, string>> headers, OperationCall call, CallOptions? options)
    {
        if (options is not null)
            headers.AddRange(options.Headers);
        Add(headers, call.Headers);
        Add(headers, _options.Headers);

        static void Add(List<KeyValuePair<string, string>> headers, IEnumerable<KeyValuePair<string, string>> more)
        {
            foreach (var header in more)
            {
                if (!headers.Exists(known => string.Equals(known.Key, header.Key, StringComparison.OrdinalIgnoreCase)))
                    headers.Add(header);
            }
        }
    }

    private static TrustedHosts Trusted(ApiDefinition definition, Uri? server)
    {
        var trusted = new TrustedHosts([.. definition.Hosts.Where(static host => !IsUrl(host))]).WithOrigin(server);
        foreach (var url in definition.Hosts.Where(IsUrl))
        {
            if (new Uri(url) is { Scheme: "https" } origin)
                trusted = trusted.WithOrigin(origin);
        }
        return trusted;

        static bool IsUrl(string host) => host.Contains("://", StringComparison.Ordinal);
    }

    private static ApiClientOptions WithKey(string apiKey)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(apiKey);
        return new ApiClientOptions { ApiKey = apiKey };
    }

    private static string? NotEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    /// <summary>A call that is ready to be sent.</summary>
    /// <param name="Request">The request.</param>
    /// <param name="Timeout">Its deadline.</param>
    /// <param name="Place">What the answer is called in messages.</param>
    private sealed record Sending(TransportRequest Request, TimeSpan Timeout, string Place)
    {
        /// <summary>Whether the document leaves the media type of the response open.</summary>
        public bool AnyType => Request.Accept is { } accept && accept.Contains('*', StringComparison.Ordinal);
    }
}
