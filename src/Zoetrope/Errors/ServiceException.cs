using System.Net;
using Zoetrope.Time;

namespace Zoetrope.Errors;

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
