using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Zoetrope.Extensions.AI.Videos;

/// <summary>Adds generators to pipelines.</summary>
[Experimental("MEAI001")]
public static class VideoGeneratorBuilderExtensions
{
    /// <summary>Creates a builder of a pipeline around a generator.</summary>
    public static VideoGeneratorBuilder AsBuilder(this IVideoGenerator innerGenerator) => new(innerGenerator);

    /// <summary>Adds a generator that sets options, on a copy of those of the caller.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Sets options.</param>
    public static VideoGeneratorBuilder ConfigureOptions(this VideoGeneratorBuilder builder, Action<VideoGenerationOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        return builder.Use(inner => new ConfigureOptionsVideoGenerator(inner, configure));
    }

    /// <summary>Adds a generator that logs requests.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="loggerFactory">Creates the logger; null for that of the services.</param>
    /// <param name="configure">Configures the generator; null for nothing.</param>
    /// <exception cref="InvalidOperationException">There is no logger factory.</exception>
    public static VideoGeneratorBuilder UseLogging(
        this VideoGeneratorBuilder builder, ILoggerFactory? loggerFactory = null, Action<LoggingVideoGenerator>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Use((inner, services) =>
        {
            var factory = loggerFactory ?? Find(services)
                ?? throw new InvalidOperationException($"There is no {nameof(ILoggerFactory)}, neither given nor among the services.");
            // Where nothing is ever logged, nothing is added.
            if (factory == NullLoggerFactory.Instance)
                return inner;
            var generator = new LoggingVideoGenerator(inner, factory.CreateLogger<LoggingVideoGenerator>());
            configure?.Invoke(generator);
            return generator;
        });
    }

    /// <summary>Adds a generator with spans and measurements by OpenTelemetry's conventions.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="loggerFactory">Creates the logger of failures; null for that of the services, or none.</param>
    /// <param name="sourceName">The name of the activity source and of the meter; null for that of the library.</param>
    /// <param name="configure">Configures the generator; null for nothing.</param>
    public static VideoGeneratorBuilder UseOpenTelemetry(
        this VideoGeneratorBuilder builder, ILoggerFactory? loggerFactory = null, string? sourceName = null,
        Action<OpenTelemetryVideoGenerator>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Use((inner, services) =>
        {
            var generator = new OpenTelemetryVideoGenerator(
                inner, (loggerFactory ?? Find(services))?.CreateLogger<OpenTelemetryVideoGenerator>(), sourceName);
            configure?.Invoke(generator);
            return generator;
        });
    }

    private static ILoggerFactory? Find(IServiceProvider services) => services.GetService(typeof(ILoggerFactory)) as ILoggerFactory;
}
