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
        var isDeclared = content.NonValidated.TryGetValues("Content-Type", out var values);
        // Nearly all responses are of this type, which no key can be in.
        var isJson = isDeclared && values.Count == 1 && values.ToString() == Json;
        var type = isJson ? null : content.ContentType;
        // .NET does not parse invalid values, such as two types in one header.
        var mediaType = isJson ? Json : type?.MediaType ?? (isDeclared ? values.ToString().Split(';', ',')[0].Trim() : null);
        return new TransportResponse(response.StatusCode, default, response.Headers, mediaType == Json ? Json : redactor.Redact(mediaType))
        {
            Redactor = redactor,
            ContentHeaders = content,
            Charset = type?.CharSet,
            Provider = provider,
            IsFramed = response.Version.Major >= 2,
        };
    }

    /// <summary>The id of an exchange in the headers of its response; null where there is none.</summary>
    /// <param name="headers">The headers.</param>
    /// <param name="provider">The provider's name; null where it is not known.</param>
    /// <param name="redactor">Removes the key from what the service echoes.</param>
    /// <param name="isProviders">Whether the header is named after the provider.</param>
    public static string? RequestIdOf(HttpResponseHeaders? headers, string? provider, KeyRedactor? redactor, out bool isProviders)
    {
        string? first = null;
        isProviders = false;
        if (headers is null || provider is null)
            return null;
        foreach (var (name, values) in headers.NonValidated)
        {
            if (!name.EndsWith("request-id", StringComparison.OrdinalIgnoreCase) || values.Count == 0)
                continue;
            var id = MessageText.Short(redactor is null ? values.ToString() : redactor.Redact(values.ToString()), LongestRequestId);
            // Gateways add ids of their own; the provider's takes precedence.
            isProviders = name.Contains(provider, StringComparison.OrdinalIgnoreCase);
            if (isProviders)
                return id;
            first ??= id;
        }
        return first;
    }
}
