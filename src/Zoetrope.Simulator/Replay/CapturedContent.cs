using System.Net;

namespace Zoetrope.Simulator.Replay;

/// <summary>The content of a request, which is captured while it is sent and not before. It belongs to its message.</summary>
internal sealed class CapturedContent : HttpContent
{
    private readonly HttpContent _content;
    private readonly CapturedBody _body;

    public CapturedContent(HttpContent content, CapturedBody body)
    {
        _content = content;
        _body = body;
        foreach (var (name, values) in content.Headers.NonValidated)
            Headers.TryAddWithoutValidation(name, values);
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, default);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        _body.Restart();
        // The connection's stream is not this content's to dispose of.
#pragma warning disable CA2000
        await _content.CopyToAsync(new WritingTee(stream, _body), context, cancellationToken);
#pragma warning restore CA2000
        _body.Complete();
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _content.Headers.ContentLength ?? 0;
        return _content.Headers.ContentLength is not null;
    }

    private sealed class WritingTee(Stream inner, CapturedBody body) : PassingStream(inner)
    {
        public override bool CanWrite => true;

        public override void Write(byte[] buffer, int offset, int count)
        {
            body.Add(buffer.AsSpan(offset, count));
            Inner.Write(buffer, offset, count);
        }

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            body.Add(buffer.Span);
            await Inner.WriteAsync(buffer, cancellationToken);
        }
    }
}
