using System.Net;

namespace Zoetrope.Errors;

/// <summary>
/// The service responded with 304, which its specification describes: the resource has not changed since the caller received it. <see
/// cref="Operations.CallOptions.OnResponse"/> receives the headers.
/// </summary>
public sealed class NotModifiedException : ServiceException
{
    /// <summary>Initializes a new instance of the <see cref="NotModifiedException"/> class.</summary>
    /// <param name="provider">The provider.</param>
    public NotModifiedException(string provider)
        : base(provider, HttpStatusCode.NotModified, new ServiceError { Message = "the requested resource has not changed" })
    {
    }
}
