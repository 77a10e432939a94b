using System.Text.Json;
using Zoetrope.Protocol;

namespace Zoetrope.Fal;

/// <summary>Reads the errors of fal's queue, runners, apps and gateways, in the body and in the headers.</summary>
public sealed class FalErrorReader : IServiceErrorReader
{
    /// <summary>The header with the id of the exchange.</summary>
    internal const string RequestIdHeader = "x-fal-request-id";

    /// <inheritdoc/>
    public ServiceError Read(TransportResponse response)
    {
        ArgumentNullException.ThrowIfNull(response);
        var body = ErrorBody.Read(response);
        var type = body.Type ?? response.Header("X-Fal-Error-Type") ?? body.FieldsType ?? body.Status;
        var message = body.Explain(type);
        if (IsStartTimeout(response))
        {
            type ??= "request_timeout";
            message += " (the start timeout of the submit ended the job)";
        }
        return new ServiceError
        {
            Message = message,
            Type = type,
            Fields = body.Fields,
            RequestId = response.Header(RequestIdHeader) ?? body.RequestId,
            Retryable = ProtocolJson.Flag(response.Header("X-Fal-Retryable")) ?? ProtocolJson.Flag(response.Header("X-Fal-Needs-Retry")),
            Body = response.Json,
        };
    }

    /// <summary>The <c>status</c> of an error body, such as <c>ALREADY_COMPLETED</c>.</summary>
    internal static string? StatusOf(ServiceError error) =>
        error.Body is { Kind: JsonValueKind.Object } body ? ErrorBody.Read(body).Status : null;

    private static bool IsStartTimeout(TransportResponse response) =>
        string.Equals(response.Header("X-Fal-Request-Timeout-Type"), "user", StringComparison.OrdinalIgnoreCase);
}
