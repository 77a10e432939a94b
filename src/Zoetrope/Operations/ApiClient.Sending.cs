using Zoetrope.CodeGen.Operations;
using Zoetrope.Errors;
using Zoetrope.Http;
using Zoetrope.Telemetry;

namespace Zoetrope.Operations;

/// <content>How a call becomes a request, and how often that is sent.</content>
public abstract partial class ApiClient
{
    private async Task<TResult> RunAsync<TResult>(
        OperationCall call, CallOptions? options, string accept, Func<ApiClient, Sending, CancellationToken, Task<TResult>> send, CancellationToken ct,
        bool ignoresBody = false)
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
            HasKeyInAddress = _key is not null && !call.IsAnonymous && _keyLocation is { QueryName: not null },
            MayRepeat = options?.MayRepeat,
            IgnoresBody = ignoresBody,
            TakesRedirects = call.TakesRedirects,
            TakesNotModified = call.TakesNotModified,
            IdempotencyKey = IdempotencyKey(call, options),
            Received = options?.OnResponse is { } received ? response => received(new ResponseHeaders(response)) : null,
            MakeError = call.MakeError,
        };
        AddHeaders(request.Headers, call, options);
        return new Sending(request, options?.Timeout ?? _options.Timeout, $"{_definition.Name}'s response to {call.Name}");
    }

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
        var root = call.IsAbsolute ? "" : _baseUrl is { } own ? BaseAddress.RootOf(own) : (call.ServerUrl ?? _definition.Server)?.TrimEnd('/');
        if (root is null)
            throw NoServer("names no server: set");
        if (_baseUrl is null && root.StartsWith("http://", StringComparison.OrdinalIgnoreCase))
            throw NoServer($"names a server over http ({root}), which would expose the key to the network: if that is intended, set");
        return Uri.TryCreate(root + call.Target(), UriKind.Absolute, out var address)
            ? address
            : throw new TransportException($"The address of {call.Name} is not a valid URL: it may be too long. Nothing was sent.", TransportFailure.Refused);
    }

    private TransportException NoServer(string problem) => new(
        $"The specification of {_definition.Name} {problem} {nameof(ApiClientOptions)}.{nameof(ApiClientOptions.BaseUrl)}. Nothing was sent.",
        TransportFailure.Refused);

    // The headers of one call take precedence over those of its operation, and these over those of all calls.
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

    /// <summary>A call that is ready to be sent.</summary>
    /// <param name="Request">The request.</param>
    /// <param name="Timeout">The deadline.</param>
    /// <param name="Subject">The name of the response in messages.</param>
    private sealed record Sending(TransportRequest Request, TimeSpan Timeout, string Subject)
    {
        /// <summary>Whether the specification leaves the media type of the response open.</summary>
        public bool AnyType => Request.Accept is { } accept && accept.Contains('*', StringComparison.Ordinal);
    }
}
