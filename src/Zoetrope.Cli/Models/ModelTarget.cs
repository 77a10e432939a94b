using Zoetrope.Catalog;
using Zoetrope.Cli.Input;
using Zoetrope.Models;
using Zoetrope.Routing;

namespace Zoetrope.Cli.Models;

/// <summary>What the user means by MODEL: a neutral model and the providers that may run it, or one provider's endpoint.</summary>
internal sealed class ModelTarget
{
    private ModelTarget(string name, NeutralModel? neutral, IReadOnlyList<Provider> providers, IReadOnlyList<ParameterInfo>? parameters)
    {
        Name = name;
        Neutral = neutral;
        Providers = providers;
        Parameters = parameters;
    }

    /// <summary>The name as the user typed it.</summary>
    public string Name { get; }

    /// <summary>The neutral model; null when a provider's own endpoint is meant.</summary>
    public NeutralModel? Neutral { get; }

    /// <summary>The providers that may run it, the preferred one first.</summary>
    public IReadOnlyList<Provider> Providers { get; }

    /// <summary>The parameters that the input may have; null for an endpoint without a document in this build, whose input is not validated.</summary>
    public IReadOnlyList<ParameterInfo>? Parameters { get; }

    /// <summary>
    /// Resolves a name: a neutral name first, then a provider's endpoint id, then, where the provider is named, an endpoint that this build does not know.
    /// A provider can precede the id, as in <c>runway:gen4_turbo</c>, and the id can be the beginning of one, up to a slash.
    /// </summary>
    /// <exception cref="UsageException">The model does not exist, or not at that provider.</exception>
    public static ModelTarget Resolve(string name, string? provider)
    {
        var (owner, id) = Split(name);
        if (owner is not null && provider is not null && owner != provider)
            throw new UsageException($"--provider: {provider} is not the provider of '{name}'");
        return ResolveId(owner is null ? name : id, owner ?? provider);
    }

    private static ModelTarget ResolveId(string name, string? provider)
    {
        foreach (var neutral in NeutralIndex.All)
        {
            if (neutral.Name == name)
                return OfNeutral(neutral, provider);
        }
        var candidates = Provider.All.Where(candidate => provider is null || candidate.Name == provider).ToList();
        if (candidates.Find(candidate => FindEndpoint(candidate, name) is not null) is { } chosen)
            return new ModelTarget(name, null, [chosen], FindEndpoint(chosen, name)!.Parameters);
        if (Provider.All.FirstOrDefault(other => FindEndpoint(other, name) is not null) is { } owner)
            throw new UsageException($"MODEL: '{name}' is an endpoint of {owner.Name}, not of {provider}");
        var longer = candidates
            .SelectMany(candidate => candidate.Endpoints).Select(info => info.Endpoint)
            .Where(endpoint => endpoint.Id.StartsWith(name + "/", StringComparison.Ordinal)).ToList();
        if (longer.Count == 1)
            return ResolveId(longer[0].Id, longer[0].Provider);
        if (longer.Count > 1)
            throw new UsageException($"MODEL: '{name}' is one of {string.Join(", ", longer.Select(endpoint => $"{endpoint.Provider}:{endpoint.Id}"))}");
        return provider is not null && IsEndpointId(name) ? new ModelTarget(name, null, [candidates[0]], null) : throw Unknown(name);
    }

    /// <summary>A name with its provider before a colon; the provider is null where nothing before a colon is one.</summary>
    private static (string? Provider, string Id) Split(string name)
    {
        var colon = name.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && Provider.Find(name[..colon]) is { } provider ? (provider.Name, name[(colon + 1)..]) : (null, name);
    }

    /// <summary>The neutral model that an endpoint belongs to, if there is one.</summary>
    public static NeutralModel? FindNeutral(string provider, string endpointId) => NeutralIndex.All.FirstOrDefault(
        neutral => neutral.Providers.Contains(provider) && neutral.EndpointId(provider) == endpointId);

    /// <summary>The endpoint's own description; null when this build has no document of it.</summary>
    public static ModelInfo? FindEndpoint(Provider provider, string endpointId) =>
        provider.Endpoints.FirstOrDefault(info => info.Endpoint.Id == endpointId);

    private static ModelTarget OfNeutral(NeutralModel neutral, string? provider)
    {
        if (provider is not null && !neutral.Providers.Contains(provider))
            throw new UsageException($"--provider: {provider} does not have '{neutral.Name}'; {string.Join(" and ", neutral.Providers)} do");
        var providers = Provider.All.Where(candidate => provider is null ? neutral.Providers.Contains(candidate.Name) : candidate.Name == provider);
        return new ModelTarget(neutral.Name, neutral, [.. providers], neutral.Parameters);
    }

    private static bool IsEndpointId(string name) => name.Length > 0 && !name.Any(one => char.IsWhiteSpace(one) || char.IsControl(one));

    private static UsageException Unknown(string name)
    {
        var known =
            NeutralIndex.All.Select(neutral => neutral.Name).Concat(Provider.All.SelectMany(provider => provider.Endpoints).Select(info => info.Endpoint.Id));
        var near = NameSuggestions.Of(name, known.Distinct());
        var meant = near.Count == 0 ? "" : $"; similar names are {string.Join(", ", near)}";
        return new UsageException(
            [$"MODEL: this build has no model '{name}'{meant}"],
            [
                "`zoetrope models` lists all models.",
                $"--provider {string.Join('|', Provider.All.Select(provider => provider.Name))} runs any other endpoint of a provider, without "
                    + "validating its input.",
                "In a project, `zoetrope specs add FILE` adds the document of an endpoint, which makes it typed and validated.",
            ])
        {
            Code = ErrorCode.UnknownModel,
        };
    }
}
