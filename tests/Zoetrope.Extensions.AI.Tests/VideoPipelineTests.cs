using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Drawing;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Zoetrope.Extensions.AI.Videos;

namespace Zoetrope.Extensions.AI.Tests;

/// <summary>The builder and the delegating generators of videos behave as the library's own do for images.</summary>
public sealed class VideoPipelineTests
{
    [Fact]
    public void The_generator_that_is_added_first_is_the_outermost()
    {
        using var inner = new Inner();
        var order = new List<string>();

        using var generator = new VideoGeneratorBuilder(inner)
            .Use(next => Named("first", next, order))
            .Use((next, services) => Named(services.GetService(typeof(string)) is null ? "second" : "with services", next, order))
            .Build();

        Assert.Equal(["second", "first"], order);
        Assert.Throws<InvalidOperationException>(() => new VideoGeneratorBuilder(inner).Use(static _ => null!).Build());
        Assert.Throws<ArgumentNullException>(() => new VideoGeneratorBuilder((IVideoGenerator)null!));
        Assert.Throws<InvalidOperationException>(() => new VideoGeneratorBuilder(static _ => null!).Build());
        Assert.Throws<InvalidOperationException>(() => inner.AsBuilder().UseLogging().Build());
        Assert.Same(inner, inner.AsBuilder().UseLogging(NullLoggerFactory.Instance).Build());
    }

    [Fact]
    public void Services_are_asked_for_from_the_outside_in_and_disposal_goes_the_same_way()
    {
        var inner = new Inner();
        var generator = inner.AsBuilder().Use(static next => new Passing(next)).UseLogging(new Lines()).UseOpenTelemetry().Build();

        Assert.Same(generator, generator.GetService<IVideoGenerator>());
        Assert.Same(generator, generator.GetService<Passing>());
        Assert.NotNull(generator.GetService<OpenTelemetryVideoGenerator>());
        Assert.NotNull(generator.GetService<ActivitySource>());
        Assert.Equal("m1", generator.GetRequiredService<VideoGeneratorMetadata>().DefaultModelId);
        Assert.Null(generator.GetService<IVideoGenerator>("a key"));
        Assert.Throws<InvalidOperationException>(() => generator.GetRequiredService<IChatClient>());
        generator.Dispose();

        Assert.Equal(1, inner.Disposed);
    }

    [Fact]
    public async Task Options_are_configured_on_a_copy_that_has_all_of_them()
    {
        using var inner = new Inner();
        using var generator = inner.AsBuilder().ConfigureOptions(static options =>
        {
            options.Count = 7;
            options.AdditionalProperties!["added"] = 1;
        }).Build();
        var options = new VideoGenerationOptions
        {
            Count = 1,
            Duration = TimeSpan.FromSeconds(2),
            VideoSize = new Size(3, 4),
            AspectRatio = "5:6",
            FramesPerSecond = 7,
            GenerateAudio = true,
            Seed = 8,
            MediaType = "video/webm",
            ModelId = "m2",
            ResponseFormat = VideoGenerationResponseFormat.Data,
            AllowBackgroundResponses = true,
            ContinuationToken = ResponseContinuationToken.FromBytes(new byte[] { 9 }),
            RawRepresentationFactory = static _ => "raw",
            AdditionalProperties = new() { ["given"] = 1 },
        };

        await generator.GenerateVideosAsync("x", options);

        Assert.Equal(1, options.Count);
        Assert.Single(options.AdditionalProperties);
        foreach (var property in typeof(VideoGenerationOptions).GetProperties().ExceptBy(["Count", "AdditionalProperties"], static property => property.Name))
        {
            Assert.NotNull(property.GetValue(options));
            Assert.Equal(property.GetValue(options), property.GetValue(inner.Options));
        }
        Assert.Equal(7, inner.Options!.Count);
        Assert.Equal(2, inner.Options.AdditionalProperties!.Count);
    }

