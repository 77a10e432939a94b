using System.Net;
using Zoetrope.Json;
using Zoetrope.Protocol;
using Zoetrope.Validation;

namespace Zoetrope;

/// <summary>The base of everything that this SDK throws about requests, services and jobs.</summary>
public class ZoetropeException : Exception
{
    /// <summary>
    /// Makes the exception. Its message is one line: what cannot be seen, such as line breaks and marks that turn text around, becomes spaces.
    /// </summary>
    public ZoetropeException(string message, Exception? innerException = null)
        : base(MessageText.OneLine(message), innerException)
    {
    }
}

/// <summary>A request is not valid. Nothing was sent.</summary>
public sealed class RequestValidationException(ValidationResult result)
    : ZoetropeException("The request is not valid, and was not sent: " + string.Join("; ", result.Issues))
{
    /// <summary>Everything that is wrong.</summary>
    public ValidationResult Result { get; } = result;
}

/// <summary>A provider answered with an error.</summary>
public class ServiceException : ZoetropeException
{
    /// <summary>Makes the exception.</summary>
    public ServiceException(string provider, HttpStatusCode statusCode, ServiceError error, TimeSpan? retryAfter = null)
        : base($"{provider} answered {(int)statusCode}: {error}{WaitOf(retryAfter)}")
    {
        Provider = provider;
        StatusCode = statusCode;
        Error = error;
        RetryAfter = retryAfter;
    }

    /// <summary>The provider.</summary>
    public string Provider { get; }

    /// <summary>The HTTP status.</summary>
    public HttpStatusCode StatusCode { get; }

    /// <summary>What the provider said.</summary>
    public ServiceError Error { get; }

    /// <summary>
    /// How long the provider asks to wait (<c>Retry-After</c>), however long that is; null where it does not say. A date counts from the response's own
    /// <c>Date</c>.
    /// </summary>
    public TimeSpan? RetryAfter { get; }

    private static string WaitOf(TimeSpan? asked) => RetryAfterHeader.IsTooLong(asked) ? $"; it asks to wait {asked} before the next request" : "";
}

/// <summary>A provider answered with an error of a form that its document describes.</summary>
/// <typeparam name="TError">The type of the error.</typeparam>
public class ServiceException<TError> : ServiceException
{
    /// <summary>Makes the exception.</summary>
    public ServiceException(string provider, HttpStatusCode statusCode, ServiceError error, TError details, TimeSpan? retryAfter = null)
        : base(provider, statusCode, error, retryAfter) => Details = details;

    /// <summary>
    /// The error as the document describes it. It is read liberally: the service may have left members out, and one that the document requires then throws an
    /// <see cref="InvalidOperationException"/> when it is read. <see cref="ServiceException.Error"/> holds what came.
    /// </summary>
    public TError Details { get; }
}

/// <summary>
/// The service answered 304, which its document describes: what was asked for has not changed since the caller got it. <see
/// cref="Operations.CallOptions.OnResponse"/> gives the headers.
/// </summary>
public sealed class NotModifiedException : ServiceException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="provider">The provider.</param>
    public NotModifiedException(string provider)
        : base(provider, HttpStatusCode.NotModified, new ServiceError { Message = "what was asked for has not changed" })
    {
    }
}

/// <summary>There was no usable answer: no connection, a broken one, none in time, or one that is not what it says.</summary>
public sealed class TransportException : ZoetropeException
{
    /// <summary>Makes the exception.</summary>
    public TransportException(string message, TransportFailure failure, Exception? innerException = null)
        : base(message, innerException) => Failure = failure;

    /// <summary>What went wrong.</summary>
    public TransportFailure Failure { get; }

    /// <summary>The HTTP status that came; null when none did.</summary>
    public HttpStatusCode? StatusCode { get; internal set; }

    /// <summary>The service's id of the exchange, for its support; null when none came.</summary>
    public string? RequestId { get; internal set; }

    /// <summary>
    /// Where a redirect leads (<see cref="TransportFailure.Redirected"/>), as an absolute URL; null where it does not say. It may hold secrets, such as a
    /// signature.
    /// </summary>
    public Uri? Location { get; internal init; }

    /// <summary>
    /// What came of the response's body, as far as it came: without its compression and without the key, and otherwise as it was. Empty when nothing came. A
    /// result that was paid for and is not of the form that is needed is here.
    /// </summary>
    public ReadOnlyMemory<byte> Body { get; internal set; }

    /// <summary>
    /// <see cref="Body"/> as JSON: where it is none, a text is a string, and a file is a string with its <c>data:</c> URI. Null where nothing came, where it is
    /// a page, and where it broke off.
    /// </summary>
    public RawJson? Raw => Response?.ResultOf(Body);

