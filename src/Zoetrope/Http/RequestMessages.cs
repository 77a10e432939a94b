using Zoetrope.Errors;

namespace Zoetrope.Http;

/// <summary>Creates the HTTP messages of requests.</summary>
internal static class RequestMessages
{
    private static readonly BytesBody Nothing = new(default, null);

    /// <summary>
    /// Whether a request may be sent only once: it is billed, or is not idempotent, and the caller has not allowed that it is
    /// repeated.
    /// </summary>
    public static bool IsSentOnce(TransportRequest request, string? submitted) =>
        submitted is not null || !(request.MayRepeat ?? (IsIdempotent(request.Method) || request.Body is { IsUpload: true }));

    /// <summary>Whether a request has the header with the key.</summary>
    public static bool SendsKey(TransportRequest request, AuthHeader auth) =>
        !string.IsNullOrEmpty(auth.Value) && request is { Anonymous: false, IsStorage: false };

    /// <summary>Creates the HTTP message of a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="address">Where it is sent to: its address, or the same at a backup of its host.</param>
    /// <param name="auth">The header with the key; without a value where the key is sent elsewhere.</param>
    /// <param name="isSentOnce">Whether the content may be sent only once.</param>
    /// <exception cref="TransportException">A header is not allowed, or the body cannot be opened.</exception>
    public static HttpRequestMessage Make(TransportRequest request, Uri address, AuthHeader auth, bool isSentOnce)
    {
        var body = request.Body ?? (request.Json.IsEmpty ? null : new BytesBody(request.Json, "application/json"));
        var hasContent = body is not null || !IsSafe(request.Method);
        var message = request.IsLong && !hasContent ? new LongRequest(request.Method, address) : new HttpRequestMessage(request.Method, address);
        try
        {
            // HttpClient by itself sends a request without content up to four times when the server closes the connection, whatever the method.
            if (hasContent)
                message.Content = new TrackedContent(body ?? Nothing, message, isSentOnce);
            var sendsKey = SendsKey(request, auth);
            var isFree = request.IsOperation || request.IsStorage;
            AddHeaders(message, request, sendsKey || !isFree ? auth.Name : null, hasBody: body is not null);
            if (sendsKey)
                message.Headers.TryAddWithoutValidation(auth.Name, auth.Value);
            return message;
        }
        catch
        {
            message.Dispose();
            throw;
        }
    }

    /// <summary>Gives a message the HTTP version that a client is set to, which .NET does only for messages that the client creates itself.</summary>
    /// <param name="message">The message.</param>
    /// <param name="http">The user's client, or connections of the client's own, which are set to none.</param>
    public static void FollowVersion(HttpRequestMessage message, HttpMessageInvoker http)
    {
        if (http is HttpClient client)
            (message.Version, message.VersionPolicy) = (client.DefaultRequestVersion, client.DefaultVersionPolicy);
    }

    private static void AddHeaders(HttpRequestMessage message, TransportRequest request, string? authName, bool hasBody)
    {
        var headers = message.Headers;
        var hasOwn = request.HasHeaders;
        if (hasOwn)
            AddOwn(message, request, authName, hasBody);
        if (!hasOwn || !headers.Contains("Accept"))
            headers.TryAddWithoutValidation("Accept", request.Accept ?? "application/json");
        if (!hasOwn || !headers.Contains("User-Agent"))
            headers.TryAddWithoutValidation("User-Agent", "zoetrope-dotnet/" + SdkVersion.Text);
        if (request.Cookies is { } cookies)
            headers.TryAddWithoutValidation("Cookie", cookies);
    }

    private static void AddOwn(HttpRequestMessage message, TransportRequest request, string? authName, bool hasBody)
    {
        foreach (var (name, value) in request.Headers)
        {
            var isFree = request.IsOperation || request.IsStorage;
            HeaderRules.Check(name, value, authName, mayBeKey: isFree);
            var isAdded = message.Headers.TryAddWithoutValidation(name, value)
                || (isFree && hasBody && message.Content!.Headers.TryAddWithoutValidation(name, value));
            if (!isAdded)
            {
                throw new TransportException(
                    $"The header '{name}' is not a valid header of a request{(hasBody ? "" : " without a body")}. Nothing was sent.", TransportFailure.Refused);
            }
        }
    }

    private static bool IsSafe(HttpMethod method) => method == HttpMethod.Get || method == HttpMethod.Head;

    // RFC 9110 section 9.2.2, and QUERY, which is safe.
    private static bool IsIdempotent(HttpMethod method) =>
        IsSafe(method) || method == HttpMethod.Put || method == HttpMethod.Delete || method == HttpMethod.Options || method == HttpMethod.Trace
        || method.Method.Equals("QUERY", StringComparison.OrdinalIgnoreCase);
}
