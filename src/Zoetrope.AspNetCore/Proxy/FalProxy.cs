using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;
using Zoetrope.Fal;
using Zoetrope.Http;

namespace Zoetrope.AspNetCore.Proxy;

/// <summary>Passes requests of browsers on to fal, and its responses back.</summary>
internal sealed partial class FalProxy : IDisposable
{
    // fal's, with its backup; none gets the key over http.
    private static readonly string[] Hosts = ["fal.run", "falrun.com", "fal.ai"];

    private readonly FalProxyOptions _options;
    private readonly AllowedTargets _allowed;
    private readonly ILogger _logger;
    private readonly string? _key;
    private readonly KeyFilter? _filter;
    private readonly Dictionary<FalHost, string> _roots;
    private readonly HttpMessageInvoker _http = HttpClients.Create();

    // A connection that its server closes just then leaves it unknown whether a request was accepted.
    private readonly HttpMessageInvoker _billed = HttpClients.Create(ConnectionUse.Once);

    public FalProxy(FalProxyOptions options, ILogger logger)
    {
        if (options.AllowedEndpoints.Count == 0)
        {
            throw new ArgumentException(
                $"{nameof(options.AllowedEndpoints)} is empty, so that the proxy would pass nothing on. Name the endpoints that browsers may call and you pay "
                    + "for, such as 'fal-ai/flux/dev' or 'fal-ai/flux/**'.", nameof(options));
        }
        _options = options;
        _logger = logger;
        _allowed = new(options);
        if (options.GetKeyAsync is null)
        {
            _key = new FalClientOptions { ApiKey = options.ApiKey }.ResolveKey();
            if (!ProxyHeaders.IsPlain(_key))
                throw new ArgumentException("The key contains characters that are not valid in a header, such as a line break.", nameof(options));
            _filter = new(_key);
        }
        foreach (var host in Hosts)
            BaseAddress.Check(options.BaseUrl, nameof(options.BaseUrl), host);
        var root = options.BaseUrl is { } baseUrl ? BaseAddress.RootOf(baseUrl) : null;
        _roots = new()
        {
            [FalHost.Queue] = root ?? "https://queue.fal.run",
            [FalHost.Run] = root is null ? "https://fal.run" : root + "/run",
            [FalHost.Rest] = root ?? "https://rest.fal.ai",
        };
    }

    public void Dispose()
    {
        _http.Dispose();
        _billed.Dispose();
    }

