using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Endpoints;

/// <summary>What the documents say about an endpoint besides its types.</summary>
/// <param name="Title">The model's title.</param>
/// <param name="Description">What it does.</param>
/// <param name="Category">The provider's category.</param>
/// <param name="OutputType">The kind of result.</param>
/// <param name="Status">The status of the model.</param>
/// <param name="EstimatedSeconds">How long a job usually takes.</param>
/// <param name="Pricing">The price in the page's words.</param>
/// <param name="PageUrl">The page of the model.</param>
/// <param name="Sources">The names of the documents.</param>
internal sealed record EndpointFacts(
    string? Title, string? Description, string? Category, string? OutputType, string? Status, int? EstimatedSeconds, string? Pricing, string? PageUrl,
    EquatableArray<string> Sources)
{
    /// <summary>What is said of a deprecated model; null where it is none.</summary>
    public string? Deprecation { get; init; }
}
