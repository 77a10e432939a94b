using Zoetrope.CodeGen.Operations;
using Zoetrope.Errors;
using Zoetrope.Http;
using Zoetrope.Telemetry;

namespace Zoetrope.Operations;

/// <content>How a call becomes a request, and how often that is sent.</content>
public abstract partial class ApiClient
{
    /// <summary>Reads a response, or takes it over where it is open.</summary>
    private delegate ValueTask<TResult> Reading<TResult>(ApiClient client, TransportRequest request, TransportResponse response, CancellationToken ct);

    // A program that opens no streams contains nothing of them, because only a delegate leads there.
    private async Task<TResult> RunAsync<TResult>(
        OperationCall call, CallOptions? options, string accept, Reading<TResult> read, CancellationToken ct, Exchange? open = null,
        bool ignoresBody = false, bool isPaged = false)
    {
        var name = _definition.Name;
        using var activity = Instrumentation.Start("zoetrope.call", name, call.Name);
        var start = Instrumentation.MeasuresCalls ? _options.TimeProvider.GetTimestamp() : (long?)null;
        try
        {
            var request = Prepare(call, options, accept, ignoresBody);
            if (!isPaged)
                call.End();
            var timeout = request.Timeout!.Value;
            for (var attempt = 1; ; attempt++)
            {
                ZoetropeException reason;
                try
                {
                    var exchange = open is null ? _wire.ExchangeAsync(request, timeout, null, ct) : open(_wire, request, timeout, null, ct);
                    var response = await exchange.ConfigureAwait(false);
                    var result = await read(this, request, response, ct).ConfigureAwait(false);
                    Instrumentation.Called(name, call.Name, _options.TimeProvider, start, succeeded: true);
                    return result;
                }
                catch (ZoetropeException exception) when (attempt < _options.Attempts && HttpExchange.MayBeSentAgain(request, exception))
                {
                    reason = exception;
                }
                Instrumentation.CallRetried(name, call.Name);
                await _wire.PauseAsync(_wire.RetryDelay(attempt, reason), ct).ConfigureAwait(false);
            }
        }
        catch (Exception exception)
        {
            Instrumentation.Called(name, call.Name, _options.TimeProvider, start, succeeded: false);
            Instrumentation.Fail(activity, exception);
            throw;
        }
    }

    private TransportRequest Prepare(OperationCall call, CallOptions? options, string accept, bool ignoresBody)
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
            Operation = call.Name,
            Timeout = options?.Timeout ?? _options.Timeout,
            HasKeyInAddress = _key is not null && !call.IsAnonymous && _keyLocation is { QueryName: not null },
            MayRepeat = options?.MayRepeat,
            IgnoresBody = ignoresBody,
            TakesRedirects = call.TakesRedirects,
            TakesNotModified = call.TakesNotModified,
            IdempotencyKey = IdempotencyKey(call, options),
            Received = options?.OnResponse is { } received ? ReceivedBy(received) : null,
            Errors = call,
        };
        AddHeaders(request, call, options);
        return request;
    }

    // In a method of its own, so that only calls with such a callback make the object that holds it.
    private static Action<HttpResponseMessage> ReceivedBy(Action<ResponseHeaders> received) => response => received(new ResponseHeaders(response));

    // A key that the user sends takes precedence, in any spelling of the header.
    private static string? IdempotencyKey(OperationCall call, CallOptions? options)
    {
        if (call.IdempotencyHeader is not { } header)
            return null;
        if (options is not null && options.Headers.TryGetValue(header.Key, out var own))
            return own;
        return header.Value;
    }

    private void AddKey(OperationCall call)
    {
        if (call.IsAnonymous || _keyLocation is not { } location)
            return;
        if (_key is null && call.IsKeyOptional)
            return;
        if (_key is null)
        {
            var parts = _definition.ApiKeyPartVariables is { Count: > 0 } names ? $" (or {string.Join(" and ", names)})" : "";
            var variable = _definition.ApiKeyVariable is { } name ? $"set the environment variable {name}{parts}, or" : "set";
            throw new MissingKeyException(
                _definition.Name,
                $"There is no key for {_definition.Name}: {variable} {nameof(ApiClientOptions)}.{nameof(ApiClientOptions.ApiKey)}. Nothing was sent.");
        }
        call.AddKey(location, _key);
    }

    private Uri Address(OperationCall call)
    {
        var root = call.IsAbsolute ? "" : _baseUrl is null && call.ServerUrl is { } server ? server.TrimEnd('/') : _root;
        if (root is null)
            throw NoServer("has no server: set");
        if (_baseUrl is null && root.StartsWith("http://", StringComparison.OrdinalIgnoreCase))
            throw NoServer($"names a server over http ({root}), which would expose the key to the network: if that is intended, set");
        return Uri.TryCreate(call.Target(root), UriKind.Absolute, out var address)
            ? address
            : throw new TransportException($"The address of {call.Name} is not a valid URL: it may be too long. Nothing was sent.", TransportFailure.Refused);
    }

    private TransportException NoServer(string problem) => new(
        $"The specification of {_definition.Name} {problem} {nameof(ApiClientOptions)}.{nameof(ApiClientOptions.BaseUrl)}. Nothing was sent.",
        TransportFailure.Refused);

    // The headers of one call take precedence over those of its operation, and these over those of all calls.
    private void AddHeaders(TransportRequest request, OperationCall call, CallOptions? options)
    {
        if (options is { Headers.Count: > 0 })
            request.Headers.AddRange(options.Headers);
        if (call.HasHeaders)
            Add(request.Headers, call.Headers);
        if (_options.Headers.Count > 0)
            Add(request.Headers, _options.Headers);

        static void Add(List<KeyValuePair<string, string>> headers, IEnumerable<KeyValuePair<string, string>> more)
        {
            foreach (var header in more)
            {
                if (!headers.Exists(known => string.Equals(known.Key, header.Key, StringComparison.OrdinalIgnoreCase)))
                    headers.Add(header);
            }
        }
    }
}
