using System.Net;
using System.Text.Json;
using Zoetrope.Errors;
using Zoetrope.Json;

namespace Zoetrope.CodeGen.Operations;

/// <summary>The type of errors of a range of statuses.</summary>
/// <param name="From">The first status.</param>
/// <param name="To">The last status.</param>
/// <param name="Create">Creates the exception; null when the body has another type.</param>
internal readonly record struct TypedError(int From, int To, TypedError.Maker Create)
{
    /// <summary>Creates the exception of an error that a service responded with.</summary>
    internal delegate ServiceException? Maker(string provider, HttpStatusCode status, ServiceError error, TimeSpan? retryAfter);

    /// <summary>Whether it is the type of errors of a status.</summary>
    public bool Includes(HttpStatusCode status) => Create is not null && From <= (int)status && (int)status <= To;

    /// <summary>Makes none: the specification describes no type.</summary>
    public static ServiceException? Untyped(string provider, HttpStatusCode status, ServiceError error, TimeSpan? retryAfter) => null;

    public static ServiceException? Make<TError>(string provider, HttpStatusCode status, ServiceError error, TimeSpan? retryAfter)
        where TError : IJsonModel<TError>
    {
        if (error.Body is not { } body)
            return null;
        try
        {
            return new ServiceException<TError>(provider, status, error, body.Deserialize<TError>(), retryAfter);
        }
        catch (JsonException)
        {
            // The specification does not describe this body; what could be read of it is reported nevertheless.
            return null;
        }
    }
}
