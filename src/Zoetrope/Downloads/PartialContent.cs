using System.Net;
using System.Net.Http.Headers;

namespace Zoetrope.Downloads;

/// <summary>Detects responses that are only a part of what was requested, and those that are the part that was.</summary>
internal static class PartialContent
{
    // RFC 9110, 8.8.2.2: a date identifies a version only if the file cannot have changed again in the same second.
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(1);

    /// <summary>Whether a response is a part (<c>206</c>, or <c>Content-Range</c> with any status), and not the whole.</summary>
    public static bool IsPart(this HttpResponseMessage response)
    {
        if (response.Content.Headers.ContentRange is not { HasRange: true } range)
            return response.StatusCode == HttpStatusCode.PartialContent;
        return range.From != 0 || (range.HasLength ? range.To != range.Length - 1 : response.StatusCode == HttpStatusCode.PartialContent);
    }

    /// <summary>Requests the rest of a part, provided that the file is still the same.</summary>
    /// <returns>Whether there is a part whose rest can be requested.</returns>
    public static bool RequestRest(this HttpRequestMessage request, PartialDownload part)
    {
        if (part is not { Length: > 0, Validator: { } validator })
            return false;
        request.Headers.Range = new RangeHeaderValue(part.Length, null);
        return request.Headers.TryAddWithoutValidation("If-Range", validator);
    }

    /// <summary>Whether a response to <see cref="RequestRest"/> goes on where the part ends.</summary>
    public static bool IsRestOf(this HttpResponseMessage response, PartialDownload part)
    {
        var headers = response.Content.Headers;
        return response.StatusCode == HttpStatusCode.PartialContent
            && headers.ContentEncoding.Count == 0
            // Without the length of the file nothing says whether this rest is all of it.
            && headers.ContentRange is { Unit: "bytes", HasRange: true, HasLength: true } range
            && range.From == part.Length
            && (headers.ContentLength is not { } length || length == range.To - range.From + 1)
            && response.IsOfVersion(part.Validator!);
    }

    /// <summary>Whether a response to <see cref="RequestRest"/> says that the part is the whole file.</summary>
    public static bool IsNothingAfter(this HttpResponseMessage response, PartialDownload part) =>
        response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable && response.Content.Headers.ContentRange is { HasLength: true, Length: var length }
        && length == part.Length && response.IsOfVersion(part.Validator!);

    /// <summary>By what the rest of a response can be requested if it breaks off; null where it cannot.</summary>
    public static string? ValidatorOf(this HttpResponseMessage response)
    {
        // A body that is encoded, or was decoded on its way, has other positions than the file. Without a length, its end may not be that of the file.
        var headers = response.Content.Headers;
        if (headers.ContentEncoding.Count > 0 || (headers.ContentLength ?? headers.ContentRange?.Length) is null
            || response.Headers.AcceptRanges.Contains("none"))
        {
            return null;
        }
        if (response.Headers.ETag is { IsWeak: false } tag)
            return tag.Tag;
        return headers.LastModified is { } modified && response.Headers.Date - modified >= Settled
            ? modified.ToString("r", System.Globalization.CultureInfo.InvariantCulture)
            : null;
    }

    // A server that ignores If-Range responds for another version. What it says of that is compared as it is, also where it could not be a validator itself.
    private static bool IsOfVersion(this HttpResponseMessage response, string validator)
    {
        var isTag = validator.StartsWith('"');
        HttpHeaders headers = isTag ? response.Headers : response.Content.Headers;
        return !headers.TryGetValues(isTag ? "ETag" : "Last-Modified", out var values) || values.All(value => value == validator);
    }
}
