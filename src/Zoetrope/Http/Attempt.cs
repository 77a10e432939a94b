using Zoetrope.Errors;
using Zoetrope.Text;
using Zoetrope.Time;

namespace Zoetrope.Http;

/// <summary>One attempt to send a request and read its response.</summary>
internal sealed class Attempt : IDisposable
{
    private static readonly TimeSpan LongestErrorTime = TimeSpan.FromSeconds(5);

    private static readonly SparePool<Attempt> Unused = new();

    private HttpRequestMessage? _message;
    private Deadline? _deadline;
    private KeyRedactor _redactor = null!;
    private TimeProvider _time = null!;

    private Attempt()
    {
    }

    /// <summary>Begins an attempt. Each request has one, so those that ended well are used again.</summary>
    /// <param name="request">The request.</param>
    /// <param name="message">The HTTP message.</param>
    /// <param name="timeout">
    /// The deadline of the whole exchange. It restarts when sending begins, so that waiting for a connection does not count, and with each chunk of a
    /// file.
    /// </param>
    /// <param name="submitted">The id of the model if the request is billed; null otherwise.</param>
    /// <param name="time">The clock.</param>
    /// <param name="redactor">Removes the key from messages about the attempt.</param>
    /// <param name="caller">The caller's token to cancel the attempt.</param>
    /// <param name="disposal">Ends attempts when their client is disposed.</param>
    public static Attempt Begin(
        TransportRequest request,
        HttpRequestMessage message,
        TimeSpan timeout,
        string? submitted,
        TimeProvider time,
        KeyRedactor redactor,
        CancellationToken caller,
        CancellationToken disposal)
    {
        var attempt = Unused.Take() ?? new Attempt();
        attempt._redactor = redactor;
        attempt._time = time;
        attempt.Request = request;
        attempt.Timeout = timeout;
        attempt.Submitted = submitted;
        attempt.Caller = caller;
        attempt._deadline = Deadline.Begin(attempt._deadline, timeout, time, caller, disposal);
        attempt.Message = message;
        return attempt;
    }

    public TransportRequest Request { get; private set; } = null!;

    /// <summary>The message that is sent; another one where nothing of the first can have been sent.</summary>
    public HttpRequestMessage Message
    {
        get => _message!;
        set
        {
            if (_message is not null)
                Release();
            _message = value;
            Content = value.Content as TrackedContent;
            Address = value.RequestUri!;
            if (Content is not null)
                Content.Began = Content.PieceSent = _deadline!.Restart;
        }
    }

    public TrackedContent? Content { get; private set; }

    /// <summary>Where the message is sent to.</summary>
    public Uri Address { get; private set; } = null!;

    public TimeSpan Timeout { get; private set; }

    public string? Submitted { get; private set; }

    public CancellationToken Caller { get; private set; }

    public CancellationToken Token => _deadline!.Token;

    /// <summary>Removes the key from messages.</summary>
    public KeyRedactor Redactor => _redactor;

    /// <summary>What sends the message.</summary>
    public HttpMessageInvoker? Http { get; set; }

    /// <summary>Whether the user's client has nothing between it and the connections (<see cref="IDirectHandler"/>).</summary>
    public bool IsDirect { get; set; }

    /// <summary>Whether nothing was sent yet, because the key is being asked for.</summary>
    public bool IsUnsent { get; set; }

    /// <summary>Whether the user's code may hold the token after the exchange.</summary>
    public bool IsTokenShared { get; set; }

    /// <summary>Whether the exchange is complete, and nobody can hold its token any more.</summary>
    public bool IsFinished { get; set; }

    public bool IsLate => _deadline!.IsOver;

    /// <summary>Whether the client was disposed.</summary>
    public bool IsDisposed => _deadline!.IsStopped;

    /// <summary>The response; null until its headers are received.</summary>
    public TransportResponse? Response { get; set; }

    /// <summary>The address, without the query: webhook URLs in it may contain secrets.</summary>
    public string SafeUrl => Address.GetLeftPart(UriPartial.Path);

    /// <summary>Begins the time that the body of an error is waited for: only its status is required.</summary>
    public Deadline BeginError() => Deadline.Begin(LongestErrorTime, _time, Token);

    /// <summary>Creates the exception about this attempt: without the key, and with what was received of the response.</summary>
    /// <param name="problem">The description of the failure.</param>
    /// <param name="failure">The kind of failure.</param>
    /// <param name="cause">The exception that was thrown.</param>
    /// <param name="location">The target of a redirect.</param>
    public TransportException Fail(string problem, TransportFailure failure, Exception? cause = null, Uri? location = null) =>
        Response?.Fail(problem, failure, cause, location)
        ?? new TransportException(MessageText.Short(_redactor.Redact(problem)), failure, _redactor.Redact(cause));

    public void Dispose()
    {
        Release();
        var canBeUsed = _deadline!.TryReset(IsFinished);
        if (!canBeUsed)
        {
            _deadline.Dispose();
            return;
        }
        (_redactor, _time, Request, Response, Http) = (null!, null!, null!, null, null);
        (Submitted, Caller, IsFinished, IsDirect, IsUnsent, IsTokenShared) = (null, default, false, false, false, false);
        _message = null;
        (Content, Address) = (null, null!);
        if (!Unused.Keep(this))
            _deadline.Dispose();
    }

    private void Release()
    {
        if (Content is not null)
            Content.Began = Content.PieceSent = null;
        Message.Dispose();
        // Following a redirect removes it from the message.
        Content?.Dispose();
    }
}
