using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;

namespace Zoetrope.Extensions.AI.Videos;

/// <summary>Adds generators of videos to services.</summary>
[Experimental("MEAI001")]
public static class VideoServiceExtensions
{
    /// <summary>Adds a generator, and returns the builder of the pipeline around it.</summary>
    /// <param name="services">The services.</param>
    /// <param name="innerGeneratorFactory">Creates the innermost generator.</param>
    /// <param name="lifetime">How long a pipeline is used.</param>
    public static VideoGeneratorBuilder AddVideoGenerator(
        this IServiceCollection services, Func<IServiceProvider, IVideoGenerator> innerGeneratorFactory,
        ServiceLifetime lifetime = ServiceLifetime.Singleton)
    {
        ArgumentNullException.ThrowIfNull(services);
        var builder = new VideoGeneratorBuilder(innerGeneratorFactory);
        services.Add(new ServiceDescriptor(typeof(IVideoGenerator), builder.Build, lifetime));
        return builder;
    }

    /// <summary>Adds a generator under a key, and returns the builder of the pipeline around it.</summary>
    /// <param name="services">The services.</param>
    /// <param name="serviceKey">The key.</param>
    /// <param name="innerGeneratorFactory">Creates the innermost generator.</param>
    /// <param name="lifetime">How long a pipeline is used.</param>
    public static VideoGeneratorBuilder AddKeyedVideoGenerator(
        this IServiceCollection services, object? serviceKey, Func<IServiceProvider, IVideoGenerator> innerGeneratorFactory,
        ServiceLifetime lifetime = ServiceLifetime.Singleton)
    {
        ArgumentNullException.ThrowIfNull(services);
        var builder = new VideoGeneratorBuilder(innerGeneratorFactory);
        services.Add(new ServiceDescriptor(typeof(IVideoGenerator), serviceKey, (provider, _) => builder.Build(provider), lifetime));
        return builder;
    }
}
