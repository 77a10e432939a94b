using System.Net;

namespace Zoetrope.Protocol;

/// <summary>
/// The content of one message, which knows whether any of it may have left this machine, and to which address. What may have been accepted is sent once:
/// handlers below the client, such as those that retry, hedge or follow redirects, can ask for it again, and are refused before a byte leaves.
/// </summary>
internal sealed class TrackedContent : HttpContent
{
    private readonly SemaphoreSlim _oneAtATime = new(1, 1);
    private readonly HttpRequestMessage _message;
    private readonly RequestBody _body;
    private readonly bool _once;
    private readonly long? _length;
    private OpenBody? _opened;

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

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        // A stream of the user's cannot be read by two at once.
        await _oneAtATime.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            using var body = SendingBegan ? OpenAgain() : TakeOpened();
            Address ??= _message.RequestUri;
            Began?.Invoke();
            await body.WriteAsync(stream, PieceSent, cancellationToken).ConfigureAwait(false);
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

    private OpenBody OpenAgain()
    {
        var isMoved = !TrustedHosts.SameOrigin(Address!, _message.RequestUri ?? Address!);
        if (_once || isMoved)
            throw new RepeatedContentException(null, isMoved);
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
        if (again.Length == _length)
            return again;
        again.Dispose();
        throw new RepeatedContentException("the size of its body has changed");
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
}
