using Zoetrope.Clients;
using Zoetrope.Json;
using Zoetrope.Models;
using Zoetrope.Validation;

namespace Zoetrope.Routing;

/// <summary>The route of a neutral model to one provider.</summary>
/// <typeparam name="TRequest">The type of the neutral input.</typeparam>
/// <typeparam name="TResult">The type of the neutral result.</typeparam>
public abstract class ModelRoute<TRequest, TResult>
{
    private protected ModelRoute(ModelEndpoint endpoint) => Endpoint = endpoint;

    /// <summary>The provider's model.</summary>
    public ModelEndpoint Endpoint { get; }

    /// <summary>The provider.</summary>
    public string Provider => Endpoint.Provider;

    /// <summary>The provider's id of the model.</summary>
    public string EndpointId => Endpoint.Id;

    internal abstract MappedRequest Map(TRequest request, ICollection<string> warnings);

    internal abstract TResult ReadResult(RawJson output);
}

/// <summary>The route of a neutral model to one provider: its endpoint and the two mappings.</summary>
/// <typeparam name="TRequest">The type of the neutral input.</typeparam>
/// <typeparam name="TResult">The type of the neutral result.</typeparam>
/// <typeparam name="TProviderRequest">The type of the provider's input.</typeparam>
/// <typeparam name="TProviderResult">The type of the provider's result.</typeparam>
/// <param name="endpoint">The provider's model.</param>
/// <param name="mapRequest">Maps the neutral input to the provider's, and reports what the provider does not support.</param>
/// <param name="mapResult">Maps the provider's result to the neutral one.</param>
public sealed class ModelRoute<TRequest, TResult, TProviderRequest, TProviderResult>(
    ModelEndpoint<TProviderRequest, TProviderResult> endpoint,
    Func<TRequest, ICollection<string>, TProviderRequest> mapRequest,
    Func<TProviderResult, TResult> mapResult)
    : ModelRoute<TRequest, TResult>(endpoint)
    where TProviderRequest : class, IModelRequest<TProviderRequest>
    where TProviderResult : IJsonModel<TProviderResult>
{
    internal override MappedRequest Map(TRequest request, ICollection<string> warnings)
    {
        var mapped = mapRequest(request, warnings);
        return new MappedRequest(RawJson.From(mapped), ValidationResult.Of(mapped));
    }

    internal override TResult ReadResult(RawJson output) => mapResult(ResultReader.Read<TProviderResult>(output));
}

/// <summary>A neutral input in the form that the provider accepts.</summary>
internal readonly record struct MappedRequest(RawJson Input, ValidationResult Validation);
