using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Zoetrope.Cli.Pages;

/// <summary>
/// Limits what one response has of a file. A browser that shows a video asks for all from a position on, and leaves the response open while it plays or is
/// paused; of one server it opens six at most, and a gallery would keep the page itself from asking anything.
/// </summary>
internal static class FileParts
{
    /// <summary>The maximum number of bytes of a part whose end the request leaves open.</summary>
    public const long Longest = 2 << 20;

    /// <summary>Gives a range that is open at its end one. Its response says which part it is, and the rest is asked for when it is needed.</summary>
    public static void Limit(HttpRequest request)
    {
        // With more ranges than one, a server may respond as it likes: the whole file.
        if (request.GetTypedHeaders().Range is { Ranges.Count: 1 } range && range.Ranges.First() is { From: { } from, To: null }
            && from <= long.MaxValue - Longest)
        {
            request.Headers.Range = new RangeHeaderValue(from, from + Longest - 1).ToString();
        }
    }
}
