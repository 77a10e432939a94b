using System.Diagnostics.CodeAnalysis;

namespace Zoetrope.Extensions.AI.Videos;

/// <summary>A generator that passes requests on to another one: the base of those that add something.</summary>
[Experimental("MEAI001")]
public class DelegatingVideoGenerator : IVideoGenerator
{
    /// <summary>Initializes a new instance of the <see cref="DelegatingVideoGenerator"/> class.</summary>
    /// <param name="innerGenerator">The generator that requests are passed on to; it is disposed with this one.</param>
    protected DelegatingVideoGenerator(IVideoGenerator innerGenerator)
    {
        ArgumentNullException.ThrowIfNull(innerGenerator);
        InnerGenerator = innerGenerator;
    }

    /// <summary>The generator that requests are passed on to.</summary>
    protected IVideoGenerator InnerGenerator { get; }

    /// <inheritdoc/>
    public virtual Task<VideoGenerationResponse> GenerateAsync(
        VideoGenerationRequest request, VideoGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
        InnerGenerator.GenerateAsync(request, options, cancellationToken);

    /// <inheritdoc/>
    public virtual object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is null && serviceType.IsInstanceOfType(this) ? this : InnerGenerator.GetService(serviceType, serviceKey);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Disposes of the generator that requests are passed on to.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
            InnerGenerator.Dispose();
    }
}
