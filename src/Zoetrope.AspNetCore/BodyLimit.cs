using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Zoetrope.AspNetCore;

/// <summary>The server's own limit of bodies, beside that of an endpoint.</summary>
internal static class BodyLimit
{
    private const int Slack = 64 * 1024;

    /// <summary>
    /// Lets the server read somewhat more than the endpoint takes, so that it is the endpoint that refuses what is too large: where the server does, it closes
    /// the connection, and the sender often sees no response.
    /// </summary>
    public static void Raise(HttpContext context, long limit)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } feature && feature.MaxRequestBodySize - Slack < limit)
            feature.MaxRequestBodySize = limit + Slack;
    }
}
