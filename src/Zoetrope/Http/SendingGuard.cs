namespace Zoetrope.Http;

/// <summary>
/// Stands below the handlers of a user's client, right above the one that connects: what passes here is sent, and what handlers above do with a content,
/// such as reading it for a log, is not. .NET copies what was read from its own buffer, which the content would not notice.
/// </summary>
internal sealed class SendingGuard(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    // Messages that a handler made after the one it was given are recognized by it.
    private static readonly AsyncLocal<TrackedContent?> _current = new();

    /// <summary>Watches over a content that a client is about to send.</summary>
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
            // A redirect that was followed may have taken it out.
            if (request.Content == sent)
                request.Content = given;
        }
    }
}
