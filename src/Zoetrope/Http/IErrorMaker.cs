using System.Net;
using Zoetrope.Errors;

namespace Zoetrope.Http;

/// <summary>Creates the exceptions of errors that a service responds with.</summary>
internal interface IErrorMaker
{
    /// <summary>Creates the exception of an error; null for a plain <see cref="ServiceException"/>.</summary>
    ServiceException? MakeError(string provider, HttpStatusCode status, ServiceError error, TimeSpan? retryAfter);
}
