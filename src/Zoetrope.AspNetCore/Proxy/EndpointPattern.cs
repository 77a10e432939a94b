using Zoetrope.Fal;

namespace Zoetrope.AspNetCore.Proxy;

/// <summary>Which endpoints are allowed: an id whose parts may be <c>*</c>, and whose last part may be <c>**</c>. Parts are compared exactly.</summary>
internal sealed class EndpointPattern
{
    private const string AnyPart = "*";
    private const string AnyRest = "**";

    private readonly string[] _parts;
    private readonly bool _hasRest;

    private EndpointPattern(string[] parts, bool hasRest)
    {
        _parts = parts;
        _hasRest = hasRest;
    }

    /// <summary>Reads a pattern.</summary>
    /// <exception cref="ArgumentException">It is not one.</exception>
    public static EndpointPattern Parse(string? pattern, string name)
    {
        string[] parts = pattern?.Split('/') ?? [];
        var hasRest = parts is [.., AnyRest];
        if (hasRest)
            parts = parts[..^1];
        // Once a name stands for each part that may be any, it must be an id, or what a rest makes one.
        var id = string.Join('/', parts.Select(part => part == AnyPart ? "a" : part));
        var isValid = hasRest
            ? parts.Length == 0 || FalEndpointId.TryParse(id + "/a/a", out _)
            : parts.Length > 1 && FalEndpointId.TryParse(id, out _);
        return isValid
            ? new(parts, hasRest)
            : throw new ArgumentException(
                $"'{pattern}' is not an endpoint id of fal, such as 'fal-ai/flux/dev', 'fal-ai/flux/**' for all of an app, or '**' for everything.", name);
    }

    /// <summary>Whether it allows an endpoint.</summary>
    public bool Allows(ReadOnlySpan<string> endpoint) =>
        (endpoint.Length == _parts.Length || (_hasRest && endpoint.Length > _parts.Length)) && Begins(endpoint, _parts.Length);

    /// <summary>Whether it allows any endpoint of an app, so that jobs of the app may be asked about.</summary>
    public bool AllowsApp(ReadOnlySpan<string> app) => (_parts.Length >= app.Length || _hasRest) && Begins(app, Math.Min(app.Length, _parts.Length));

    /// <summary>Whether it allows an endpoint of any app of a name, which is all that fal's older tokens say.</summary>
    public bool AllowsAlias(string alias)
    {
        var at = _parts is ["workflows" or "comfy", ..] ? 2 : 1;
        return at < _parts.Length ? _parts[at] == AnyPart || _parts[at] == alias : _hasRest;
    }

    private bool Begins(ReadOnlySpan<string> parts, int count)
    {
        for (var i = 0; i < count; i++)
        {
            if (_parts[i] != AnyPart && _parts[i] != parts[i])
                return false;
        }
        return true;
    }
}
