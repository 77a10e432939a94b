using System.Net;
using Microsoft.AspNetCore.Http;
using Zoetrope.Cli.Pages;

namespace Zoetrope.Cli.Mcp.Serving;

/// <summary>Who may use the server: a program of this machine that has the token. No page of a browser, except of this origin.</summary>
/// <param name="token">The token.</param>
internal sealed class HttpGuard(string token)
{
    /// <summary>Decides on a request.</summary>
    /// <returns>Null where it may be responded to; otherwise the status and the reason.</returns>
    public (HttpStatusCode Status, string Reason)? Refuse(HttpRequest request)
    {
        if (!LoopbackRequests.IsToThisMachine(request))
            return (HttpStatusCode.MisdirectedRequest, "This server is only at 127.0.0.1.");
        // Browsers say where a request comes from; other programs do not.
        var origin = request.Headers.Origin.ToString();
        if (origin.Length > 0 && origin != $"http://{request.Host}")
            return (HttpStatusCode.Forbidden, "This server is not there for pages of other sites.");
        return LoopbackRequests.HasToken(request, token)
            ? null
            : (HttpStatusCode.Unauthorized, "Send the token of this server as `Authorization: Bearer TOKEN`.");
    }
}
