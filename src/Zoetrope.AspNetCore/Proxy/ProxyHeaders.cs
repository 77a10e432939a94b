using System.Net.Http.Headers;
using System.Reflection;
using Microsoft.AspNetCore.Http;

namespace Zoetrope.AspNetCore.Proxy;

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

    // Besides fal's own. Any other would act on the app: on its connections, cookies, CORS, logins, caches and policies, or on a server before it, to which
    // X-Accel-Redirect and its like are commands.
    private static readonly HashSet<string> _passed =
        new(StringComparer.OrdinalIgnoreCase) { "Content-Type", "Content-Disposition", "Content-Language", "Retry-After" };

    /// <summary>Copies the headers of a browser's request that are for fal.</summary>
    /// <returns>Why the request is refused; null where it is not.</returns>
    public static string? CopyRequest(IHeaderDictionary from, HttpRequestHeaders to)
    {
        foreach (var (name, values) in from)
        {
            if (!IsFals(name) || name.Equals(Target, StringComparison.OrdinalIgnoreCase) || name.Equals(Client, StringComparison.OrdinalIgnoreCase))
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
        foreach (var (name, values) in from.Headers.NonValidated.Concat(from.Content.Headers.NonValidated))
        {
            // The server refuses to send what is not ASCII.
            if ((IsFals(name) || _passed.Contains(name)) && values.All(IsPlain))
                to[name] = Array.ConvertAll([.. values], filter.Mask);
        }
        // A server before the app would otherwise wait until it has more.
        to["X-Accel-Buffering"] = "no";
        // All targets have one address, so that a cache would give the response of one for another.
        to.CacheControl = "no-store";
        to.XContentTypeOptions = "nosniff";
    }

    private static bool IsFals(string name) =>
        name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) || name.StartsWith(AppPrefix, StringComparison.OrdinalIgnoreCase);

    private static string Plain(string value, string otherwise) => value.Length > 0 && IsPlain(value) ? value : otherwise;

    /// <summary>Whether a value contains only characters that every header may have.</summary>
    public static bool IsPlain(string value) => value.AsSpan().IndexOfAnyExceptInRange(' ', '~') < 0;
}
