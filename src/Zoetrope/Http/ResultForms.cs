using System.Net;
using System.Text;

namespace Zoetrope.Http;

/// <summary>
/// Whether a response with a 2xx status is a result, also where it is not JSON. A job can deliver a text, a page, a file or nothing, and asking for it again
/// gives the same; what stands in for a result passes, and is asked for again. So a response that is not JSON is final when
/// <list type="bullet">
/// <item>its status is 200, 201 or 203, or 204 (an empty result), and not 202 ("not yet") or 206 (a part);</item>
/// <item>its body is as long as its headers, its chunks or its HTTP/2 frames say, because it could be the beginning of one otherwise;</item>
/// <item>it does not claim to be JSON: JSON that cannot be read was probably cut off, and an empty body with the media type of JSON lacks one;</item>
/// <item>it is not the page of a gateway: HTML without a request id of the provider, which names a gateway or says what gateways say;</item>
/// <item>no <c>Retry-After</c> asks to come again.</item>
/// </list>
/// </summary>
internal static class ResultForms
{
    private const int Looked = 4096;

    // In one text, which takes less of an app than a list of them.
    private const string GatewayWords =
        "nginx|openresty|cloudflare|cloudfront|haproxy|varnish|envoy|traefik|akamai|gateway|proxy error|captcha|service unavailable|temporarily unavailable"
        + "|internal server error|maintenance|try again|sign in|log in|just a moment";

    /// <summary>Whether a body that is not JSON is the result.</summary>
    /// <param name="response">The response.</param>
    /// <param name="text">The body as text; null where it is a file.</param>
    public static bool IsFinal(TransportResponse response, string? text)
    {
        if (response.Header("Retry-After") is not null)
            return false;
        if (response.StatusCode == HttpStatusCode.NoContent)
            return response.Body.IsEmpty;
        if (response.StatusCode is not (HttpStatusCode.OK or HttpStatusCode.Created or HttpStatusCode.NonAuthoritativeInformation))
            return false;
        var type = response.ContentType;
        if (!response.IsDelimited || IsJson(type))
            return false;
        // A page of a gateway may be in another charset than it says.
        text ??= IsProse(type) ? Encoding.Latin1.GetString(response.Body.Span) : null;
        if (text is null)
            return true;
        var start = text.AsSpan().TrimStart();
        if (start.IsEmpty)
            return type is not null || response.HasProvidersRequestId;
        if (start[0] is '{' or '[' or '"')
            return IsProse(type);
        return start[0] != '<' || response.HasProvidersRequestId || !IsOfGateway(start);
    }

    private static bool IsJson(string? type) =>
        type is not null && (type.EndsWith("/json", StringComparison.OrdinalIgnoreCase) || type.EndsWith("+json", StringComparison.OrdinalIgnoreCase));

    // Texts may begin with a bracket or a quotation mark, too.
    private static bool IsProse(string? type) => type is not null && type.StartsWith("text/", StringComparison.OrdinalIgnoreCase);

    private static bool IsOfGateway(ReadOnlySpan<char> page)
    {
        var text = page[..Math.Min(page.Length, Looked)].ToString().ToLowerInvariant();
        foreach (var word in GatewayWords.Split('|'))
        {
            if (text.Contains(word, StringComparison.Ordinal))
                return true;
        }
        return false;
    }
}
