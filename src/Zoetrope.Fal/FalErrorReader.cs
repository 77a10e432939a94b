using Zoetrope.Errors;
using Zoetrope.Http;
using Zoetrope.Providers;

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
            Retryable = Retryable(response, body),
            Body = response.Json,
        };
    }

    // Three locations, of which newer documents name the second; a hint in any of them that a retry may succeed is accepted.
    private static bool? Retryable(TransportResponse response, ErrorBody body)
    {
        var retryable = ProtocolJson.Flag(response.Header("X-Fal-Retryable"));
        var needsRetry = ProtocolJson.Flag(response.Header("X-Fal-Needs-Retry"));
        return retryable == true || needsRetry == true || body.Retryable == true ? true : retryable ?? needsRetry ?? body.Retryable;
    }

    private static bool IsStartTimeout(TransportResponse response) =>
        string.Equals(response.Header(FalResponseFacts.TimeoutTypeHeader), "user", StringComparison.OrdinalIgnoreCase);
}
