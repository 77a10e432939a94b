using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Zoetrope.Extensions.AI.Jobs;

namespace Zoetrope.Extensions.AI.Videos;

/// <summary>
/// A generator that logs requests: at the level debug that they were made, and at the level trace their prompts, options and results, which may be sensitive.
/// Of a failure the level error has the type of the exception; the exception itself is logged only where the level trace is enabled, because providers quote
/// inputs in what they say. An exception of the logger is not propagated.
/// </summary>
[Experimental("MEAI001")]
public class LoggingVideoGenerator : DelegatingVideoGenerator
{
    private readonly ILogger _logger;

    /// <summary>Initializes a new instance of the <see cref="LoggingVideoGenerator"/> class.</summary>
    /// <param name="innerGenerator">The generator that requests are passed on to.</param>
    /// <param name="logger">The logger.</param>
    public LoggingVideoGenerator(IVideoGenerator innerGenerator, ILogger logger)
        : base(innerGenerator)
    {
        ArgumentNullException.ThrowIfNull(logger);
        _logger = logger;
    }

    /// <inheritdoc/>
    public override async Task<VideoGenerationResponse> GenerateAsync(
        VideoGenerationRequest request, VideoGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        var inFull = false;
        Observers.Call(() => inFull = _logger.IsEnabled(LogLevel.Trace));
        Log(
            () => VideoMessages.InvokedWith(_logger, request?.Prompt, Describe(options), Describe(this.GetService<VideoGeneratorMetadata>())),
            () => VideoMessages.Invoked(_logger));
        try
        {
            var response = await base.GenerateAsync(request!, options, cancellationToken).ConfigureAwait(false);
            Log(
                () => VideoMessages.CompletedWith(_logger, string.Join(", ", response.Contents.Select(Describe))),
                () => VideoMessages.Completed(_logger));
            return response;
        }
        catch (OperationCanceledException)
        {
            Observers.Call(() => VideoMessages.Canceled(_logger));
            throw;
        }
        catch (Exception exception)
        {
            Log(() => VideoMessages.FailedWith(_logger, exception), () => VideoMessages.Failed(_logger, exception.GetType().FullName));
            throw;
        }

        void Log(Action full, Action brief) => Observers.Call(inFull ? full : brief);
    }

    // By hand, because what is among the additional properties may have no JSON without reflection.
    private static string? Describe(VideoGenerationOptions? options)
    {
        if (options is null)
            return null;
        (string Name, object? Value)[] set =
        [
            (nameof(options.ModelId), options.ModelId), (nameof(options.Count), options.Count), (nameof(options.Duration), options.Duration),
            (nameof(options.VideoSize), options.VideoSize), (nameof(options.AspectRatio), options.AspectRatio),
            (nameof(options.FramesPerSecond), options.FramesPerSecond), (nameof(options.GenerateAudio), options.GenerateAudio),
            (nameof(options.Seed), options.Seed), (nameof(options.MediaType), options.MediaType), (nameof(options.ResponseFormat), options.ResponseFormat),
            (nameof(options.AllowBackgroundResponses), options.AllowBackgroundResponses),
            .. (options.AdditionalProperties ?? []).Select(static property => (property.Key, property.Value)),
        ];
        return string.Join(", ", set.Where(static option => option.Value is not null).Select(Text));

        static string Text((string Name, object? Value) option) => string.Create(CultureInfo.InvariantCulture, $"{option.Name}: {option.Value}");
    }

    private static string? Describe(VideoGeneratorMetadata? metadata) =>
        metadata is null ? null : $"{metadata.ProviderName}, {metadata.ProviderUri}, {metadata.DefaultModelId}";

    private static string Describe(AIContent content) => content switch
    {
        UriContent uri => $"{uri.Uri} ({uri.MediaType})",
        DataContent data => $"{data.Data.Length} bytes ({data.MediaType})",
        _ => content.GetType().Name,
    };
}
