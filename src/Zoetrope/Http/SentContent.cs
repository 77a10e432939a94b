using System.Net;

namespace Zoetrope.Http;

/// <summary>The content that is sent. Only this class references it, so that nothing reads it beforehand and fills its buffer.</summary>
internal sealed class SentContent : HttpContent
{
    private readonly TrackedContent _tracked;
    private readonly HttpRequestMessage _message;
    private readonly HttpContent? _other;

    public SentContent(TrackedContent tracked, HttpRequestMessage message)
    {
        _tracked = tracked;
        _message = message;
        _other = message.Content is TrackedContent ? null : message.Content;
        foreach (var (name, values) in (message.Content ?? tracked).Headers.NonValidated)
            Headers.TryAddWithoutValidation(name, values);
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
        _tracked.SendAsync(_message, _other, stream, cancellationToken);

    protected override bool TryComputeLength(out long length)
    {
        var known = _other is null ? _tracked.Length : _other.Headers.ContentLength;
        length = known ?? 0;
        return known is not null;
    }
}
