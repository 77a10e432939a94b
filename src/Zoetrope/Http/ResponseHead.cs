using System.Net.Http.Headers;
using Zoetrope.Text;

namespace Zoetrope.Http;

/// <summary>Reads the head of a response.</summary>
internal static class ResponseHead
{
    private const int LongestRequestId = 200;
    private const string Json = "application/json";

    /// <summary>Returns the response without its body.</summary>
    /// <param name="response">The response.</param>
    /// <param name="provider">The provider's name, which is in the name of the header with its id.</param>
    /// <param name="redactor">Removes the key from what the service echoes.</param>
    public static TransportResponse Of(HttpResponseMessage response, string provider, KeyRedactor redactor)
    {
        var content = response.Content.Headers;
        var type = content.ContentType;
        // .NET does not parse invalid values, such as two types in one header.
        var mediaType = type?.MediaType
            ?? (content.NonValidated.TryGetValues("Content-Type", out var values) ? values.ToString().Split(';', ',')[0].Trim() : null);
        var requestId = RequestIdOf(response.Headers, provider, redactor, out var isProviders);
        // Nearly all responses are of this type, which no key can be in.
        return new TransportResponse(response.StatusCode, default, response.Headers, mediaType == Json ? Json : redactor.Redact(mediaType))
        {
            Redactor = redactor,
            ContentHeaders = content,
            Charset = type?.CharSet,
            RequestId = requestId,
            HasProvidersRequestId = isProviders,
            IsDelimited = response.Version.Major >= 2
                || response.Headers.NonValidated.Contains("Transfer-Encoding")
                || content.NonValidated.Contains("Content-Length"),
        };
    }

    // Gateways add ids of their own; the provider's takes precedence.
    private static string? RequestIdOf(HttpResponseHeaders headers, string provider, KeyRedactor redactor, out bool isProviders)
    {
        string? first = null;
        isProviders = false;
        foreach (var (name, values) in headers.NonValidated)
        {
            if (!name.EndsWith("request-id", StringComparison.OrdinalIgnoreCase) || values.Count == 0)
                continue;
            var id = MessageText.Short(redactor.Redact(values.ToString()), LongestRequestId);
            isProviders = name.Contains(provider, StringComparison.OrdinalIgnoreCase);
            if (isProviders)
                return id;
            first ??= id;
        }
        return first;
    }
}
