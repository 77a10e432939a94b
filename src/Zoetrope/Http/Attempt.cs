using Zoetrope.Errors;
using Zoetrope.Text;
using Zoetrope.Time;

namespace Zoetrope.Http;

/// <summary>One sending of a request, until its response is read.</summary>
internal sealed class Attempt : IDisposable
{
    private static readonly TimeSpan LongestErrorTime = TimeSpan.FromSeconds(5);

    private readonly Deadline _deadline;
    private readonly KeyRedactor _redactor;
    private readonly TimeProvider _time;

    /// <summary>Makes the attempt.</summary>
    /// <param name="request">The request.</param>
    /// <param name="message">The message that is sent.</param>
    /// <param name="timeout">
    /// The deadline of the whole exchange. It starts anew when sending begins, so that waiting for a connection takes nothing away from it, and with each piece
    /// of a file.
    /// </param>
    /// <param name="submitted">The id of the model when the request costs money; null otherwise.</param>
    /// <param name="time">The clock.</param>
    /// <param name="redactor">Takes the key out of what is said about the attempt.</param>
    /// <param name="caller">Cancels the attempt.</param>
    public Attempt(
        TransportRequest request,
        HttpRequestMessage message,
        TimeSpan timeout,
        string? submitted,
        TimeProvider time,
        KeyRedactor redactor,
        CancellationToken caller)
    {
        _redactor = redactor;
        _time = time;
        Request = request;
        Timeout = timeout;
        Submitted = submitted;
        Caller = caller;
        Message = message;
        Content = message.Content as TrackedContent;
        _deadline = new Deadline(timeout, time, caller);
        if (Content is not null)
            Content.Began = Content.PieceSent = _deadline.Restart;
    }

    public TransportRequest Request { get; }

    public HttpRequestMessage Message { get; }

    public TrackedContent? Content { get; }

    public TimeSpan Timeout { get; }

    public string? Submitted { get; }

    public CancellationToken Caller { get; }

    public CancellationToken Token => _deadline.Token;

    public bool IsLate => _deadline.IsOver;

    /// <summary>The response; null until its head has come.</summary>
    public TransportResponse? Response { get; set; }

    /// <summary>The address, without the query: webhook URLs in it may hold secrets.</summary>
    public string Place => Request.Uri.GetLeftPart(UriPartial.Path);

    /// <summary>Reads the body of an error. Only the status must arrive: the words are waited for briefly.</summary>
    /// <param name="content">The body.</param>
    /// <param name="limit">The most bytes to read.</param>
    public async Task<ReceivedBody> ReadErrorAsync(HttpContent content, long limit)
    {
        using var patience = new Deadline(LongestErrorTime, _time, Token);
        return await ReceivedBody.ReadAsync(content, limit, patience.Token).ConfigureAwait(false);
    }

    /// <summary>The exception about this attempt: without the key, with what has come of the response.</summary>
    /// <param name="problem">What went wrong.</param>
    /// <param name="failure">Its kind.</param>
    /// <param name="cause">What was thrown.</param>
    /// <param name="location">Where a redirect leads.</param>
    public TransportException Fail(string problem, TransportFailure failure, Exception? cause = null, Uri? location = null) =>
        Response?.Fail(problem, failure, cause, location)
        ?? new TransportException(MessageText.Short(_redactor.Redact(problem)), failure, _redactor.Redact(cause));

    public void Dispose()
    {
        _deadline.Dispose();
        Message.Dispose();
        // A redirect that was followed takes it out of the message.
        Content?.Dispose();
    }
}
