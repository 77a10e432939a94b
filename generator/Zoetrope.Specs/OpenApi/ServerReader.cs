using System.Text;
using Zoetrope.Specs.Diagnostics;
using Zoetrope.Specs.Json;
using Zoetrope.Specs.Model;
using Zoetrope.Specs.Providers;

namespace Zoetrope.Specs.OpenApi;

/// <summary>Reads where an API is, and to which provider it belongs.</summary>
internal static class ServerReader
{
    /// <summary>The absolute URLs of a list of servers; what is left out is reported.</summary>
    public static EquatableArray<string> Read(JsonNode servers, List<SpecProblem> problems)
    {
        var urls = new List<string>();
        foreach (var server in servers)
        {
            if (server["url"].String is not { } template)
                problems.Add(Problems.BadKeyword.At(server.Range, "servers", "an array of objects with a string 'url'"));
            else if (Fill(template, server["variables"], out var missing) is not { } url)
                problems.Add(Problems.ServerLeftOut.At(server["url"].Range, template, $"its variable '{missing}' has no default"));
            else if (!IsHttp(url))
                problems.Add(
                    Problems.ServerLeftOut.At(server["url"].Range, template, "it is not an absolute http or https URL without user, query and fragment"));
            else if (url.TrimEnd('/') is var trimmed && !urls.Contains(trimmed))
                urls.Add(trimmed);
        }
        return urls.ToEquatableArray();
    }

    /// <summary>The provider that a server's host belongs to; null where it belongs to none that is known.</summary>
    public static DocumentProfile? OwnerOf(string? url) => DocumentProfiles.OfHost(HostOf(url));

    /// <summary>The name of the provider that a server's host belongs to, or null.</summary>
    public static string? ProviderOf(string? url) => OwnerOf(url)?.Name;

    /// <summary>The host of an absolute URL in lower case, or null.</summary>
    public static string? HostOf(string? url) => Uri.TryCreate(url, UriKind.Absolute, out var parsed) ? parsed.Host : null;

    private static bool IsHttp(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var parsed) && (parsed.Scheme == Uri.UriSchemeHttps || parsed.Scheme == Uri.UriSchemeHttp)
        && parsed.UserInfo.Length == 0 && url.IndexOfAny(['?', '#']) < 0;

    /// <summary>Puts the defaults of variables into a URL; null when one has none.</summary>
    private static string? Fill(string template, JsonNode variables, out string missing)
    {
        missing = "";
        var filled = new StringBuilder();
        var position = 0;
        while (position < template.Length)
        {
            var open = template.IndexOf('{', position);
            var close = open < 0 ? -1 : template.IndexOf('}', open);
            if (close < 0)
                break;
            missing = template.Substring(open + 1, close - open - 1);
            if (variables[missing]["default"].String is not { } value)
                return null;
            filled.Append(template, position, open - position).Append(value);
            position = close + 1;
        }
        return filled.Append(template, position, template.Length - position).ToString();
    }
}
