using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Operations;

/// <summary>Chooses how the client of an API shows its key: as most operations take it.</summary>
internal sealed class ApiKeys
{
    private readonly Dictionary<string, SecurityScheme> _schemes = new(StringComparer.Ordinal);
    private readonly bool _isAsked;

    public ApiKeys(ApiDescription api)
    {
        foreach (var scheme in api.SecuritySchemes.Where(scheme => scheme.Kind != SecurityKind.Other))
            _schemes[scheme.Name] = scheme;
        _isAsked = api.Operations.Any(operation => operation.Security.Count > 0);
        Key = api.SecuritySchemes.Where(scheme => _schemes.ContainsKey(scheme.Name))
            .OrderByDescending(scheme => api.Operations.Count(operation => operation.Security.Any(name => IsSame(name, scheme))))
            .ThenBy(scheme => scheme.IsDeprecated)
            .FirstOrDefault();
    }

    /// <summary>How the key is shown; null when the document knows of none.</summary>
    public SecurityScheme? Key { get; }

    /// <summary>Whether an operation takes no key, in a document that says so of operations.</summary>
    public bool IsAnonymous(OperationDescription operation) => Key is not null && _isAsked && operation.Security.Count == 0 && !operation.KeyOptional;

    /// <summary>
    /// Whether an operation takes its key at another location than where the client sends it. What it takes in place of a key is reported with the scheme.
    /// </summary>
    public bool IsElsewhere(OperationDescription operation) =>
        Key is { } key && operation.Security.Any(_schemes.ContainsKey) && !operation.Security.Any(name => IsSame(name, key));

    /// <summary>Whether a parameter is where the client shows its key.</summary>
    public bool IsKey(OperationParameter parameter) => (Key?.Kind, parameter.Location) switch
    {
        (SecurityKind.ApiKeyHeader, ParameterLocation.Header) => parameter.Name.Equals(Key.Parameter, StringComparison.OrdinalIgnoreCase),
        (SecurityKind.ApiKeyQuery, ParameterLocation.Query) or (SecurityKind.ApiKeyCookie, ParameterLocation.Cookie) => parameter.Name == Key.Parameter,
        _ => false,
    };

    private bool IsSame(string name, SecurityScheme key) =>
        _schemes.TryGetValue(name, out var scheme) && scheme.Kind == key.Kind && scheme.Parameter == key.Parameter && scheme.Prefix == key.Prefix;
}
