using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Zoetrope.Cli.LedgerPages;

/// <summary>
/// Who may read the page: whoever has the address that was printed. Its token is kept in a cookie; a program sends it as <c>Authorization: Bearer TOKEN</c>.
/// The page is below a random path, and the cookie is only for it: browsers send the cookies of 127.0.0.1 to every port of it.
/// </summary>
internal sealed class RequestGuard
{
    private const string Parameter = "token";
    private const string Scheme = "Bearer ";

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
        // A name of somebody else's that leads to this machine makes their page one of this origin.
        if (request.Host.Host is not ("127.0.0.1" or "localhost"))
            return ((int)HttpStatusCode.MisdirectedRequest, "This page is only at 127.0.0.1.");
        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method))
        {
            context.Response.Headers.Allow = "GET, HEAD";
            return ((int)HttpStatusCode.MethodNotAllowed, "This page only shows: GET and HEAD are what it responds to.");
        }
        if (request.Path.StartsWithSegments(Root, StringComparison.Ordinal, out var below))
            (request.PathBase, request.Path) = (Root, below);
        var opens = request.PathBase == Root && request.Path == "/" && IsToken(request.Query[Parameter]);
        // Browsers say where a request comes from, and only opening the page may be asked for by others.
        if (request.Headers["Sec-Fetch-Site"].ToString() is not ("" or "same-origin" or "none") && !opens)
            return ((int)HttpStatusCode.Forbidden, "This page is not there for other sites.");
        var cookie = string.Create(CultureInfo.InvariantCulture, $"zoetrope-{context.Connection.LocalPort}");
        if (opens)
        {
            context.Response.Cookies.Append(
                cookie, Token, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, Path = $"{Root}/", IsEssential = true });
            return null;
        }
        var authorization = request.Headers.Authorization.ToString();
        return IsToken(request.Cookies[cookie]) || (authorization.StartsWith(Scheme, StringComparison.Ordinal) && IsToken(authorization[Scheme.Length..]))
            ? null
            : ((int)HttpStatusCode.Forbidden, "Open the address that `zoetrope jobs serve` printed: it has the token of this page.");
    }

    private bool IsToken(string? text) =>
        text is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(text), Encoding.UTF8.GetBytes(Token));
}
