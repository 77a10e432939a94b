using System.Net.Http.Headers;
using System.Reflection;
using Microsoft.AspNetCore.Http;

namespace Zoetrope.AspNetCore;

/// <summary>Which headers pass, in each direction.</summary>
internal static class ProxyHeaders
{
    /// <summary>The header with the target of a request.</summary>
    public const string Target = "x-fal-target-url";

    private const string Client = "x-fal-client-proxy";
    private const string Prefix = "x-fal-";
    private const string AppPrefix = "x-app-fal-";

    private static readonly string _name =
        "zoetrope-aspnetcore/" + typeof(ProxyHeaders).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0];

    // What belongs to a connection (RFC 9110, section 7.6.1) or frames a message; what would act on the app's own origin: its cookies, its CORS, its logins,
    // its security policy; and what would let a cache mix up targets, which are not in the address.
    private static readonly HashSet<string> _dropped = new(StringComparer.OrdinalIgnoreCase)
    {
        "Connection", "Keep-Alive", "Proxy-Authenticate", "Proxy-Authorization", "Proxy-Connection", "TE", "Trailer", "Transfer-Encoding", "Upgrade",
        "Content-Length", "Content-Encoding", "Set-Cookie", "Set-Cookie2", "WWW-Authenticate", "Authorization", "Strict-Transport-Security", "Clear-Site-Data",
        "Content-Security-Policy", "Public-Key-Pins", "Alt-Svc", "Report-To", "Reporting-Endpoints", "NEL", "Server", "Date", "Via", "Location", "Refresh",
        "Service-Worker-Allowed", "SourceMap", "Cache-Control", "Age", "ETag", "Expires", "Last-Modified", "Vary", "Pragma",
    };

    /// <summary>Copies the headers of a browser's request that are for fal.</summary>
    /// <returns>Why the request is refused; null where it is not.</returns>
    public static string? CopyRequest(IHeaderDictionary from, HttpRequestHeaders to)
    {
        foreach (var (name, values) in from)
        {
            var isForFal = name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) || name.StartsWith(AppPrefix, StringComparison.OrdinalIgnoreCase);
            if (!isForFal || name.Equals(Target, StringComparison.OrdinalIgnoreCase) || name.Equals(Client, StringComparison.OrdinalIgnoreCase))
                continue;
            var value = values.ToString();
            if (!IsPlain(value))
                return $"The header {name} contains characters that are not valid in a header.";
            to.TryAddWithoutValidation(name, value);
        }
        to.TryAddWithoutValidation(Client, _name);
        to.TryAddWithoutValidation("Accept", Plain(from.Accept.ToString(), "application/json"));
        to.TryAddWithoutValidation("User-Agent", Plain(from.UserAgent.ToString(), _name));
        return null;
    }

    /// <summary>Copies the headers of fal's response that are for the browser, without the key.</summary>
    public static void CopyResponse(HttpResponseMessage from, IHeaderDictionary to, KeyFilter filter)
    {
        var named = from.Headers.Connection.ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, values) in from.Headers.NonValidated.Concat(from.Content.Headers.NonValidated))
        {
            var isDropped = _dropped.Contains(name) || named.Contains(name) || name.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase);
            // The server refuses to send what is not ASCII.
            if (!isDropped && values.All(IsPlain))
                to[name] = Array.ConvertAll([.. values], filter.Mask);
        }
        // All targets have one address, so that a cache would give the response of one for another.
        to.CacheControl = "no-store";
        to.XContentTypeOptions = "nosniff";
    }

    private static string Plain(string value, string otherwise) => value.Length > 0 && IsPlain(value) ? value : otherwise;

    /// <summary>Whether a value contains only characters that every header may have.</summary>
    public static bool IsPlain(string value) => value.AsSpan().IndexOfAnyExceptInRange(' ', '~') < 0;
}
