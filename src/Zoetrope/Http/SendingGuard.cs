namespace Zoetrope.Http;

/// <summary>
/// A handler below the handlers of a user's client, directly above the primary handler: a message that reaches it is sent, whereas handlers above may only read
/// a content, for example to log it. .NET would send such a content from its own buffer, which the content would not notice.
/// </summary>
internal sealed class SendingGuard(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    // Identifies the messages that handlers created from the original one.
    private static readonly AsyncLocal<TrackedContent?> _current = new();

    /// <summary>Registers a content that a client is about to send, and marks its message for the handlers of the client.</summary>
    public static void Watch(HttpClient http, TrackedContent content)
    {
        if (HandlerChain.Of(http) is IDirectHandler)
            return;
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