    /// <summary>The response; null when none came.</summary>
    internal IReceivedResponse? Response { get; set; }

    /// <summary>What came, in whatever form: a page or broken JSON as a string, nothing as null.</summary>
    internal RawJson RawOrText() => Raw ?? (Body.IsEmpty ? RawJson.Null : Charsets.Read(Body.Span, Response?.Charset));
}

/// <summary>What an exception keeps of the response that it is about.</summary>
internal interface IReceivedResponse
{
    /// <summary>The charset that its headers state, or null.</summary>
    string? Charset { get; }

    /// <summary>What arrived of its body, as the JSON of a result: see <see cref="TransportException.Raw"/>.</summary>
    RawJson? ResultOf(ReadOnlyMemory<byte> body);
}

/// <summary>The ways in which there can be no usable answer.</summary>
public enum TransportFailure
{
    /// <summary>No connection was made: nothing was sent.</summary>
    NotConnected,

    /// <summary>The connection broke after something may have been sent.</summary>
    Broken,

    /// <summary>No answer came in time.</summary>
    TimedOut,

    /// <summary>The answer is a redirect, which is not followed.</summary>
    Redirected,

    /// <summary>The answer is larger than allowed.</summary>
    TooLarge,

    /// <summary>The answer is not what the protocol says.</summary>
    Malformed,

    /// <summary>The client refused to send the request: the key may not go to its address, or a header is not allowed. Nothing was sent.</summary>
    Refused,

    /// <summary>
    /// A handler of the user's <see cref="ClientOptions.HttpClient"/>, such as one that retries or hedges, was to send the request a second time, which was
    /// refused because it could be billed twice. What became of the first sending is not known.
    /// </summary>
    Repeated,
}

/// <summary>A submit failed. <see cref="WasNotAccepted"/> says whether a job may exist, and be billed, all the same.</summary>
public class SubmitException : ZoetropeException
{
    /// <summary>Makes the exception.</summary>
    public SubmitException(string provider, string endpointId, bool surelyNotAccepted, int attempts, ZoetropeException reason, JobHandle? handle = null)
        : base($"{WhatIsKnown(provider, endpointId, surelyNotAccepted, handle)} {reason.Message}", reason)
    {
        Provider = provider;
        EndpointId = endpointId;
        WasNotAccepted = surelyNotAccepted;
        Attempts = attempts;
        Handle = handle;
    }

    // Of a submit that was never sent.
    private protected SubmitException(string message, string provider, string endpointId)
        : base(message)
    {
        Provider = provider;
        EndpointId = endpointId;
        WasNotAccepted = true;
    }

    /// <summary>The provider.</summary>
    public string Provider { get; }

    /// <summary>The id of the model.</summary>
    public string EndpointId { get; }

    /// <summary>True when no job can exist: submitting once more cannot pay twice.</summary>
    public bool WasNotAccepted { get; }

    /// <summary>How many times it was sent; more than once only when those before surely were not accepted, and 0 when it never was.</summary>
    public int Attempts { get; }

    /// <summary>
    /// The job, when the response named it before it broke off or turned out unusable: it was accepted, and can be resumed. Null when nothing named it.
    /// </summary>
    public JobHandle? Handle { get; }

    /// <summary>The provider's id of the exchange, for its support and its list of requests; null when none came.</summary>
    public string? RequestId => Service?.Error.RequestId ?? (InnerException as TransportException)?.RequestId;

    /// <summary>What the provider said, when it answered with an error.</summary>
    public ServiceException? Service => InnerException as ServiceException;

    private static string WhatIsKnown(string provider, string endpointId, bool surelyNotAccepted, JobHandle? handle)
    {
        if (handle is not null)
            return $"{provider} accepted the job for {endpointId}, but its response is not usable. The job can be resumed: {handle}.";
        return surelyNotAccepted
            ? $"{provider} did not accept the job for {endpointId}."
            : $"Whether {provider} accepted the job for {endpointId} is not known, so it was not sent again: "
                + "look at the provider's list of requests before submitting once more.";
    }
}

/// <summary>The caller cancelled while a submit was on its way. Whether a job exists, and is billed, is not known.</summary>
public sealed class SubmitCanceledException(string provider, string endpointId, CancellationToken token)
    : OperationCanceledException(
        $"The submit to {provider} for {endpointId} was cancelled while it was on its way: the job may exist all the same. "
        + "Look at the provider's list of requests before submitting once more.",
        token)
{
    /// <summary>The provider.</summary>
    public string Provider { get; } = provider;

    /// <summary>The id of the model.</summary>
    public string EndpointId { get; } = endpointId;
}
