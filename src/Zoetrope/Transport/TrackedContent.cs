using System.Net;

namespace Zoetrope.Protocol;

/// <summary>The content of one message, which knows whether any of it may have left this machine.</summary>
internal sealed class TrackedContent : HttpContent
{
    private readonly OpenBody _body;

    public TrackedContent(RequestBody body)
    {
        if (body.ContentType is { } contentType)
            Headers.TryAddWithoutValidation("Content-Type", contentType);
        _body = body.Open();
    }

    /// <summary>Whether sending has begun. As long as it has not, no server can have accepted the request.</summary>
    public bool SendingBegan { get; private set; }

    /// <summary>The failure of what the body is read from.</summary>
    public UnreadableBodyException? SourceFailure { get; private set; }

    /// <summary>What is called after each piece of a file that was sent.</summary>
    public Action? PieceSent { get; set; }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        SendingBegan = true;
        try
        {
            await _body.WriteAsync(stream, PieceSent, cancellationToken).ConfigureAwait(false);
        }
        catch (UnreadableBodyException exception)
        {
            SourceFailure = exception;
            throw;
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _body.Length ?? 0;
        return _body.Length is not null;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _body.Dispose();
        base.Dispose(disposing);
    }
}
