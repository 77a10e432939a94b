namespace Zoetrope.Models;

/// <summary>The documented facts about a model, for listings and user interfaces. Trimmed apps that do not use them do not contain them.</summary>
public sealed class ModelInfo
{
    /// <summary>The model's endpoint.</summary>
    public required ModelEndpoint Endpoint { get; init; }

    /// <summary>The model's title.</summary>
    public string? Title { get; init; }

    /// <summary>The description of the model.</summary>
    public string? Description { get; init; }

    /// <summary>The provider's category, such as <c>image-to-video</c>.</summary>
    public string? Category { get; init; }

    /// <summary>The kind of result, where the provider reports it: <c>video</c>, <c>image</c>, <c>audio</c>, <c>array</c> or <c>object</c>.</summary>
    public string? OutputType { get; init; }

    /// <summary>The status, where the provider reports it, such as <c>active</c>.</summary>
    public string? Status { get; init; }

    /// <summary>What the provider says of a deprecated model, with what replaces it where that is documented; null where the model is not deprecated.</summary>
    public string? Deprecation { get; init; }

    /// <summary>The usual duration of a job, where the provider reports it.</summary>
    public TimeSpan? EstimatedTime { get; init; }

    /// <summary>The price in the provider's words.</summary>
    public string? Pricing { get; init; }

    /// <summary>The parameters, in the specification's order.</summary>
    public required IReadOnlyList<ParameterInfo> Parameters { get; init; }
}

/// <summary>One parameter of a model.</summary>
/// <param name="Name">The JSON name.</param>
/// <param name="Type">The JSON type: <c>string</c>, <c>integer</c>, <c>number</c>, <c>boolean</c>, <c>array</c>, <c>object</c> or <c>any</c>.</param>
/// <param name="Required">Whether the parameter is required.</param>
/// <param name="Default">The value that the service uses when the parameter is omitted, as JSON; null where it is not documented.</param>
/// <param name="Values">The known values, as text; null where the parameter is not an enum.</param>
/// <param name="Description">The description.</param>
public sealed record ParameterInfo(
    string Name, string Type, bool Required = false, string? Default = null, IReadOnlyList<string>? Values = null, string? Description = null)
{
    /// <summary>What the provider says of a deprecated parameter, with what replaces it where that is documented; null where it is not deprecated.</summary>
    public string? Deprecation { get; init; }
}
