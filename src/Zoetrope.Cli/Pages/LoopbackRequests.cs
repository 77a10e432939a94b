using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Zoetrope.Cli.Pages;

/// <summary>What every server of this tool holds requests to.</summary>
internal static class LoopbackRequests
{
    private const string Scheme = "Bearer ";

    /// <summary>Whether a request names this machine: a name of somebody else's that leads here makes their page one of this origin.</summary>
    public static bool IsToThisMachine(HttpRequest request) => request.Host.Host is "127.0.0.1" or "localhost";

    /// <summary>Whether a request has a token in its header, as programs send it.</summary>
    public static bool HasToken(HttpRequest request, string token)
    {
        var authorization = request.Headers.Authorization.ToString();
        return authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) && IsToken(authorization[Scheme.Length..], token);
    }

    /// <summary>Whether a text is the token, in a time that does not depend on where it differs.</summary>
    public static bool IsToken(string? text, string token) =>
        text is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(text), Encoding.UTF8.GetBytes(token));
}
