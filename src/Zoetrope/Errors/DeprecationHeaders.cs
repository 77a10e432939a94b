using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Zoetrope.Json;

namespace Zoetrope.Errors;

/// <summary>Reads what the headers of a response say of its endpoint's end.</summary>
internal static class DeprecationHeaders
{
    private const int LongestReplacement = 300;

    private static readonly string[] Replacements =
    [
        "replacement", "replaced_by", "replacedBy", "successor", "alternative", "replacement_model", "replacement_endpoint", "new_model", "new_endpoint",
        "use_instead",
    ];

    /// <summary>Whether a response may have a notice: nearly none has, so that this is all that is looked at.</summary>
    public static bool MayBeIn(HttpStatusCode status, IReceivedResponse response) =>
        status == HttpStatusCode.Gone || response.HeaderValues("Deprecation").Any() || response.HeaderValues("Sunset").Any();

    /// <summary>The notice of an error; null where it says nothing.</summary>
    public static DeprecationNotice? Read(ServiceException error, IReceivedResponse response)
    {
        var address = response.Address is { } full ? new Uri(full.GetLeftPart(UriPartial.Path)) : null;
        return Read(error.Provider, null, error.StatusCode, address, response.HeaderValues, error.Error.Body);
    }

    /// <summary>The notice of a response; null where it says nothing.</summary>
    /// <param name="provider">The provider.</param>
    /// <param name="name">The model or the operation; null where it is not known.</param>
    /// <param name="status">The HTTP status.</param>
    /// <param name="address">The address of the request, without its query; null where it is not known.</param>
    /// <param name="valuesOf">Returns the values of a header.</param>
    /// <param name="body">The body of a 410 response, as JSON; null where it is not known.</param>
    public static DeprecationNotice? Read(
        string provider, string? name, HttpStatusCode status, Uri? address, Func<string, IEnumerable<string>> valuesOf, RawJson? body = null)
    {
        var deprecation = valuesOf("Deprecation").FirstOrDefault()?.Trim();
        var sunset = valuesOf("Sunset").FirstOrDefault()?.Trim();
        var isGone = status == HttpStatusCode.Gone;
        var (isDeprecated, since) = Since(deprecation);
        var end = DateOf(sunset);
        if (!isDeprecated && end is null && !isGone)
            return null;
        Uri? successor = null, page = null, sunsetPage = null;
        foreach (var (target, relation) in valuesOf("Link").SelectMany(LinksOf))
        {
            if (!TryResolve(target, address, out var uri))
                continue;
            foreach (var type in relation.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                if (Is(type, "successor-version"))
                    successor ??= uri;
                else if (Is(type, "deprecation"))
                    page ??= uri;
                else if (Is(type, "sunset"))
                    sunsetPage ??= uri;
            }
        }
        var replacement = isGone && body is { } json ? ReplacementIn(json) : null;
        // A job that is no longer kept is gone too, and nothing is deprecated.
        if (!isDeprecated && end is null && successor is null && replacement is null)
            return null;
        return new()
        {
            Provider = provider,
            Name = name,
            Address = address,
            StatusCode = status,
            DeprecatedAt = since,
            Sunset = end,
            Successor = successor,
            Documentation = page ?? sunsetPage,
            Replacement = replacement,
        };
    }

    private static bool Is(string type, string name) => type.Equals(name, StringComparison.OrdinalIgnoreCase);

    /// <summary>RFC 9745 has a date as seconds after an @; drafts of it had a date in words, and "true".</summary>
    private static (bool IsDeprecated, DateTimeOffset? Since) Since(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return default;
        var value = text.Split(';')[0].Trim();
        if (value.StartsWith('@'))
        {
            return long.TryParse(value.AsSpan(1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds)
                ? (true, OfSeconds(seconds))
                : default;
        }
        if (DateOf(text) is { } date)
            return (true, date);
        return value is "?1" || value.Equals("true", StringComparison.OrdinalIgnoreCase) ? (true, null) : default;
    }

    private static DateTimeOffset? OfSeconds(long seconds) =>
        seconds >= DateTimeOffset.MinValue.ToUnixTimeSeconds() && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;

    // The forms of dates in HTTP.
    private static DateTimeOffset? DateOf(string? text) => RetryConditionHeaderValue.TryParse(text, out var parsed) ? parsed.Date : null;

    // Alone, "/v2" would be a file of this machine.
    private static bool TryResolve(string target, Uri? address, out Uri uri) =>
        (address is null ? Uri.TryCreate(target, UriKind.Absolute, out uri!) : Uri.TryCreate(address, target, out uri!)) && uri.Scheme is "https" or "http";

    /// <summary>The targets and relations of a <c>Link</c> header (RFC 8288); those about another context are left out.</summary>
    private static IEnumerable<(string Target, string Relation)> LinksOf(string header)
    {
        var at = 0;
        while ((at = header.IndexOf('<', at)) >= 0)
        {
            var end = header.IndexOf('>', at);
            if (end < 0)
                yield break;
            var target = header[(at + 1)..end];
            at = end + 1;
            string? relation = null;
            var isAboutOther = false;
            while (at < header.Length && header[at] != ',')
            {
                var name = Take(header, ref at, "=,;").Trim();
                var value = at < header.Length && header[at] == '=' ? Value(header, ref at) : "";
                if (name.Equals("rel", StringComparison.OrdinalIgnoreCase))
                    relation ??= value;
                isAboutOther |= name.Equals("anchor", StringComparison.OrdinalIgnoreCase);
                if (at < header.Length && header[at] == ';')
                    at++;
            }
            if (relation is not null && !isAboutOther)
                yield return (target, relation);
        }
    }

    private static string Take(string text, ref int at, string ends)
    {
        var start = at;
        while (at < text.Length && !ends.Contains(text[at]))
            at++;
        return text[start..at];
    }

    private static string Value(string header, ref int at)
    {
        at++;
        while (at < header.Length && header[at] == ' ')
            at++;
        if (at >= header.Length || header[at] != '"')
            return Take(header, ref at, ",;").Trim();
        var text = new StringBuilder();
        for (at++; at < header.Length && header[at] != '"'; at++)
        {
            if (header[at] == '\\' && at + 1 < header.Length)
                at++;
            text.Append(header[at]);
        }
        at = Math.Min(at + 1, header.Length);
        Take(header, ref at, ",;");
        return text.ToString();
    }

    /// <summary>What a body names to use instead, in itself or in its error.</summary>
    private static string? ReplacementIn(RawJson body)
    {
        var reader = body.CreateReader();
        string? found = null;
        while (found is null && reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName || reader.CurrentDepth > 2 || !JsonStrings.TryName(ref reader, out var name))
                continue;
            var isReplacement = false;
            foreach (var one in Replacements)
                isReplacement |= Ascii.Equals(name, one);
            if (isReplacement && reader.Read() && reader.TokenType == JsonTokenType.String)
                _ = JsonStrings.TryText(ref reader, out found);
        }
        return string.IsNullOrWhiteSpace(found) || found.Length > LongestReplacement ? null : found;
    }
}
