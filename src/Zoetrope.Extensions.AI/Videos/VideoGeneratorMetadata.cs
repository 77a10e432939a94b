using System.Diagnostics.CodeAnalysis;

namespace Zoetrope.Extensions.AI.Videos;

/// <summary>What is known of a generator of videos.</summary>
/// <param name="providerName">The provider, as telemetry names it; null where it is not known.</param>
/// <param name="providerUri">The address of the provider; null where it is not known.</param>
/// <param name="defaultModelId">The model that is used unless a request names another one; null where it is not known.</param>
[Experimental("MEAI001")]
public class VideoGeneratorMetadata(string? providerName = null, Uri? providerUri = null, string? defaultModelId = null)
{
    /// <summary>The provider, as telemetry names it; null where it is not known.</summary>
    public string? ProviderName { get; } = providerName;

    /// <summary>The address of the provider; null where it is not known.</summary>
    public Uri? ProviderUri { get; } = providerUri;

    /// <summary>The model that is used unless a request names another one; null where it is not known.</summary>
    public string? DefaultModelId { get; } = defaultModelId;
}
