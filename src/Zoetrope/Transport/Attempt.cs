namespace Zoetrope.Protocol;

/// <summary>One sending of a request, until its response is read.</summary>
internal sealed class Attempt : IDisposable
{
    private readonly Deadline _deadline;

    /// <summary>Makes the attempt.</summary>
    /// <param name="request">The request.</param>
    /// <param name="message">The message that is sent.</param>
    /// <param name="timeout">The deadline of the whole exchange. It starts anew with each piece of a file.</param>
    /// <param name="submitted">The id of the model when the request costs money; null otherwise.</param>
    /// <param name="time">The clock.</param>
    /// <param name="caller">Cancels the attempt.</param>
    public Attempt(TransportRequest request, HttpRequestMessage message, TimeSpan timeout, string? submitted, TimeProvider time, CancellationToken caller)
    {
        Request = request;
        Timeout = timeout;
        Submitted = submitted;
        Caller = caller;
        Message = message;
        Content = message.Content as TrackedContent;
        _deadline = new Deadline(timeout, time, caller);
        if (Content is not null)
            Content.PieceSent = _deadline.Restart;
    }

    public TransportRequest Request { get; }

    public HttpRequestMessage Message { get; }

    public TrackedContent? Content { get; }

    public TimeSpan Timeout { get; }

    public string? Submitted { get; }

    public CancellationToken Caller { get; }

    public CancellationToken Token => _deadline.Token;

    public bool IsLate => _deadline.IsOver;

    /// <summary>The address, without the query: webhook URLs in it may hold secrets.</summary>
    public string Place => Request.Uri.GetLeftPart(UriPartial.Path);

    public void Dispose()
    {
        _deadline.Dispose();
        Message.Dispose();
        // A redirect that was followed takes it out of the message.
        Content?.Dispose();
    }
}
