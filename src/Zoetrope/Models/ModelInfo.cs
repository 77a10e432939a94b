namespace Zoetrope.Models;

/// <summary>What a provider's documents say about a model, for listings and user interfaces. Nothing of it is kept in a trimmed app that does not ask for it.</summary>
public sealed class ModelInfo
{
    /// <summary>The endpoint that it is about.</summary>
    public required ModelEndpoint Endpoint { get; init; }

    /// <summary>The model's title.</summary>
    public string? Title { get; init; }

    /// <summary>What the model does.</summary>
    public string? Description { get; init; }

    /// <summary>The provider's category, such as <c>image-to-video</c>.</summary>
    public string? Category { get; init; }

    /// <summary>The kind of result where the provider tells: <c>video</c>, <c>image</c>, <c>audio</c>, <c>array</c> or <c>object</c>.</summary>
    public string? OutputType { get; init; }

    /// <summary>The status where the provider tells, such as <c>active</c>.</summary>
    public string? Status { get; init; }

    /// <summary>How long a job usually takes, where the provider tells.</summary>
    public TimeSpan? EstimatedTime { get; init; }

    /// <summary>The price in the provider's words.</summary>
    public string? Pricing { get; init; }

    /// <summary>The parameters, in the document's order.</summary>
    public required IReadOnlyList<ParameterInfo> Parameters { get; init; }
}

/// <summary>One parameter of a model.</summary>
/// <param name="Name">Its JSON name.</param>
/// <param name="Type">Its JSON type: <c>string</c>, <c>integer</c>, <c>number</c>, <c>boolean</c>, <c>array</c>, <c>object</c> or <c>any</c>.</param>
/// <param name="Required">Whether it must be given.</param>
/// <param name="Default">What the service takes when it is not given, as JSON; null where the documents do not say.</param>
/// <param name="Values">The known values, as text; null where it is not an enum.</param>
/// <param name="Description">What it does.</param>
public sealed record ParameterInfo(
    string Name, string Type, bool Required = false, string? Default = null, IReadOnlyList<string>? Values = null, string? Description = null);
