using System.Diagnostics.CodeAnalysis;

namespace Zoetrope.Extensions.AI.Videos;

/// <summary>A generator that sets options of each request, on a copy of those that the caller gives.</summary>
[Experimental("MEAI001")]
public sealed class ConfigureOptionsVideoGenerator : DelegatingVideoGenerator
{
    private readonly Action<VideoGenerationOptions> _configure;

    /// <summary>Initializes a new instance of the <see cref="ConfigureOptionsVideoGenerator"/> class.</summary>
    /// <param name="innerGenerator">The generator that requests are passed on to.</param>
    /// <param name="configure">Sets options.</param>
    public ConfigureOptionsVideoGenerator(IVideoGenerator innerGenerator, Action<VideoGenerationOptions> configure)
        : base(innerGenerator)
    {
        ArgumentNullException.ThrowIfNull(configure);
        _configure = configure;
    }

    /// <inheritdoc/>
    public override Task<VideoGenerationResponse> GenerateAsync(
        VideoGenerationRequest request, VideoGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        var configured = options?.Clone() ?? new();
        _configure(configured);
        return base.GenerateAsync(request, configured, cancellationToken);
    }
}
