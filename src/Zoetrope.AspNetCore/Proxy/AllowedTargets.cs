using Zoetrope.Fal;

namespace Zoetrope.AspNetCore.Proxy;

/// <summary>What an operator allows.</summary>
internal sealed class AllowedTargets(FalProxyOptions options)
{
    private readonly EndpointPattern[] _patterns =
        [.. options.AllowedEndpoints.Select(pattern => EndpointPattern.Parse(pattern, nameof(FalProxyOptions.AllowedEndpoints)))];

    public bool Uploads => options.AllowUploads;

    public bool Tokens => options.AllowTokens;

    public bool Endpoint(string[] endpoint) => Array.Exists(_patterns, pattern => pattern.Allows(endpoint));

    public bool App(string[] app) => Array.Exists(_patterns, pattern => pattern.AllowsApp(app));

    /// <summary>
    /// Whether a token may be for an app: a name alone, as fal's older tokens have it, or an id, which may end with the path of the connection.
    /// </summary>
    public bool Token(string app)
    {
        if (!app.Contains('/', StringComparison.Ordinal))
            return FalEndpointId.TryParse("a/" + app, out _) && Array.Exists(_patterns, pattern => pattern.AllowsAlias(app));
        if (!FalEndpointId.TryParse(app, out _))
            return false;
        var parts = app.Split('/');
        return Endpoint(parts) || (parts.Length > 2 && Endpoint(parts[..^1]));
    }
}
