using Zoetrope.Specs.Diagnostics;
using Zoetrope.Specs.Json;
using Zoetrope.Specs.Model;
using Zoetrope.Specs.Providers;

namespace Zoetrope.Specs.OpenApi;

/// <summary>Reads the ways to show a key, and which of them an operation asks for.</summary>
internal sealed class SecurityReader(JsonNode root, string? provider, ReferenceResolver references, List<SpecProblem> problems)
{
    private const string Schemes = "/components/securitySchemes/";

    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    /// <summary>Reads the schemes of the document. Requirements are read after them.</summary>
    public EquatableArray<SecurityScheme> ReadSchemes()
    {
        var schemes = new List<SecurityScheme>();
        var all = new JsonLocation(root, "")["components"]["securitySchemes"];
        foreach (var item in all.Node)
        {
            if (references.Follow(all.Property(item)) is not { } place)
                continue;
            var scheme = ReadScheme(item.Name, place) with { IsDeprecated = place.Node["deprecated"].IsTrue };
            if (scheme.Kind == SecurityKind.Other)
                problems.Add(Problems.KeyNotSent.At(item.NameRange, item.Name));
            if (_names.Add(item.Name))
                schemes.Add(scheme);
        }
        return schemes.ToEquatableArray();
    }

    /// <summary>Reads which schemes are enough for an operation.</summary>
    public SecurityNeed ReadNeed(JsonNode requirements)
    {
        var names = new List<string>();
        var isOptional = false;
        if (requirements is { Exists: true, IsArray: false })
            problems.Add(Problems.BadKeyword.At(requirements.Range, "security", "an array of objects"));
        foreach (var requirement in requirements)
        {
            isOptional |= requirement.Count == 0;
            if (requirement.Count > 1)
                problems.Add(Problems.SeveralKeys.At(requirement.Range, string.Join("', '", Names(requirement))));
            foreach (var name in Names(requirement).Take(1))
            {
                if (KnownName(name) is not { } known)
                    problems.Add(Problems.UnknownScheme.At(requirement.Range, name));
                else if (!names.Contains(known))
                    names.Add(known);
            }
        }
        return new(names.ToEquatableArray(), isOptional);
    }

    /// <summary>The name of a scheme that a requirement gives by name or, since OpenAPI 3.2, by reference; null when it is not there.</summary>
    private string? KnownName(string name)
    {
        if (_names.Contains(name))
            return name;
        var referred = name.IndexOf('#') >= 0 && references.Find(name) is { Pointer: var pointer } && pointer.StartsWith(Schemes, StringComparison.Ordinal)
            ? JsonPointer.Unescape(pointer.Substring(Schemes.Length))
            : name;
        return _names.Contains(referred) ? referred : null;
    }

    private SecurityScheme ReadScheme(string name, JsonLocation place)
    {
        var node = place.Node;
        var parameter = node["name"].String ?? "";
        switch (node["type"].String)
        {
            case "apiKey" when parameter.Length > 0 && node["in"].String == "header":
                var isAuthorization = parameter.Equals("Authorization", StringComparison.OrdinalIgnoreCase);
                var prefix = isAuthorization ? DocumentProfiles.Of(provider)?.AuthorizationPrefix : null;
                return new(name, SecurityKind.ApiKeyHeader, parameter, prefix ?? "", place.Pointer);
            case "apiKey" when parameter.Length > 0 && node["in"].String == "query":
                return new(name, SecurityKind.ApiKeyQuery, parameter, "", place.Pointer);
            case "apiKey" when parameter.Length > 0 && node["in"].String == "cookie":
                return new(name, SecurityKind.ApiKeyCookie, parameter, "", place.Pointer);
            case "http" when "bearer".Equals(node["scheme"].String, StringComparison.OrdinalIgnoreCase):
            case "oauth2" or "openIdConnect":
                return new(name, SecurityKind.Bearer, "Authorization", "Bearer ", place.Pointer);
            case "http" when "basic".Equals(node["scheme"].String, StringComparison.OrdinalIgnoreCase):
                return new(name, SecurityKind.Basic, "Authorization", "Basic ", place.Pointer);
            default:
                return new(name, SecurityKind.Other, "Authorization", "", place.Pointer);
        }
    }

    private static IEnumerable<string> Names(JsonNode requirement)
    {
        foreach (var scheme in requirement)
            yield return scheme.Name;
    }
}

/// <summary>What a list of security requirements asks for.</summary>
/// <param name="Names">The names of the schemes of which one is enough.</param>
/// <param name="IsOptional">Whether no key is enough too.</param>
internal sealed record SecurityNeed(EquatableArray<string> Names, bool IsOptional);
