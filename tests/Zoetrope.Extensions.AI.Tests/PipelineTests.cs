using System.Diagnostics;
using System.Drawing;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Zoetrope.Clients;
using Zoetrope.Extensions.AI.Jobs;
using Zoetrope.Extensions.Hosting;
using Zoetrope.Fal;
using Zoetrope.Fal.Models;
using Zoetrope.Models;
using Zoetrope.WaveSpeed;

namespace Zoetrope.Extensions.AI.Tests;

/// <summary>The library's own builder, delegating generators, logging, telemetry and services around ours.</summary>
public sealed class PipelineTests
{
    [Fact]
    public async Task A_request_passes_a_whole_pipeline_of_the_library_unchanged()
    {
        await using var studio = await Studio.OpenAsync();
        var activities = new List<Activity>();
        using var listener = Listen("of this test", activities);
        var delegating = new Counting(studio.WaveSpeed.AsImageGenerator(WavespeedAiFluxDev.Info, studio.Settings()));
        using var generator = new ImageGeneratorBuilder(delegating)
            .ConfigureOptions(static options => options.MediaType ??= "image/png")
            .UseLogging(studio)
            .UseOpenTelemetry(studio, "of this test", static telemetry => telemetry.EnableSensitiveData = true)
            .Build();
        var options = new ImageGenerationOptions { Count = 6, ImageSize = new Size(512, 512), AdditionalProperties = new() { ["seed"] = 3 } };

        var response = await generator.GenerateImagesAsync("A zoetrope", options);

        Assert.Equal(1, delegating.Calls);
        Assert.Equal(2, studio.Simulator.Submits);
        Assert.All(studio.Inputs, static input => Assert.Equal("png", (string?)input["output_format"]));
        Assert.NotNull(response.Details);
        Assert.NotEmpty(response.Warnings);
        // Configured options are a copy.
        Assert.Null(options.MediaType);
        Assert.Contains(studio.Log, static line => line.Contains("LoggingImageGenerator Trace", StringComparison.Ordinal));
        var activity = Assert.Single(activities);
        Assert.Equal("wavespeed", activity.GetTagItem("gen_ai.provider.name"));
        Assert.Equal("127.0.0.1", activity.GetTagItem("server.address"));
        Assert.Equal(ActivityStatusCode.Unset, activity.Status);
    }

    [Fact]
    public async Task A_failure_passes_the_pipeline_with_what_it_carries()
    {
        await using var studio = await Studio.OpenAsync();
        var activities = new List<Activity>();
        using var listener = Listen("of a failure", activities);
        using var generator = studio.Fal.AsImageGenerator(Flux2Pro.Info, studio.Settings(jobsAtOnce: 1)).AsBuilder()
            .UseLogging(studio)
            .UseOpenTelemetry(studio, "of a failure")
            .Build();
        studio.Simulator.AddFault(new() { Kind = Simulator.FaultKind.JobFailure, FromCall = 2 });

        var exception = await Assert.ThrowsAsync<GenerationException>(() => generator.GenerateImagesAsync("A zoetrope", new() { Count = 2 }));

        Assert.Equal(2, exception.Jobs.Count);
        Assert.Equal(ActivityStatusCode.Error, Assert.Single(activities).Status);
    }

    /// <summary>Options of ours are kept by generators that copy options, and do not break what writes them to a log.</summary>
    [Fact]
    public async Task A_continuation_passes_the_pipeline()
    {
        await using var studio = await Studio.OpenAsync();
        using var generator = studio.Fal.AsImageGenerator(Flux2Pro.Info, studio.Settings()).AsBuilder()
            .ConfigureOptions(static options => options.MediaType = "image/png")
            .UseLogging(studio)
            .Build();

        var accepted = await generator.GenerateImagesAsync("A zoetrope", new JobImageGenerationOptions { AllowBackgroundResponses = true });
        var done = await generator.GenerateImagesAsync("A zoetrope", new JobImageGenerationOptions { ContinuationToken = accepted.ContinuationToken });

        Assert.Single(done.Contents);
        Assert.Equal(1, studio.Simulator.Submits);
    }

    [Fact]
    public async Task Services_are_found_through_the_pipeline()
    {
        await using var studio = await Studio.OpenAsync();
        var fal = studio.Fal;
        using var generator = fal.AsImageGenerator(Flux2Pro.Info).AsBuilder().UseLogging(studio).UseOpenTelemetry(studio).Build();

        var metadata = generator.GetRequiredService<ImageGeneratorMetadata>();

        Assert.Equal(("fal", studio.Simulator.BaseUrl, "fal-ai/flux-2-pro"), (metadata.ProviderName, metadata.ProviderUri, metadata.DefaultModelId));
        Assert.Same(fal, generator.GetService<FalClient>());
        Assert.Same(fal, generator.GetService<MediaClient>());
        Assert.Same(Flux2Pro.Endpoint, generator.GetService<ModelInfo>()!.Endpoint);
        Assert.NotNull(generator.GetService<IImageGenerator>());
        Assert.Null(generator.GetService<MediaClient>("with a key"));
        Assert.Null(generator.GetService<IChatClient>());
        Assert.Throws<ArgumentNullException>(() => generator.GetService(null!));
    }

    [Fact]
    public async Task The_client_outlives_the_generator()
    {
        await using var studio = await Studio.OpenAsync();
        var fal = studio.Fal;

        fal.AsImageGenerator(Flux2Pro.Info).AsBuilder().UseLogging(studio).Build().Dispose();
        var response = await fal.AsImageGenerator(Flux2Pro.Info, studio.Settings()).GenerateImagesAsync("A zoetrope");

        Assert.Single(response.Contents);
    }

    [Fact]
    public async Task A_client_of_a_host_is_a_service_of_the_library()
    {
        await using var studio = await Studio.OpenAsync();
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration["Zoetrope:Fal:ApiKey"] = "any";
        builder.Configuration["Zoetrope:Fal:BaseUrl"] = studio.Simulator.BaseUrl.ToString();
        builder.Services.AddFal();
        builder.Services.AddImageGenerator(services => services.GetRequiredService<FalClient>().AsImageGenerator(Flux2Pro.Info, studio.Settings()));
        using var host = builder.Build();

        var response = await host.Services.GetRequiredService<IImageGenerator>().GenerateImagesAsync("A zoetrope");

        Assert.Single(response.Contents);
    }

    private static ActivityListener Listen(string source, List<Activity> activities)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = candidate => candidate.Name == source,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activities.Add,
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    private sealed class Counting(IImageGenerator inner) : DelegatingImageGenerator(inner)
    {
        public int Calls { get; private set; }

        public override Task<ImageGenerationResponse> GenerateAsync(
            ImageGenerationRequest request, ImageGenerationOptions? options = null, CancellationToken cancellationToken = default)
        {
            Calls++;
            return base.GenerateAsync(request, options, cancellationToken);
        }
    }
}
