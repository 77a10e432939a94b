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
}
