using System.Diagnostics.CodeAnalysis;

namespace Zoetrope.Extensions.AI.Videos;

/// <summary>Builds a pipeline of generators.</summary>
[Experimental("MEAI001")]
public sealed class VideoGeneratorBuilder
{
    private readonly Func<IServiceProvider, IVideoGenerator> _innermost;
    private readonly List<Func<IVideoGenerator, IServiceProvider, IVideoGenerator>> _layers = [];

    /// <summary>Initializes a new instance of the <see cref="VideoGeneratorBuilder"/> class.</summary>
    /// <param name="innerGenerator">The innermost generator, which carries the requests out.</param>
    public VideoGeneratorBuilder(IVideoGenerator innerGenerator)
    {
        ArgumentNullException.ThrowIfNull(innerGenerator);
        _innermost = _ => innerGenerator;
    }

    /// <summary>Initializes a new instance of the <see cref="VideoGeneratorBuilder"/> class.</summary>
    /// <param name="innerGeneratorFactory">Creates the innermost generator, which carries the requests out.</param>
    public VideoGeneratorBuilder(Func<IServiceProvider, IVideoGenerator> innerGeneratorFactory)
    {
        ArgumentNullException.ThrowIfNull(innerGeneratorFactory);
        _innermost = innerGeneratorFactory;
    }

    /// <summary>Adds a generator within those that were added before: the first is the outermost.</summary>
    /// <param name="generatorFactory">Makes it around the one within it.</param>
    public VideoGeneratorBuilder Use(Func<IVideoGenerator, IVideoGenerator> generatorFactory)
    {
        ArgumentNullException.ThrowIfNull(generatorFactory);
        return Use((inner, _) => generatorFactory(inner));
    }

    /// <inheritdoc cref="Use(Func{IVideoGenerator, IVideoGenerator})"/>
    public VideoGeneratorBuilder Use(Func<IVideoGenerator, IServiceProvider, IVideoGenerator> generatorFactory)
    {
        ArgumentNullException.ThrowIfNull(generatorFactory);
        _layers.Add(generatorFactory);
        return this;
    }

    /// <summary>Builds the pipeline.</summary>
    /// <param name="services">The services that the generators may use; null for none.</param>
    /// <exception cref="InvalidOperationException">One of the functions returned null.</exception>
    public IVideoGenerator Build(IServiceProvider? services = null)
    {
        services ??= NoServices.Instance;
        var generator = _innermost(services) ?? throw ReturnedNull();
        for (var i = _layers.Count - 1; i >= 0; i--)
            generator = _layers[i](generator, services) ?? throw ReturnedNull();
        return generator;
    }

    private static InvalidOperationException ReturnedNull() => new("A function of the builder returned null instead of a generator.");

    private sealed class NoServices : IServiceProvider
    {
        public static NoServices Instance { get; } = new();

        public object? GetService(Type serviceType) => null;
    }
}
