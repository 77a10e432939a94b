namespace Zoetrope.Http;

/// <summary>
/// A handler below the handlers of a user's client, directly above the primary handler: a message that reaches it is sent, whereas handlers above may only read
/// a content, for example to log it. .NET would send such a content from its own buffer, which the content would not notice.
/// </summary>
internal sealed class SendingGuard(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    // Identifies the messages that handlers created from the original one.
    private static readonly AsyncLocal<TrackedContent?> _current = new();

    /// <summary>Prepares the message of an attempt for a user's client, and registers its content.</summary>
    /// <param name="options">The options of the client.</param>
    /// <param name="users">The user's client.</param>
    /// <param name="attempt">The attempt.</param>
    /// <param name="isLong">Whether the body of the response is read while it arrives.</param>
    /// <param name="provider">The provider.</param>
    /// <returns>The client that sends it.</returns>
    public static HttpMessageInvoker Prepare(ClientOptions options, HttpClient users, Attempt attempt, bool isLong, string provider)
    {
        options.Secrets?.AddTo(attempt.Redactor);
        isLong |= attempt.Request.IsLong;
        var http = isLong ? users : attempt.Request.Http ?? users;
        RequestMessages.FollowVersion(attempt.Message, http);
        var direct = HandlerChain.Of(http) is IDirectHandler and HttpMessageHandler handler ? handler : null;
        attempt.IsDirect = direct is not null;
        if (attempt.Content is { } content)
        {
            // A file takes as long as it is large.
            content.IsLong = isLong || attempt.Request.Body is { IsUpload: true };
            (content.Observer, content.Provider) = (options.JobObserver, provider);
            if (!attempt.IsDirect)
                Watch(http, content);
        }
        return direct is not null && AddsNothing(http) ? options.Direct!.Over(direct) : http;
    }

    // Then it need not be asked: the exchange has a deadline and a cancellation of its own.
    private static bool AddsNothing(HttpMessageInvoker http) =>
        http is HttpClient client && client.Timeout == Timeout.InfiniteTimeSpan && !client.DefaultRequestHeaders.NonValidated.GetEnumerator().MoveNext();

    /// <summary>Sends a message, and receives the headers of its response: <see cref="HttpClient"/> by itself would read the content, too.</summary>
    /// <param name="http">The user's client, or connections of the client's own.</param>
    /// <param name="message">The message.</param>
    /// <param name="ct">A token to cancel the operation.</param>
    public static Task<HttpResponseMessage> SendAsync(HttpMessageInvoker http, HttpRequestMessage message, CancellationToken ct) =>
        http is HttpClient client ? client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, ct) : http.SendAsync(message, ct);

    // Marks the message for the handlers of the client, too.
    private static void Watch(HttpMessageInvoker http, TrackedContent content)
    {
        content.IsGuarded = HandlerChain.Guard(http);
        if (content.IsSentOnce)
            content.Message.Options.Set(RequestMarks.SendOnce, true);
        if (content.IsLong)
            content.Message.Options.Set(RequestMarks.Long, true);
        _current.Value = content;
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var tracked = request.Content as TrackedContent ?? (_current.Value is { } current && current.IsOf(request) ? current : null);
        return tracked is null ? base.SendAsync(request, cancellationToken) : SendAsync(request, tracked, cancellationToken);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, TrackedContent tracked, CancellationToken cancellationToken)
    {
        var given = request.Content;
        var sent = tracked.ToSend(request);
        request.Content = sent;
        try
        {
            return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            // Following a redirect may have removed it.
            if (request.Content == sent)
                request.Content = given;
        }
    }
}
