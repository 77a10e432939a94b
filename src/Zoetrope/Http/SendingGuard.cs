namespace Zoetrope.Http;

/// <summary>
/// A handler below the handlers of a user's client, directly above the primary handler: a message that reaches it is sent, whereas handlers above may only read
/// a content, for example to log it. .NET would send such a content from its own buffer, which the content would not notice.
/// </summary>
internal sealed class SendingGuard(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    // Identifies the messages that handlers created from the original one.
    private static readonly AsyncLocal<TrackedContent?> _current = new();

    /// <summary>Registers a content that a client is about to send.</summary>
    public static void Watch(HttpClient http, TrackedContent content)
    {
        content.IsGuarded = HandlerChain.Guard(http);
        _current.Value = content;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var given = request.Content;
        var tracked = given as TrackedContent ?? (_current.Value is { } current && current.IsOf(request) ? current : null);
        if (tracked is null)
            return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
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
