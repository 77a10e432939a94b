using Zoetrope.Clients;
using Zoetrope.Json;
using Zoetrope.Models;
using Zoetrope.Validation;

namespace Zoetrope.Routing;

/// <summary>A model that several providers serve, with one request and result for all of them.</summary>
public abstract class NeutralModel
{
    private protected NeutralModel(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        Name = name;
    }

    /// <summary>The model's name, such as <c>kling-o3-pro-image-to-video</c>.</summary>
    public string Name { get; }

    /// <summary>The providers that serve it, in the catalog's order.</summary>
    public abstract IReadOnlyList<string> Providers { get; }

    /// <summary>The provider's id of the model.</summary>
    /// <exception cref="ArgumentException">The provider does not serve the model.</exception>
    public abstract string EndpointId(string provider);

    /// <summary>Says what is wrong with a neutral input, for everybody and for one provider.</summary>
    /// <exception cref="System.Text.Json.JsonException">The input is not an object.</exception>
    public abstract ValidationResult Validate(string provider, RawJson input);

    /// <summary>Turns a neutral input into the provider's.</summary>
    /// <param name="provider">The provider.</param>
    /// <param name="input">The neutral input.</param>
    /// <param name="warnings">Takes what the provider cannot honour.</param>
    /// <exception cref="System.Text.Json.JsonException">The input is not an object.</exception>
    public abstract RawJson MapRequest(string provider, RawJson input, ICollection<string> warnings);

    /// <summary>Turns a provider's result into the neutral one.</summary>
    /// <exception cref="System.Text.Json.JsonException">The result is not of the provider's form.</exception>
    public abstract RawJson MapResult(string provider, RawJson output);

    /// <inheritdoc/>
    public override string ToString() => Name;

    internal abstract Task<Job<RawJson>> SubmitJsonAsync(MediaRouter router, RawJson input, RouteOptions? options, CancellationToken ct);
}

/// <summary>A model that several providers serve, with the types of its neutral input and result.</summary>
/// <typeparam name="TRequest">The neutral input.</typeparam>
/// <typeparam name="TResult">The neutral result.</typeparam>
public sealed class NeutralModel<TRequest, TResult> : NeutralModel
    where TRequest : class, IModelRequest<TRequest>
    where TResult : class, IJsonModel<TResult>
{
    private readonly ModelRoute<TRequest, TResult>[] _routes;
    private readonly string[] _providers;

    /// <summary>Names a model and its routes, in the catalog's order.</summary>
    public NeutralModel(string name, params ModelRoute<TRequest, TResult>[] routes)
        : base(name)
    {
        if (routes.Length == 0)
            throw new ArgumentException("A model needs at least one route.", nameof(routes));
        _routes = routes;
        _providers = new string[routes.Length];
        for (var i = 0; i < routes.Length; i++)
            _providers[i] = routes[i].Provider;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Providers => _providers;

    /// <summary>The routes, in the catalog's order.</summary>
    public IReadOnlyList<ModelRoute<TRequest, TResult>> Routes => _routes;

    /// <summary>The route to a provider; null when it does not serve the model.</summary>
    public ModelRoute<TRequest, TResult>? RouteTo(string provider)
    {
        foreach (var route in _routes)
        {
            if (route.Provider == provider)
                return route;
        }
        return null;
    }

    /// <inheritdoc/>
    public override string EndpointId(string provider) => Require(provider).EndpointId;

    /// <inheritdoc/>
    public override ValidationResult Validate(string provider, RawJson input)
    {
        var request = input.Deserialize<TRequest>();
        var neutral = ValidationResult.Of(request);
        var own = Require(provider).Map(request, []).Validation;
        return neutral.IsValid ? own : Join(neutral, own);
    }

    /// <inheritdoc/>
    public override RawJson MapRequest(string provider, RawJson input, ICollection<string> warnings) =>
        Require(provider).Map(input.Deserialize<TRequest>(), warnings).Input;

    /// <inheritdoc/>
    public override RawJson MapResult(string provider, RawJson output) => RawJson.From(Require(provider).ReadResult(output));

    internal override async Task<Job<RawJson>> SubmitJsonAsync(MediaRouter router, RawJson input, RouteOptions? options, CancellationToken cancellationToken)
    {
        var job = await router.SubmitAsync(this, input.Deserialize<TRequest>(), options, cancellationToken).ConfigureAwait(false);
        return job.Select(static result => RawJson.From(result));
    }

    // What is wrong for everybody comes first; what is wrong at the same place for the provider is only a consequence of it.
    private static ValidationResult Join(ValidationResult neutral, ValidationResult own)
    {
        var issues = new List<ValidationIssue>(neutral.Issues);
        foreach (var issue in own.Issues)
        {
            if (!issues.Exists(known => known.Path == issue.Path))
                issues.Add(issue);
        }
        return new ValidationResult(issues);
    }

    private ModelRoute<TRequest, TResult> Require(string provider) =>
        RouteTo(provider) ?? throw new ArgumentException($"{provider} does not serve the model {Name}; these do: {string.Join(", ", _providers)}.", nameof(provider));
}
