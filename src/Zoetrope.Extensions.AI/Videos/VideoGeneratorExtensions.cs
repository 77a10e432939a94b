using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.AI;

namespace Zoetrope.Extensions.AI.Videos;

/// <summary>Shorter calls of generators of videos.</summary>
[Experimental("MEAI001")]
public static class VideoGeneratorExtensions
{
    /// <summary>Generates videos from text.</summary>
    /// <param name="generator">The generator.</param>
    /// <param name="prompt">What the videos show.</param>
    /// <param name="options">The options; null for the defaults.</param>
    /// <param name="cancellationToken">A token to cancel the request.</param>
    public static Task<VideoGenerationResponse> GenerateVideosAsync(
        this IVideoGenerator generator, string prompt, VideoGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(generator);
        ArgumentNullException.ThrowIfNull(prompt);
        return generator.GenerateAsync(new(prompt), options, cancellationToken);
    }

    /// <summary>Generates videos that start from an image.</summary>
    /// <param name="generator">The generator.</param>
    /// <param name="image">The image.</param>
    /// <param name="prompt">What the videos show.</param>
    /// <param name="options">The options; null for the defaults.</param>
    /// <param name="cancellationToken">A token to cancel the request.</param>
    public static Task<VideoGenerationResponse> AnimateImageAsync(
        this IVideoGenerator generator, AIContent image, string prompt, VideoGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(generator);
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(prompt);
        return generator.GenerateAsync(new(prompt, [image]), options, cancellationToken);
    }

    /// <summary>Asks for a service; null where there is none.</summary>
    public static TService? GetService<TService>(this IVideoGenerator generator, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(generator);
        return generator.GetService(typeof(TService), serviceKey) is TService service ? service : default;
    }

    /// <summary>Asks for a service.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public static TService GetRequiredService<TService>(this IVideoGenerator generator, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(generator);
        return generator.GetService(typeof(TService), serviceKey) is TService service
            ? service
            : throw new InvalidOperationException($"The generator has no service of the type {typeof(TService)}.");
    }
}
