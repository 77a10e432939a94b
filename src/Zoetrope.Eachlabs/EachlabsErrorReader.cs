using Zoetrope.Errors;
using Zoetrope.Http;
using Zoetrope.Providers;

namespace Zoetrope.Eachlabs;

/// <summary>Reads the errors of Eachlabs. What its documents say of the bodies differs from page to page, so all forms are taken.</summary>
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
            // An empty object is what some refusals are documented to be; only the HTTP status tells then.
            Message = (response.Json is null ? ErrorText.FromBody(response.Body.Span) : null) ?? "no explanation was given",
            RequestId = requestId,
            Body = response.Json,
        };
    }
}
