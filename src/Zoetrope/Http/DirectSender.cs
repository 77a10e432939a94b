namespace Zoetrope.Http;

/// <summary>Sends to handlers without the <see cref="HttpClient"/> that they belong to.</summary>
internal sealed class DirectSender
{
    private Sender? _last;

    /// <summary>Returns what sends to handlers, which are not disposed with it.</summary>
    /// <param name="handlers">The handlers, which may have been renewed since the last time.</param>
    public HttpMessageInvoker Over(HttpMessageHandler handlers)
    {
        var last = _last;
        if (last?.Handlers != handlers)
            _last = last = new Sender(handlers);
        return last;
    }

    private sealed class Sender(HttpMessageHandler handlers) : HttpMessageInvoker(handlers, disposeHandler: false)
    {
        public HttpMessageHandler Handlers { get; } = handlers;
    }
}
