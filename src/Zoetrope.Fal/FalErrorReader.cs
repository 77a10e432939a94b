using System.Text.Json;
using Zoetrope.Json;
using Zoetrope.Protocol;

namespace Zoetrope.Fal;

/// <summary>Reads the errors of fal's queue, runners, apps and gateways, in the body and in the headers.</summary>
public sealed class FalErrorReader : IServiceErrorReader
{
    /// <summary>The header with the id of the exchange.</summary>
    internal const string RequestIdHeader = "x-fal-request-id";

    private const string NotValid = "The input is not valid";

    /// <inheritdoc/>
    public ServiceError Read(TransportResponse response)
    {
        ArgumentNullException.ThrowIfNull(response);
        var body = response.Json is { } json ? FalErrorBody.Read(json) : new FalErrorBody { Message = ErrorText.FromBody(response.Body.Span) };
        var type = body.Type ?? response.Header("X-Fal-Error-Type") ?? CommonType(body.Fields) ?? body.Status;
        var message = Message(body, type);
        if (IsStartTimeout(response))
        {
            type ??= "request_timeout";
            message += " (the start timeout of the submit ended the job)";
        }
        return new ServiceError
        {
            Message = message,
            Type = type,
            Fields = body.Fields ?? (IReadOnlyList<FieldError>)[],
            RequestId = response.Header(RequestIdHeader) ?? body.RequestId,
            Retryable = ProtocolJson.Flag(response.Header("X-Fal-Retryable")) ?? ProtocolJson.Flag(response.Header("X-Fal-Needs-Retry")),
            Body = response.Json,
        };
    }

    /// <summary>The <c>status</c> of an error body, such as <c>ALREADY_COMPLETED</c>.</summary>
    internal static string? StatusOf(ServiceError error) =>
        error.Body is { Kind: JsonValueKind.Object } body ? FalErrorBody.Read(body).Status : null;

    private static bool IsStartTimeout(TransportResponse response) =>
        string.Equals(response.Header("X-Fal-Request-Timeout-Type"), "user", StringComparison.OrdinalIgnoreCase);

    private static string Message(FalErrorBody body, string? type)
    {
        if (!string.IsNullOrWhiteSpace(body.Message))
            return body.Message;
        // A problem that names no field is the message itself; problems of fields are shown after it, each with its path.
        return body.Fields switch
        {
            [{ Path.Length: 0 } only] => only.Message,
            { Count: > 0 } => NotValid,
            _ => type ?? "no explanation was given",
        };
    }

    private static string? CommonType(List<FieldError>? fields)
    {
        if (fields is null)
            return null;
        foreach (var field in fields)
        {
            if (field.Type != fields[0].Type)
                return null;
        }
        return fields[0].Type;
    }
}
