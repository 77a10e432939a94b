using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace Zoetrope.Cli.Pages;

/// <summary>
/// Who may use the page: everybody who has the address that was printed. Its token is kept in a cookie; a program sends it as <c>Authorization: Bearer
/// TOKEN</c>. The page is below a random path, and the cookie is only for it: browsers send the cookies of 127.0.0.1 to every port of it.
/// </summary>
/// <param name="command">The command that serves the page.</param>
/// <param name="isReadOnly">Whether the page only shows; else it may also send with POST, which other pages cannot.</param>
internal sealed class RequestGuard(string command, bool isReadOnly)
{
    private const string Parameter = "token";

    /// <summary>The token.</summary>
    public string Token { get; } = RandomNumberGenerator.GetHexString(64, lowercase: true);

    /// <summary>The path that the page is below, without a slash at its end.</summary>
    public PathString Root { get; } = "/" + RandomNumberGenerator.GetHexString(32, lowercase: true);

    /// <summary>The path and query that the page is opened with.</summary>
    public string Location => $"{Root}/?{Parameter}={Token}";

    /// <summary>Decides on a request, and leaves it with the path below the root. Where it opens the page, the response sets the cookie.</summary>
    /// <returns>Null where it may be responded to; otherwise the status and the reason.</returns>
    public (int Status, string Reason)? Refuse(HttpContext context)
    {
        var request = context.Request;
        if (!LoopbackRequests.IsToThisMachine(request))
            return ((int)HttpStatusCode.MisdirectedRequest, "This page is only at 127.0.0.1.");
        var changes = HttpMethods.IsPost(request.Method);
        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method) && (isReadOnly || !changes))
        {
            context.Response.Headers.Allow = isReadOnly ? "GET, HEAD" : "GET, HEAD, POST";
            return ((int)HttpStatusCode.MethodNotAllowed, isReadOnly
                ? "This page only shows: GET and HEAD are what it responds to."
                : "GET, HEAD and POST are what this page responds to.");
        }
        if (request.Path.StartsWithSegments(Root, StringComparison.Ordinal, out var below))
            (request.PathBase, request.Path) = (Root, below);
        var opens = request.PathBase == Root && request.Path == "/" && IsToken(request.Query[Parameter]);
        // Browsers say where a request comes from, and only opening the page may be asked for by others.
        if (request.Headers["Sec-Fetch-Site"].ToString() is not ("" or "same-origin" or "none") && !opens)
            return ((int)HttpStatusCode.Forbidden, "This page is not there for other sites.");
        // Every browser names the origin of a POST; another one on this machine has another port.
        var origin = request.Headers.Origin.ToString();
        if (changes && origin != $"http://{request.Host.Value}" && !(origin.Length == 0 && HasToken(request)))
            return ((int)HttpStatusCode.Forbidden, "This page is not there for other sites.");
        var cookie = string.Create(CultureInfo.InvariantCulture, $"zoetrope-{context.Connection.LocalPort}");
        if (opens)
        {
            context.Response.Cookies.Append(
                cookie, Token, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, Path = $"{Root}/", IsEssential = true });
            return null;
        }
        return IsToken(request.Cookies[cookie]) || HasToken(request)
            ? null
            : ((int)HttpStatusCode.Forbidden, $"Open the address that `{command}` printed: it has the token of this page.");
    }

    private bool HasToken(HttpRequest request) => LoopbackRequests.HasToken(request, Token);

    private bool IsToken(string? text) => LoopbackRequests.IsToken(text, Token);
}
