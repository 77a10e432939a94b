using Zoetrope.Costs;
using Zoetrope.Json;
using Zoetrope.Validation;

namespace Zoetrope.Models;

/// <summary>A model of a provider.</summary>
public abstract class ModelEndpoint
{
    private protected ModelEndpoint(string provider, string id)
    {
        ArgumentException.ThrowIfNullOrEmpty(provider);
        ArgumentException.ThrowIfNullOrEmpty(id);
        Provider = provider;
        Id = id;
    }

    /// <summary>The provider, such as <c>fal</c> or <c>eachlabs</c>.</summary>
    public string Provider { get; }

    /// <summary>The provider's id of the model, such as <c>fal-ai/kling-video/o3/pro/image-to-video</c>.</summary>
    public string Id { get; }

    /// <summary>Validates an input given as JSON.</summary>
    /// <exception cref="System.Text.Json.JsonException">The input is not an object.</exception>
    public abstract ValidationResult Validate(RawJson input);

    /// <summary>
    /// Estimates what a job with an input given as JSON costs by the price rules of the model's document, without a call; unknown where it has none.
    /// </summary>
    /// <exception cref="System.Text.Json.JsonException">The input is not an object, or a parameter has another type.</exception>
    public CostEstimate EstimateCost(RawJson input) => EstimateOf(ReadRequest(input));

    /// <summary>Reads an input as the model's type.</summary>
    internal abstract object ReadRequest(RawJson input);

    private protected CostEstimate EstimateOf(object request) =>
        request is IPricedRequest priced ? priced.EstimateCost() : CostEstimate.Unknown($"no document of {Id} states its price as rules");

    /// <inheritdoc/>
    public override string ToString() => $"{Provider}:{Id}";
}

/// <summary>A model of a provider, with the types of its input and result.</summary>
/// <typeparam name="TRequest">The type of the input.</typeparam>
/// <typeparam name="TResult">The type of the result.</typeparam>
/// <param name="provider">The provider, such as <c>fal</c>.</param>
/// <param name="id">The provider's id of the model.</param>
public sealed class ModelEndpoint<TRequest, TResult>(string provider, string id) : ModelEndpoint(provider, id)
    where TRequest : class, IModelRequest<TRequest>
    where TResult : IJsonModel<TResult>
{
    /// <inheritdoc/>
    public override ValidationResult Validate(RawJson input) => ValidationResult.Of(input.Deserialize<TRequest>());

    /// <summary>
    /// Estimates what a job with an input costs by the price rules of the model's document, without a call; unknown where it has none.
    /// <see cref="Zoetrope.Clients.ModelClient{TRequest, TResult}.EstimateAsync"/> asks the provider too.
    /// </summary>
    /// <param name="request">The input.</param>
    public CostEstimate EstimateCost(TRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return EstimateOf(request);
    }

    internal override object ReadRequest(RawJson input) => input.Deserialize<TRequest>();
}
