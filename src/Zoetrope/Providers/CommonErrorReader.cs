using Zoetrope.Errors;
using Zoetrope.Http;

namespace Zoetrope.Providers;

/// <summary>Reads the error bodies of services that have no reader of their own (see <see cref="ErrorBody"/>).</summary>
public sealed class CommonErrorReader : IServiceErrorReader
{
    /// <inheritdoc/>
    public ServiceError Read(TransportResponse response)
    {
        ArgumentNullException.ThrowIfNull(response);
        var body = ErrorBody.Read(response);
        var type = body.Type ?? body.FieldsType ?? body.Status;
        return new ServiceError
        {
            Message = body.Explain(type),
            Type = type,
            Fields = body.Fields,
            RequestId = response.HeaderEndingWith("request-id") ?? body.RequestId,
            Retryable = body.Retryable,
            Body = response.Json,
        };
    }
}
