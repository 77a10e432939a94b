using System.Diagnostics.CodeAnalysis;

namespace Zoetrope.Extensions.AI.Videos;

/// <summary>
/// A generator of videos, in the style of <c>IImageGenerator</c>: Microsoft.Extensions.AI has no interface for videos. When it has one, this one gives way to
/// it. Implementations are thread-safe for concurrent use.
/// </summary>
[Experimental("MEAI001")]
public interface IVideoGenerator : IDisposable
{
    /// <summary>Generates videos.</summary>
    /// <param name="request">What the videos show, and what they start from.</param>
    /// <param name="options">The options; null for the defaults. They are not changed.</param>
    /// <param name="cancellationToken">A token to cancel the request.</param>
    Task<VideoGenerationResponse> GenerateAsync(
        VideoGenerationRequest request, VideoGenerationOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Asks for a service of the generator, or of one that it delegates to.</summary>
    /// <param name="serviceType">The type, such as <see cref="VideoGeneratorMetadata"/>.</param>
    /// <param name="serviceKey">The key; null for none.</param>
    /// <returns>The service; null where there is none.</returns>
    object? GetService(Type serviceType, object? serviceKey = null);
}