    /// <summary>Handles a request of a browser.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        var urls = context.Request.Headers[ProxyHeaders.Target];
        if (urls is not [{ Length: > 0 } url])
        {
            await RefuseAsync(context, 400, $"The header {ProxyHeaders.Target} must be there once.");
            return;
        }
        if (!FalTarget.TryRead(url, context.Request.Method, _allowed, out var target, out var problem))
        {
            await RefuseAsync(context, 400, problem);
            return;
        }
        var request = new FalProxyRequest(context, target);
        if (!await MayPassAsync(request))
        {
            await RefuseAsync(context, 401, "The caller may not use this proxy.");
            return;
        }
        var key = _options.GetKeyAsync is { } getKey ? (await getKey(request))?.Trim() : _key;
        if (string.IsNullOrEmpty(key) || !ProxyHeaders.IsPlain(key))
        {
            await RefuseAsync(context, 401, "There is no key for the caller.");
            return;
        }
        using var message = new HttpRequestMessage(new(context.Request.Method), $"{_roots[target.Host]}/{target.Path}{target.Query}");
        if (ProxyHeaders.CopyRequest(context.Request.Headers, message.Headers) is { } invalid)
        {
            await RefuseAsync(context, 400, invalid);
            return;
        }
        if (await AddContentAsync(context, target, message))
        {
            message.Headers.TryAddWithoutValidation("Authorization", "Key " + key);
            await ExchangeAsync(context, target, message, _filter ?? new(key));
        }
    }

    /// <summary>Responds with an error of the proxy, in the form in which fal's clients show it.</summary>
    private static Task RespondAsync(HttpContext context, int statusCode, string text) =>
        ErrorResponse.WriteAsync(context, statusCode, text, "message", "detail");

    private async Task RefuseAsync(HttpContext context, int statusCode, string problem, string sent = "Nothing was sent to fal.")
    {
        LogRefused(statusCode, problem);
        // What fal's own proxy says, and why.
        await RespondAsync(context, statusCode, $"{(statusCode == 401 ? "Unauthorized" : "Invalid request")}: {problem} {sent}");
    }

    private async ValueTask<bool> MayPassAsync(FalProxyRequest request)
    {
        if (_options.AuthorizeAsync is { } authorize)
            return await authorize(request);
        return _options.AllowAnonymous || EndpointCallers.IsAuthorized(request.HttpContext);
    }

    /// <summary>Adds the body, or responds with why it is refused.</summary>
    private async ValueTask<bool> AddContentAsync(HttpContext context, FalTarget target, HttpRequestMessage message)
    {
        var request = context.Request;
        var isSmall = target.Operation is FalProxyOperation.Token or FalProxyOperation.Upload;
        var limit = isSmall ? TokenRequest.MaxBytes : _options.MaxRequestBytes;
        var isGet = HttpMethods.IsGet(request.Method);
        var hasBody = !isGet && context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == true;
        if (hasBody && !IsJson(request))
        {
            await RefuseAsync(context, 415, "The body must be JSON in UTF-8, which is not compressed.");
            return false;
        }
        if (hasBody && request.ContentLength > limit)
        {
            await RefuseAsync(context, 413, ProxiedContent.TooLarge(limit).Message);
            return false;
        }
        BodyLimit.Raise(context, limit);
        var (body, length) = hasBody ? (request.Body, request.ContentLength) : (Stream.Null, 0);
        if (target.Operation == FalProxyOperation.Token)
        {
            if (await ReadTokenRequestAsync(context, body, target) is not { } read)
                return false;
            (body, length) = (new MemoryStream(read), read.Length);
        }
        // HttpClient repeats a request without content by itself.
        if (!isGet || target.IsBilled)
            message.Content = new ProxiedContent(body, length, limit);
        if (hasBody)
            message.Content!.Headers.TryAddWithoutValidation(HeaderNames.ContentType, "application/json");
        return true;
    }

    private async ValueTask<byte[]?> ReadTokenRequestAsync(HttpContext context, Stream body, FalTarget target)
    {
        var read = new MemoryStream();
        try
        {
            await new ProxiedContent(body, null, TokenRequest.MaxBytes).SendAsync(read, context.RequestAborted);
        }
        catch (BadHttpRequestException exception)
        {
            await RefuseAsync(context, exception.StatusCode, exception.Message);
            return null;
        }
        catch (Exception exception) when (
            exception is IOException || (exception is OperationCanceledException && context.RequestAborted.IsCancellationRequested))
        {
            return null;
        }
        var isNewer = target.Path.EndsWith("realtime", StringComparison.Ordinal);
        var given = read.GetBuffer().AsSpan(0, (int)read.Length);
        if (TokenRequest.Check(given, isNewer, _allowed, _options.MaxTokenLifetime, out var checkedBody) is not { } problem)
            return checkedBody;
        await RefuseAsync(context, 400, problem);
        return null;
    }

    private static bool IsJson(HttpRequest request)
    {
        if (request.Headers.ContentEncoding.Count > 0)
            return false;
        if (string.IsNullOrEmpty(request.ContentType))
            return true;
        return MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            && type.MatchesMediaType("application/json")
            && (!type.Charset.HasValue || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase));
    }

    private async Task ExchangeAsync(HttpContext context, FalTarget target, HttpRequestMessage message, KeyFilter filter)
    {
        // Aborted, a submit may have been accepted all the same, and a cancel would not be known to have arrived.
        var isFinished = target.Operation is FalProxyOperation.Submit or FalProxyOperation.Cancel;
        using var deadline = isFinished ? new CancellationTokenSource() : CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        var time = target.Operation == FalProxyOperation.Run ? _options.RunTimeout : _options.RequestTimeout;
        deadline.CancelAfter(time);
        var content = message.Content as ProxiedContent;
        try
        {
            using var response = await (target.IsBilled ? _billed : _http).SendAsync(message, deadline.Token);
            if ((int)response.StatusCode is >= 300 and < 400 and not 304)
                throw new HttpRequestException($"It was a redirect ({(int)response.StatusCode}), which is not followed.");
            await new ProxiedResponse(context, target, response, filter, _options, deadline, _logger).RelayAsync();
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException or InvalidDataException)
        {
            if (context.Response.HasStarted)
            {
                LogCutOff(target.Operation, target.EndpointId, exception.Message);
                // So that nobody takes what has arrived for all of it.
                context.Abort();
                return;
            }
            if (content?.SourceFailure is BadHttpRequestException unreadable)
                await RefuseAsync(context, unreadable.StatusCode, unreadable.Message, "The request to fal was broken off, and cannot have been accepted.");
            else if (content?.SourceFailure is null && (isFinished || !context.RequestAborted.IsCancellationRequested))
                await FailAsync(context, target, content, exception, deadline.IsCancellationRequested ? time : null);
        }
    }

    private async Task FailAsync(HttpContext context, FalTarget target, ProxiedContent? content, Exception exception, TimeSpan? lateAfter)
    {
        // What is billed always has a content, which knows for sure.
        var isUnsent = content is not null
            ? !content.Began
            : exception is HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError };
        var problem = lateAfter is { } time ? $"fal did not respond within {time.TotalSeconds:0} s." : "The exchange with fal failed.";
        var (statusCode, text) = (isUnsent, target.IsBilled) switch
        {
            (true, _) => (502, "fal could not be reached. Nothing was sent."),
            (_, true) => (500, $"{problem} The request was sent, and may have been accepted and billed: do not repeat it unless it does no harm."),
            _ => (lateAfter is null ? 502 : 504, problem),
        };
        LogFailed(exception, target.Operation, target.EndpointId, statusCode);
        // Some headers of fal's response may have been copied.
        context.Response.Clear();
        await RespondAsync(context, statusCode, text);
    }

    [LoggerMessage(1, LogLevel.Warning, "A request to the proxy was refused with {StatusCode}: {Reason}")]
    private partial void LogRefused(int statusCode, string reason);

    [LoggerMessage(2, LogLevel.Warning, "{Operation} of {EndpointId} at fal failed, and was responded to with {StatusCode}.")]
    private partial void LogFailed(Exception exception, FalProxyOperation operation, string? endpointId, int statusCode);

    [LoggerMessage(3, LogLevel.Warning, "A response to {Operation} of {EndpointId} was cut off: {Reason}")]
    private partial void LogCutOff(FalProxyOperation operation, string? endpointId, string reason);
}
