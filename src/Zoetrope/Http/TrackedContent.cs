using System.Net;
using Zoetrope.Errors;

namespace Zoetrope.Http;

/// <summary>
/// The content of one message, which knows whether any of it may have left this machine, and to which address. What may have been accepted is sent once:
/// handlers below the client, such as those that retry, hedge or follow redirects, can ask for it again, and are refused before a byte leaves.
/// </summary>
internal sealed class TrackedContent : HttpContent
{
    private readonly SemaphoreSlim _oneAtATime = new(1, 1);
    private readonly HttpRequestMessage _message;
    private RequestBody _body;
    private readonly bool _once;
    private readonly long? _length;
    private OpenBody? _opened;
    private bool _wasRead;
    private bool _reachedEnd;

    /// <summary>Opens the body, so that what is missing is reported before anything is sent.</summary>
    /// <param name="body">The body.</param>
    /// <param name="message">The message that it is the content of.</param>
    /// <param name="once">Whether it may be sent once only. Otherwise it may be sent again whole, to the same server.</param>
    public TrackedContent(RequestBody body, HttpRequestMessage message, bool once)
    {
        if (body.ContentType is { } contentType)
            Headers.TryAddWithoutValidation("Content-Type", contentType);
        _message = message;
        _body = body;
        _once = once;
        _opened = body.Open();
        _length = _opened.Length;
    }

    /// <summary>Whether sending has begun. As long as it has not, no server can have accepted the request.</summary>
    public bool SendingBegan => Address is not null;

    /// <summary>Where it was sent; null as long as it was not. Handlers may have changed the address of the message.</summary>
    public Uri? Address { get; private set; }

    /// <summary>The failure of what the body is read from.</summary>
    public UnreadableBodyException? SourceFailure { get; private set; }

    /// <summary>Why it was not sent once more; null as long as nothing asked for that.</summary>
    public RepeatedContentException? Refusal { get; private set; }

    /// <summary>What is called when sending begins.</summary>
    public Action? Began { get; set; }

    /// <summary>What is called after each piece of a file that was sent.</summary>
    public Action? PieceSent { get; set; }

    /// <summary>Whether a <see cref="SendingGuard"/> sends it, so that what else asks for the body only reads it.</summary>
    public bool IsGuarded { get; set; }

    /// <summary>
    /// Whether any of it may have been sent; null where that is not known: a handler has read it and kept the message from the others, and may have sent it in
    /// a way of its own.
    /// </summary>
    public bool? MayHaveBeenSent => SendingBegan ? true : _wasRead && !_reachedEnd ? null : false;

    /// <summary>Whether a message that does not have this content stands for the one that does: handlers make copies, and contents of their own.</summary>
    public bool IsOf(HttpRequestMessage request) =>
        request.Method == _message.Method
        && (request.Content is null
            ? _length == 0 && request.RequestUri == _message.RequestUri
            : request.RequestUri == _message.RequestUri || (_wasRead && request.Content.Headers.ContentLength == _length));

    /// <summary>The content that is sent in a message.</summary>
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
            // It may not be readable twice, and is still to be sent.
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

    private async Task SendAsync(HttpRequestMessage message, HttpContent? other, Stream stream, CancellationToken ct)
    {
        // A stream of the user's cannot be read by two at once.
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
        length = _length ?? 0;
        return _length is not null;
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
        if (_length is null || again.Length == _length)
            return again;
        again.Dispose();
        throw new RepeatedContentException("the size of its body has changed");
    }

    /// <summary>What is sent of a message. Nothing else knows it, so that nothing reads it beforehand and leaves it with a buffer.</summary>
    private sealed class SentContent : HttpContent
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
            var known = _other is null ? _tracked._length : _other.Headers.ContentLength;
            length = known ?? 0;
            return known is not null;
        }
    }
}

/// <summary>
/// A content was to be sent once more, and was not. It derives from <see cref="Exception"/> alone: handlers that retry would take those of connections for a
/// reason to try again.
/// </summary>
/// <param name="problem">Why it cannot be sent again; null where it must not be.</param>
/// <param name="isMoved">Whether it was to go to another server than at first, as when a redirect is followed.</param>
internal sealed class RepeatedContentException(string? problem, bool isMoved = false)
    : Exception("The request was to be sent a second time, which was refused.")
{
    public string? Problem { get; } = problem;

    public bool IsMoved { get; } = isMoved;

    /// <summary>The origin of where it was to go. The rest of the address is the service's own words, and may hold the key.</summary>
    public string? Target { get; init; }
}
