using System.ComponentModel;
using Zoetrope.Clients;
using Zoetrope.Json;
using Zoetrope.Models;
using Zoetrope.Validation;

namespace Zoetrope.Routing;

/// <summary>A model that several providers serve, with a common request and result.</summary>
public abstract class NeutralModel
{
    private protected NeutralModel(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        Name = name;
    }

    /// <summary>The model's name, such as <c>kling-o3-pro-image-to-video</c>.</summary>
    public string Name { get; }

    /// <summary>The providers that serve the model, in the catalog's order.</summary>
    public abstract IReadOnlyList<string> Providers { get; }

    /// <summary>The parameters of the neutral input, for listings. Trimmed apps that do not use them do not contain them.</summary>
    public virtual IReadOnlyList<ParameterInfo> Parameters => [];

    /// <summary>Returns the provider's id of the model.</summary>
    /// <exception cref="ArgumentException">The provider does not serve the model.</exception>
    public abstract string EndpointId(string provider);

    /// <summary>Validates a neutral input, in general and for one provider.</summary>
    /// <exception cref="System.Text.Json.JsonException">The input is not an object.</exception>
    public abstract ValidationResult Validate(string provider, RawJson input);

    /// <summary>Maps a neutral input to the provider's.</summary>
    /// <param name="provider">The provider.</param>
    /// <param name="input">The neutral input.</param>
    /// <param name="warnings">The list that receives what the provider does not support.</param>
    /// <exception cref="System.Text.Json.JsonException">The input is not an object.</exception>
    public abstract RawJson MapRequest(string provider, RawJson input, ICollection<string> warnings);

    /// <summary>Maps a provider's result to the neutral one.</summary>
    /// <exception cref="System.Text.Json.JsonException">The result does not have the provider's result type.</exception>
    public abstract RawJson MapResult(string provider, RawJson output);

    /// <inheritdoc/>
    public override string ToString() => Name;

    internal abstract Task<Job<RawJson>> SubmitJsonAsync(MediaRouter router, RawJson input, RouteOptions? options, CancellationToken ct);
}

/// <summary>A model that several providers serve, with the types of its neutral input and result.</summary>
/// <typeparam name="TRequest">The type of the neutral input.</typeparam>
/// <typeparam name="TResult">The type of the neutral result.</typeparam>
public class NeutralModel<TRequest, TResult> : NeutralModel
    where TRequest : class, IModelRequest<TRequest>
    where TResult : class, IJsonModel<TResult>
{
    private readonly ModelRoute<TRequest, TResult>[] _routes = [];
    private readonly string[] _providers;
    private readonly string[] _endpointIds;

    /// <summary>Initializes a new instance of the <see cref="NeutralModel{TRequest, TResult}"/> class, with routes in the catalog's order.</summary>
    public NeutralModel(string name, params ModelRoute<TRequest, TResult>[] routes)
        : base(name)
    {
        if (routes.Length == 0)
            throw new ArgumentException("A model needs at least one route.", nameof(routes));
        _routes = routes;
        _providers = Array.ConvertAll(routes, static route => route.Provider);
        _endpointIds = Array.ConvertAll(routes, static route => route.EndpointId);
    }

    /// <summary>Initializes a model whose routes are made when they are needed. For generated code.</summary>
    /// <param name="name">The model's name.</param>
    /// <param name="providers">The providers, in the catalog's order.</param>
    /// <param name="endpointIds">The ids of the model there, in the same order.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected NeutralModel(string name, string[] providers, string[] endpointIds)
        : base(name) => (_providers, _endpointIds) = (providers, endpointIds);

    /// <inheritdoc/>
    public override IReadOnlyList<string> Providers => _providers;

    /// <summary>The routes, in the catalog's order. Using them keeps all of them in a trimmed app.</summary>
    public IReadOnlyList<ModelRoute<TRequest, TResult>> Routes => Array.ConvertAll(_providers, provider => RouteTo(provider)!);

    /// <summary>
    /// Returns the route to a provider; null when it does not serve the model. In a trimmed app, finding routes by name keeps all of them;
    /// <see cref="RouteTo(MediaClient)"/> does not.
    /// </summary>
    public virtual ModelRoute<TRequest, TResult>? RouteTo(string provider) => Find(provider);

    /// <summary>Returns the route to the provider of a client; null when it does not serve the model.</summary>
    public virtual ModelRoute<TRequest, TResult>? RouteTo(MediaClient client)
    {
        ArgumentNullException.ThrowIfNull(client);
        // Not by the virtual method: a call of it would keep every generated route in a trimmed app.
        return Find(client.Provider);
    }

    /// <inheritdoc/>
    public override string EndpointId(string provider) =>
        Array.IndexOf(_providers, provider) is var index and >= 0 ? _endpointIds[index] : throw NotServed(provider);

    /// <inheritdoc/>
    public override ValidationResult Validate(string provider, RawJson input)
    {
        var request = input.Deserialize<TRequest>();
        var neutral = ValidationResult.Of(request);
        var own = Require(provider).Map(request, null).Validation;
        return neutral.IsValid ? own : Join(neutral, own);
    }

    /// <inheritdoc/>
    public override RawJson MapRequest(string provider, RawJson input, ICollection<string> warnings)
    {
        ArgumentNullException.ThrowIfNull(warnings);
        var mapped = Require(provider).Map(input.Deserialize<TRequest>(), null);
        foreach (var warning in mapped.Warnings)
            warnings.Add(warning);
        foreach (var issue in mapped.Lost)
            warnings.Add($"{provider} cannot take {issue}.");
        return mapped.Input;
    }

    /// <inheritdoc/>
    public override RawJson MapResult(string provider, RawJson output) => RawJson.From(Require(provider).ReadResult(output));

    internal override async Task<Job<RawJson>> SubmitJsonAsync(MediaRouter router, RawJson input, RouteOptions? options, CancellationToken cancellationToken)
    {
        var job = await router.SubmitAsync(this, input.Deserialize<TRequest>(), options, cancellationToken).ConfigureAwait(false);
        return job.Select(static result => RawJson.From(result));
    }

    // General issues come first; an issue of the provider at the same path is only a consequence of one.
    private static ValidationResult Join(ValidationResult neutral, ValidationResult own)
    {
        var issues = new List<ValidationIssue>(neutral.All);
        foreach (var issue in own.All)
        {
            if (!issues.Exists(known => known.Path == issue.Path))
                issues.Add(issue);
        }
        return new ValidationResult(issues);
    }

    private ModelRoute<TRequest, TResult>? Find(string provider) => Array.Find(_routes, route => route.Provider == provider);

    private ModelRoute<TRequest, TResult> Require(string provider) => RouteTo(provider) ?? throw NotServed(provider);

    private ArgumentException NotServed(string provider) =>
        new($"{provider} does not serve the model {Name}; the providers are: {string.Join(", ", _providers)}.", nameof(provider));
}
