using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Zoetrope.Extensions.AI.Jobs;

namespace Zoetrope.Extensions.AI.Videos;

/// <summary>
/// A generator with a span and a measured duration for each request, by OpenTelemetry's semantic conventions for generative AI (1.40), with the names that the
/// library's own generator of images has. An exception of a listener or of the logger is not propagated.
/// </summary>
[Experimental("MEAI001")]
public sealed class OpenTelemetryVideoGenerator : DelegatingVideoGenerator
{
    private const string DefaultSource = "Experimental.Microsoft.Extensions.AI";
    private const string Operation = "generate_content";

    private readonly ActivitySource _source;
    private readonly Meter _meter;
    private readonly Histogram<double> _duration;
    private readonly ILogger? _logger;
    private readonly VideoGeneratorMetadata? _metadata;

    /// <summary>Initializes a new instance of the <see cref="OpenTelemetryVideoGenerator"/> class.</summary>
    /// <param name="innerGenerator">The generator that requests are passed on to.</param>
    /// <param name="logger">Receives failures; null for none.</param>
    /// <param name="sourceName">The name of the activity source and of the meter; null for that of the library.</param>
    public OpenTelemetryVideoGenerator(IVideoGenerator innerGenerator, ILogger? logger = null, string? sourceName = null)
        : base(innerGenerator)
    {
        var name = string.IsNullOrEmpty(sourceName) ? DefaultSource : sourceName;
        _source = new(name);
        _meter = new(name);
        _logger = logger;
        _metadata = innerGenerator.GetService<VideoGeneratorMetadata>();
        _duration = _meter.CreateHistogram<double>("gen_ai.client.operation.duration", "s", "Measures the duration of a GenAI operation", null, new()
        {
            HistogramBucketBoundaries = [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92, 163.84, 327.68, 655.36],
        });
    }

    /// <summary>
    /// Whether prompts and additional properties are in spans, and what exceptions say in spans and in the log: providers quote inputs there. Otherwise a
    /// failure is named by its type. As the environment variable <c>OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT</c> says by
    /// default, or else false.
    /// </summary>
    public bool EnableSensitiveData { get; set; } = string.Equals(
        Environment.GetEnvironmentVariable("OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT"), "true", StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is null && serviceType == typeof(ActivitySource) ? _source : base.GetService(serviceType, serviceKey);

    /// <inheritdoc/>
    public override async Task<VideoGenerationResponse> GenerateAsync(
        VideoGenerationRequest request, VideoGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var model = options?.ModelId ?? _metadata?.DefaultModelId;
        var activity = Start(request, options, model);
        var start = _duration.Enabled ? Stopwatch.GetTimestamp() : 0;
        Exception? failure = null;
        try
        {
            return await base.GenerateAsync(request, options, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            failure = exception;
            activity?.SetTag("error.type", exception.GetType().FullName)
                .SetStatus(ActivityStatusCode.Error, EnableSensitiveData ? exception.Message : null);
            if (_logger is not null && exception is not OperationCanceledException)
                Observers.Call(() => Log(_logger, exception));
            throw;
        }
        finally
        {
            if (start != 0)
                Observers.Call(() => _duration.Record(Stopwatch.GetElapsedTime(start).TotalSeconds, Measured(model, failure)));
            Observers.Call(() => activity?.Dispose());
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _source.Dispose();
            _meter.Dispose();
        }
        base.Dispose(disposing);
    }

    private Activity? Start(VideoGenerationRequest request, VideoGenerationOptions? options, string? model)
    {
        var outer = Activity.Current;
        try
        {
            var activity = _source.StartActivity(model is null ? Operation : $"{Operation} {model}", ActivityKind.Client);
            if (activity is { IsAllDataRequested: true })
                Describe(activity, request, options, model);
            return activity;
        }
        catch (Exception)
        {
            // An exception of a listener (see Observers). The activity may be the current one already, and nobody would end it.
            Activity.Current = outer;
            return null;
        }
    }

    private void Log(ILogger logger, Exception exception)
    {
        if (EnableSensitiveData)
            VideoMessages.FailedWith(logger, exception);
        else
            VideoMessages.Failed(logger, exception.GetType().FullName);
    }

    private TagList Measured(string? model, Exception? failure)
    {
        var tags = new TagList { { "gen_ai.operation.name", Operation } };
        Add("gen_ai.request.model", model);
        Add("gen_ai.provider.name", _metadata?.ProviderName);
        if (_metadata?.ProviderUri is { } server)
        {
            tags.Add("server.address", server.Host);
            tags.Add("server.port", server.Port);
        }
        Add("error.type", failure?.GetType().FullName);
        return tags;

        void Add(string name, string? value)
        {
            if (value is not null)
                tags.Add(name, value);
        }
    }

    private void Describe(Activity activity, VideoGenerationRequest request, VideoGenerationOptions? options, string? model)
    {
        foreach (var (name, value) in Measured(model, null))
            activity.SetTag(name, value);
        activity.SetTag("gen_ai.output.type", "video")
            .SetTag("gen_ai.request.choice.count", options?.Count)
            .SetTag("gen_ai.request.seed", options?.Seed)
            .SetTag("gen_ai.request.video.width", options?.VideoSize?.Width)
            .SetTag("gen_ai.request.video.height", options?.VideoSize?.Height)
            .SetTag("gen_ai.request.video.duration", options?.Duration?.TotalSeconds);
        if (!EnableSensitiveData)
            return;
        activity.SetTag("gen_ai.input.messages", request.Prompt);
        foreach (var (name, value) in options?.AdditionalProperties ?? [])
            activity.SetTag(name, value);
    }
}
