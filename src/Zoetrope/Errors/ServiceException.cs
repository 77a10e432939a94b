using System.Net;
using Zoetrope.Time;

namespace Zoetrope.Errors;

/// <summary>A provider responded with an error, or the storage that it named for a file.</summary>
public class ServiceException : ZoetropeException
{
    /// <summary>Initializes a new instance of the <see cref="ServiceException"/> class.</summary>
    public ServiceException(string provider, HttpStatusCode statusCode, ServiceError error, TimeSpan? retryAfter = null)
        : base($"{provider} responded with {(int)statusCode}: {error}{WaitOf(retryAfter)}")
    {
        Provider = provider;
        StatusCode = statusCode;
        Error = error;
        Response = error.Response;
        RetryAfter = retryAfter;
    }

    /// <summary>The provider; the host of the storage where a file was sent to that.</summary>
    public string Provider { get; }

    /// <summary>The HTTP status.</summary>
    public HttpStatusCode StatusCode { get; }

    /// <summary>The error that the provider reported.</summary>
    public ServiceError Error { get; }

    /// <summary>
    /// How long the provider asks to wait (<c>Retry-After</c>), however long that is; null where it does not say. A date is relative to the response's own
    /// <c>Date</c>.
    /// </summary>
    public TimeSpan? RetryAfter { get; }

    private static string WaitOf(TimeSpan? asked) => RetryAfterHeader.IsTooLong(asked) ? $"; it asks to wait {asked.ToString()} before the next request" : "";
}

/// <summary>A provider responded with an error of a type that its specification describes.</summary>
/// <typeparam name="TError">The type of the error.</typeparam>
public class ServiceException<TError> : ServiceException
{
    /// <summary>Initializes a new instance of the <see cref="ServiceException{TError}"/> class.</summary>
    public ServiceException(string provider, HttpStatusCode statusCode, ServiceError error, TError details, TimeSpan? retryAfter = null)
        : base(provider, statusCode, error, retryAfter) => Details = details;

    /// <summary>
    /// The error as the specification describes it. It is read leniently: the service may have omitted members, and a required member that is missing throws an
    /// <see cref="InvalidOperationException"/> when it is accessed. <see cref="ServiceException.Error"/> holds what was received.
    /// </summary>
    public TError Details { get; }
}