    [Theory]
    [InlineData(LogLevel.Debug)]
    [InlineData(LogLevel.Trace)]
    public async Task Prompts_are_logged_only_at_the_level_trace(LogLevel level)
    {
        var log = new Lines { Level = level };
        using var generator = new Inner().AsBuilder().UseLogging(log).Build();

        await generator.GenerateVideosAsync("a secret", new() { Duration = TimeSpan.FromSeconds(5) });
        await Assert.ThrowsAsync<InvalidOperationException>(() => generator.GenerateVideosAsync("fail on a secret"));
        await Assert.ThrowsAsync<OperationCanceledException>(() => generator.GenerateVideosAsync("cancel"));

        Assert.Equal(6, log.Written.Count);
        Assert.Equal(level == LogLevel.Trace, log.Written.Any(static line => line.Contains("a secret", StringComparison.Ordinal)));
        Assert.Equal(level == LogLevel.Trace, log.Written.Any(static line => line.Contains("https://example.com/a.mp4", StringComparison.Ordinal)));
        Assert.Contains(log.Written, static line => line.StartsWith("Error GenerateAsync failed", StringComparison.Ordinal));
        Assert.Contains(log.Written, static line => line.Contains("System.InvalidOperationException", StringComparison.Ordinal));
        Assert.Contains("Debug GenerateAsync canceled", log.Written);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_request_has_a_span_and_a_duration_by_the_conventions(bool sensitive)
    {
        var source = $"videos {sensitive}";
        var spans = new List<Activity>();
        using var spanListener = new ActivityListener
        {
            ShouldListenTo = candidate => candidate.Name == source,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = spans.Add,
        };
        ActivitySource.AddActivityListener(spanListener);
        var measured = new List<Dictionary<string, object?>>();
        using var meters = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == source && instrument.Name == "gen_ai.client.operation.duration")
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        meters.SetMeasurementEventCallback<double>((_, _, tags, _) => measured.Add(tags.ToArray().ToDictionary()));
        meters.Start();
        var log = new Lines();
        using var generator = new Inner().AsBuilder().UseOpenTelemetry(log, source, telemetry => telemetry.EnableSensitiveData = sensitive).Build();

        await generator.GenerateVideosAsync("a secret", new() { Count = 2, VideoSize = new Size(640, 480), AdditionalProperties = new() { ["x"] = 1 } });
        await Assert.ThrowsAsync<InvalidOperationException>(() => generator.GenerateVideosAsync("fail on a secret", new() { ModelId = "m2" }));

        Assert.Equal(["generate_content m1", "generate_content m2"], spans.Select(static span => span.DisplayName));
        Assert.Equal(
            ("video", "m1", "prov", "h", 81, 2, 640),
            (spans[0].GetTagItem("gen_ai.output.type"), spans[0].GetTagItem("gen_ai.request.model"), spans[0].GetTagItem("gen_ai.provider.name"),
                spans[0].GetTagItem("server.address"), spans[0].GetTagItem("server.port"), spans[0].GetTagItem("gen_ai.request.choice.count"),
                spans[0].GetTagItem("gen_ai.request.video.width")));
        Assert.Equal(sensitive ? "a secret" : null, spans[0].GetTagItem("gen_ai.input.messages"));
        Assert.Equal(sensitive ? 1 : null, spans[0].GetTagItem("x"));
        Assert.Equal((ActivityStatusCode.Unset, ActivityStatusCode.Error), (spans[0].Status, spans[1].Status));
        Assert.Equal("System.InvalidOperationException", spans[1].GetTagItem("error.type"));
        Assert.Equal(2, measured.Count);
        Assert.False(measured[0].ContainsKey("error.type"));
        Assert.Equal("System.InvalidOperationException", measured[1]["error.type"]);
        Assert.Equal(sensitive ? "The provider does not take 'fail on a secret'." : null, spans[1].StatusDescription);
        var line = Assert.Single(log.Written);
        Assert.StartsWith("Error GenerateAsync failed", line);
        Assert.Contains("System.InvalidOperationException", line);
        Assert.Equal(sensitive, line.Contains("a secret", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Listeners_and_loggers_that_throw_replace_neither_a_response_nor_an_exception(bool whenStarted)
    {
        var source = $"throwing {whenStarted}";
        using var spans = new ActivityListener
        {
            ShouldListenTo = candidate => candidate.Name == source,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStarted = _ => ThrowIf(whenStarted),
            ActivityStopped = static _ => ThrowIf(true),
        };
        ActivitySource.AddActivityListener(spans);
        using var meters = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == source)
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        meters.SetMeasurementEventCallback<double>(static (_, _, _, _) => ThrowIf(true));
        meters.Start();
        var log = new Lines { Throws = true };
        using var generator = new Inner().AsBuilder().UseLogging(log).UseOpenTelemetry(log, source).Build();

        var response = await generator.GenerateVideosAsync("a secret");

        Assert.Single(response.Contents);
        await Assert.ThrowsAsync<InvalidOperationException>(() => generator.GenerateVideosAsync("fail on a secret"));
        await Assert.ThrowsAsync<OperationCanceledException>(() => generator.GenerateVideosAsync("cancel"));
        Assert.Null(Activity.Current);

        static void ThrowIf(bool throws)
        {
            if (throws)
                throw new IOException("mine");
        }
    }

    [Fact]
    public void A_pipeline_is_a_service()
    {
        var services = new ServiceCollection();
        services.AddSingleton<ILoggerFactory>(new Lines());
        services.AddVideoGenerator(static _ => new Inner()).UseLogging();
        services.AddKeyedVideoGenerator("other", static _ => new Inner()).Use(static next => new Passing(next));
        using var provider = services.BuildServiceProvider();

        Assert.IsType<LoggingVideoGenerator>(provider.GetRequiredService<IVideoGenerator>());
        Assert.Same(provider.GetRequiredService<IVideoGenerator>(), provider.GetRequiredService<IVideoGenerator>());
        Assert.IsType<Passing>(provider.GetRequiredKeyedService<IVideoGenerator>("other"));
    }

    private static Passing Named(string name, IVideoGenerator inner, List<string> order)
    {
        order.Add(name);
        return new Passing(inner);
    }

    private sealed class Passing(IVideoGenerator inner) : DelegatingVideoGenerator(inner);

    private sealed class Inner : IVideoGenerator
    {
        public VideoGenerationOptions? Options { get; private set; }

        public int Disposed { get; private set; }

        public Task<VideoGenerationResponse> GenerateAsync(
            VideoGenerationRequest request, VideoGenerationOptions? options = null, CancellationToken cancellationToken = default)
        {
            Options = options;
            return request.Prompt switch
            {
                "fail on a secret" => throw new InvalidOperationException($"The provider does not take '{request.Prompt}'."),
                "cancel" => throw new OperationCanceledException(),
                _ => Task.FromResult(new VideoGenerationResponse([new UriContent("https://example.com/a.mp4", "video/mp4")])),
            };
        }

        public object? GetService(Type serviceType, object? serviceKey = null) => serviceKey is not null ? null
            : serviceType == typeof(VideoGeneratorMetadata) ? new VideoGeneratorMetadata("prov", new Uri("https://h:81/x"), "m1")
            : serviceType.IsInstanceOfType(this) ? this
            : null;

        public void Dispose() => Disposed++;
    }

    /// <summary>A log that is kept.</summary>
    private sealed class Lines : ILoggerFactory, ILogger
    {
        public LogLevel Level { get; init; }

        public bool Throws { get; init; }

        public ConcurrentQueue<string> Written { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider)
        {
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => Throws ? throw new IOException("The log is full.") : logLevel >= Level;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Written.Enqueue($"{logLevel} {formatter(state, exception)} {exception}".TrimEnd());

        public void Dispose()
        {
        }
    }
}
