using System.Net;

namespace Zoetrope.Downloads;

/// <summary>Detects responses that are only a part of what was requested.</summary>
internal static class PartialContent
{
    /// <summary>Whether a response is a part (<c>206</c>, or <c>Content-Range</c> with any status), and not the whole.</summary>
    public static bool IsPart(this HttpResponseMessage response)
    {
        if (response.Content.Headers.ContentRange is not { HasRange: true } range)
            return response.StatusCode == HttpStatusCode.PartialContent;
        return range.From != 0 || (range.HasLength ? range.To != range.Length - 1 : response.StatusCode == HttpStatusCode.PartialContent);
    }
}
