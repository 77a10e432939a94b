using System.Net;

namespace Zoetrope.Errors;

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
