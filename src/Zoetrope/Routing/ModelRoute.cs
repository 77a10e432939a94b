using System.ComponentModel;
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

    /// <summary>The published price; null where none is known.</summary>
    public ModelPrice? Price { get; private protected init; }

    internal abstract MappedRequest Map(TRequest request, ExtraProperties? extras);

    internal abstract TResult ReadResult(RawJson output);
}

/// <summary>The route of a neutral model to one provider: its endpoint and the two mappings.</summary>
/// <typeparam name="TRequest">The type of the neutral input.</typeparam>
/// <typeparam name="TResult">The type of the neutral result.</typeparam>
/// <typeparam name="TProviderRequest">The type of the provider's input.</typeparam>
/// <typeparam name="TProviderResult">The type of the provider's result.</typeparam>
public sealed class ModelRoute<TRequest, TResult, TProviderRequest, TProviderResult> : ModelRoute<TRequest, TResult>
    where TRequest : class, IModelRequest<TRequest>
    where TProviderRequest : class, IModelRequest<TProviderRequest>
    where TProviderResult : IJsonModel<TProviderResult>
{
    private readonly Func<TRequest, ICollection<string>, TProviderRequest>? _convert;
    private readonly Action<RequestMapping>? _map;
    private readonly Func<TProviderResult, TResult> _mapResult;

    /// <summary>Initializes a new instance of the <see cref="ModelRoute{TRequest, TResult, TProviderRequest, TProviderResult}"/> class.</summary>
    /// <param name="endpoint">The provider's model.</param>
    /// <param name="mapRequest">Maps the neutral input to the provider's, and reports what the provider does not support.</param>
    /// <param name="mapResult">Maps the provider's result to the neutral one.</param>
    /// <param name="price">The published price; null where none is known.</param>
    public ModelRoute(
        ModelEndpoint<TProviderRequest, TProviderResult> endpoint, Func<TRequest, ICollection<string>, TProviderRequest> mapRequest,
        Func<TProviderResult, TResult> mapResult, ModelPrice? price = null)
        : base(endpoint)
    {
        _convert = mapRequest;
        _mapResult = mapResult;
        Price = price;
    }

    /// <summary>Initializes a new instance with the steps that a catalog states. For generated code.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public ModelRoute(
        ModelEndpoint<TProviderRequest, TProviderResult> endpoint, Action<RequestMapping> map, Func<TProviderResult, TResult> mapResult,
        ModelPrice? price = null)
        : base(endpoint)
    {
        _map = map;
        _mapResult = mapResult;
        Price = price;
    }

    internal override MappedRequest Map(TRequest request, ExtraProperties? extras)
    {
        if (_map is null)
        {
            var warnings = new List<string>();
            var converted = _convert!(request, warnings);
            if (extras is not null)
            {
                var added = new RequestMapping(Provider, RawJson.From(converted));
                added.Add(extras);
                converted = added.To<TProviderRequest>();
            }
            return new MappedRequest(RawJson.From(converted), converted, ValidationResult.Of(converted), [], warnings, string.Join(" ", warnings));
        }
        var mapping = new RequestMapping(Provider, RawJson.From(request));
        _map(mapping);
        if (extras is not null)
            mapping.Add(extras);
        var mapped = mapping.To<TProviderRequest>();
        return new MappedRequest(RawJson.From(mapped), mapped, mapping.Join(ValidationResult.Of(mapped)), mapping.Lost, [.. mapping.Warnings], mapping.Missing);
    }

    internal override TResult ReadResult(RawJson output) => _mapResult(ResultReader.Read<TProviderResult>(output));
}
