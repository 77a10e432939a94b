using Zoetrope.Errors;
using Zoetrope.Http;
using Zoetrope.Providers;

namespace Zoetrope.Eachlabs;

/// <summary>Reads the errors of Eachlabs. Its documents describe the bodies differently from page to page, so all variants are accepted.</summary>
public sealed class EachlabsErrorReader : IServiceErrorReader
{
    /// <summary>The header with the id of the exchange.</summary>
    internal const string RequestIdHeader = "X-Request-Id";

    /// <inheritdoc/>
    public ServiceError Read(TransportResponse response)
    {
        ArgumentNullException.ThrowIfNull(response);
        var requestId = response.Header(RequestIdHeader);
        var error = response.Json is { } json ? EachlabsErrorBody.Read(json).ToError(json, requestId) : null;
        return error ?? new ServiceError
        {
            // Some rejections are documented as an empty object; then only the HTTP status says what happened.
            Message = (response.Json is null ? ErrorText.FromBody(response.Body.Span) : null) ?? "no explanation was given",
            RequestId = requestId,
            Body = response.Json,
        };
    }
}
