using System.Net;
using Zoetrope.Errors;
using Zoetrope.Jobs;

namespace Zoetrope.Http;

/// <summary>
/// The content of one message, which records whether any of it may have been sent, and to which address. A request that may have been accepted is sent once:
/// handlers below the client, such as those that retry, hedge or follow redirects, can request the content again, and are refused before a byte is sent.
/// </summary>
internal sealed class TrackedContent : HttpContent
{
    private readonly SemaphoreSlim _oneAtATime = new(1, 1);
    private readonly HttpRequestMessage _message;
    private RequestBody _body;
    private readonly bool _once;
    private OpenBody? _opened;
    private bool _wasRead;
    private bool _reachedEnd;

    /// <summary>Opens the body, so that a missing file is reported before anything is sent.</summary>
    /// <param name="body">The body.</param>
    /// <param name="message">The message that has this content.</param>
    /// <param name="once">Whether it may be sent only once. Otherwise it may be sent again whole, to the same server.</param>
    public TrackedContent(RequestBody body, HttpRequestMessage message, bool once)
    {
        if (body.ContentType is { } contentType)
            Headers.TryAddWithoutValidation("Content-Type", contentType);
        _message = message;
        _body = body;
        _once = once;
        _opened = body.Open();
        Length = _opened.Length;
    }

    /// <summary>How many bytes the body has; null where that is not known.</summary>
    public long? Length { get; }

    /// <summary>Whether sending has begun. Until then, no server can have accepted the request.</summary>
    public bool SendingBegan => Address is not null;

    /// <summary>The address it was sent to; null until then. Handlers may have changed the address of the message.</summary>
    public Uri? Address { get; private set; }

    /// <summary>The failure of the body's source.</summary>
    public UnreadableBodyException? SourceFailure { get; private set; }

    /// <summary>The reason why it was not sent again; null if nothing requested that.</summary>
    public RepeatedContentException? Refusal { get; private set; }

    /// <summary>Called when sending begins.</summary>
    public Action? Began { get; set; }

    /// <summary>Called after each chunk of a file that was sent.</summary>
    public Action? PieceSent { get; set; }

    /// <summary>Whether it may be sent only once.</summary>
    public bool IsSentOnce => _once;

    /// <summary>Whether the response takes as long as the work that it is the outcome of. Only the handlers of a user's client learn of it.</summary>
    public bool IsLong { get; set; }

    /// <summary>Is notified that something tried to send it again, which was refused; null for nobody.</summary>
    public JobObserver? Observer { get; set; }

    /// <summary>The provider, for the observer.</summary>
    public string Provider { get; set; } = "";

    /// <summary>The message that was made with it.</summary>
    public HttpRequestMessage Message => _message;

    /// <summary>Whether a <see cref="SendingGuard"/> sends it, so that any other access to the body only reads it.</summary>
    public bool IsGuarded { get; set; }

    /// <summary>
    /// Whether any of it may have been sent; null where that is unknown: a handler has read it and withheld the message from the others, and may have sent it
    /// by other means.
    /// </summary>
    public bool? MayHaveBeenSent => SendingBegan ? true : _wasRead && !_reachedEnd ? null : false;

    /// <summary>Whether a message without this content replaces the one that has it: handlers create copies, and contents of their own.</summary>
    public bool IsOf(HttpRequestMessage request) =>
        request.Method == _message.Method
        && (request.Content is null
            ? Length == 0 && request.RequestUri == _message.RequestUri
            : request.RequestUri == _message.RequestUri || (_wasRead && request.Content.Headers.ContentLength == Length));

    /// <summary>Returns the content that is sent in a message.</summary>
    public HttpContent ToSend(HttpRequestMessage request)
    {
        _reachedEnd = true;
        return new SentContent(this, request);
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
        IsGuarded ? ReadAsync(stream, cancellationToken) : SendAsync(_message, null, stream, cancellationToken);

    private async Task ReadAsync(Stream stream, CancellationToken ct)
    {
        _wasRead = true;
        await _oneAtATime.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            using var body = _opened is null ? OpenAgain() : TakeOpened();
            if (SendingBegan || _body is BytesBody)
            {
                await body.WriteAsync(stream, PieceSent, ct).ConfigureAwait(false);
                return;
            }
            // It may not be readable twice, and still has to be sent.
            var copy = new MemoryStream();
            await body.WriteAsync(copy, null, ct).ConfigureAwait(false);
            var bytes = copy.GetBuffer().AsMemory(0, (int)copy.Length);
            _body = new BytesBody(bytes, _body.ContentType);
            await stream.WriteAsync(bytes, ct).ConfigureAwait(false);
        }
        catch (UnreadableBodyException exception)
        {
            SourceFailure = exception;
            throw;
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    /// <summary>Sends the body, or what a handler has put in its place; what may have been accepted already is refused.</summary>
    /// <param name="message">The message that is sent.</param>
    /// <param name="other">The content that a handler has put in place of this one; null for this one.</param>
    /// <param name="stream">Where to.</param>
    /// <param name="ct">Cancels it.</param>
    /// <exception cref="RepeatedContentException">It must not be sent once more, or cannot be.</exception>
    internal async Task SendAsync(HttpRequestMessage message, HttpContent? other, Stream stream, CancellationToken ct)
    {
        // A user's stream does not support concurrent reads.
        var isOwn = other is null;
        if (isOwn)
            await _oneAtATime.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            lock (_oneAtATime)
            {
                if (SendingBegan)
                    RefuseUnlessRepeatable(message);
                Address ??= message.RequestUri;
            }
            if (other is not null)
            {
                Began?.Invoke();
                await other.CopyToAsync(stream, ct).ConfigureAwait(false);
                return;
            }
            using var body = _opened is null ? OpenAgain() : TakeOpened();
            Began?.Invoke();
            await body.WriteAsync(stream, PieceSent, ct).ConfigureAwait(false);
        }
        catch (UnreadableBodyException exception)
        {
            SourceFailure = exception;
            throw;
        }
        catch (RepeatedContentException exception)
        {
            Refusal = exception;
            Observer?.SendRepeated(Provider, Address!);
            throw;
        }
        finally
        {
            if (isOwn)
                _oneAtATime.Release();
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = Length ?? 0;
        return Length is not null;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _opened?.Dispose();
        base.Dispose(disposing);
    }

    private OpenBody TakeOpened()
    {
        var opened = _opened ?? throw new ObjectDisposedException(nameof(TrackedContent));
        _opened = null;
        return opened;
    }

    private void RefuseUnlessRepeatable(HttpRequestMessage message)
    {
        var isMoved = !TrustedHosts.SameOrigin(Address!, message.RequestUri ?? Address!);
        if (_once || isMoved)
            throw new RepeatedContentException(null, isMoved) { Target = message.RequestUri?.GetLeftPart(UriPartial.Authority) };
    }

    private OpenBody OpenAgain()
    {
        if (!_body.CanBeSent)
            throw new RepeatedContentException("its body is a stream that cannot be read twice");
        OpenBody again;
        try
        {
            again = _body.Open();
        }
        catch (TransportException exception)
        {
            throw new RepeatedContentException(exception.InnerException?.Message ?? exception.Message);
        }
        if (Length is null || again.Length == Length)
            return again;
        again.Dispose();
        throw new RepeatedContentException("the size of its body has changed");
    }
}
