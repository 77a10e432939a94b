using System.Text.Json;
using Microsoft.Extensions.AI;
using Zoetrope.Extensions.AI.Jobs;
using Zoetrope.Fal.Models;
using Zoetrope.Jobs;
using Zoetrope.Simulator;
using Zoetrope.WaveSpeed;

namespace Zoetrope.Extensions.AI.Tests;

/// <summary>Jobs outlive a call, and a process, as continuation tokens.</summary>
public sealed class ContinuationTests
{
    [Fact]
    public async Task A_job_in_the_background_is_continued_by_its_token_and_is_submitted_once()
    {
        var clock = new SimulatorClock();
        await using var studio = await Studio.OpenAsync(TimeSpan.FromMinutes(5), clock: clock);
        using var generator = studio.Fal.AsImageGenerator(Flux2Pro.Info, studio.Settings());

        var accepted = await generator.GenerateImagesAsync("A zoetrope", new JobImageGenerationOptions { Count = 2, AllowBackgroundResponses = true });
        Assert.Empty(accepted.Contents);
        // As it is stored, and read by another process.
        var text = JsonSerializer.Serialize(accepted.ContinuationToken, AIJsonUtilities.DefaultOptions.GetTypeInfo(typeof(ResponseContinuationToken)));
        var token = (ResponseContinuationToken)JsonSerializer.Deserialize(
            text, AIJsonUtilities.DefaultOptions.GetTypeInfo(typeof(ResponseContinuationToken)))!;
        var asked = await generator.GenerateImagesAsync("", new JobImageGenerationOptions { ContinuationToken = token, AllowBackgroundResponses = true });
        clock.Advance(TimeSpan.FromMinutes(6));
        var done = await generator.GenerateImagesAsync("", new JobImageGenerationOptions { ContinuationToken = token });
        var again = await generator.GenerateImagesAsync("", new JobImageGenerationOptions { ContinuationToken = token, AllowBackgroundResponses = true });

        Assert.NotNull(asked.ContinuationToken);
        Assert.All(asked.Details!.Jobs, static job => Assert.False(job.Status!.IsTerminal));
        Assert.Null(done.ContinuationToken);
        Assert.Equal(2, done.Contents.Count);
        Assert.Equal(2, again.Contents.Count);
        Assert.Equal(2, studio.Simulator.Submits);
        Assert.Equal(accepted.Details!.Jobs.Select(static job => job.Handle), JobContinuationToken.From(token).Handles);
    }

    [Fact]
    public async Task Results_are_requested_in_the_background_only_when_all_jobs_have_ended()
    {
        var clock = new SimulatorClock();
        await using var studio = await Studio.OpenAsync(TimeSpan.FromMinutes(5), clock: clock);
        using var generator = studio.Fal.AsImageGenerator(Flux2Pro.Info, studio.Settings());
        var first = await studio.Fal.Flux2Pro.SubmitAsync(new() { Prompt = "A zoetrope" });
        clock.Advance(TimeSpan.FromMinutes(6));
        var second = await studio.Fal.Flux2Pro.SubmitAsync(new() { Prompt = "Another" });
        var token = JobContinuationToken.From(first.Handle, second.Handle);
        var options = new JobImageGenerationOptions { ContinuationToken = token, AllowBackgroundResponses = true };

        var asked = await generator.GenerateImagesAsync("", options);
        var before = studio.Simulator.Requests.Count(static request => request.Operation == SimulatorOperation.Result);
        clock.Advance(TimeSpan.FromMinutes(6));
        var done = await generator.GenerateImagesAsync("", options);

        Assert.Equal([true, false], asked.Details!.Jobs.Select(static job => job.Status!.IsTerminal));
        Assert.Equal(2, JobContinuationToken.From(asked.ContinuationToken!).Handles.Count);
        Assert.Equal((0, 2), (before, studio.Simulator.Requests.Count(static request => request.Operation == SimulatorOperation.Result)));
        Assert.Equal(2, done.Contents.Count);
        Assert.Null(done.ContinuationToken);
    }

    [Fact]
    public async Task The_handle_of_any_job_of_the_model_is_a_token()
    {
        await using var studio = await Studio.OpenAsync();
        using var generator = studio.Fal.AsImageGenerator(Flux2Pro.Info, studio.Settings());
        var job = await studio.Fal.Flux2Pro.SubmitAsync(new() { Prompt = "A zoetrope" });

        var token = JobContinuationToken.From(JobHandle.Parse(job.Handle.ToString()));
        var response = await generator.GenerateImagesAsync("", new JobImageGenerationOptions { ContinuationToken = token });

        Assert.Single(response.Contents);
        Assert.Equal(1, studio.Simulator.Submits);
    }

    [Fact]
    public async Task A_token_of_something_else_is_refused_before_anything_is_sent()
    {
        await using var studio = await Studio.OpenAsync();
        using var generator = studio.Fal.AsImageGenerator(Flux2Pro.Info, studio.Settings());
        ResponseContinuationToken[] wrong =
        [
            ResponseContinuationToken.FromBytes(new byte[] { 1, 2, 3 }),
            ResponseContinuationToken.FromBytes("zoetrope:1\nno handle"u8.ToArray()),
            JobContinuationToken.From(new JobHandle("wavespeed", WavespeedAiFluxDev.Endpoint.Id, "1")),
            JobContinuationToken.From(new JobHandle("fal", KlingVideoO3ProImageToVideo.Endpoint.Id, "1")),
        ];

        foreach (var token in wrong)
            await Assert.ThrowsAsync<ArgumentException>(() => generator.GenerateImagesAsync("", new JobImageGenerationOptions { ContinuationToken = token }));

        Assert.Throws<ArgumentException>(() => JobContinuationToken.From([]));
        Assert.Empty(studio.Simulator.Requests);
    }

    [Fact]
    public void Options_are_cloned_with_them()
    {
        var token = JobContinuationToken.From(new JobHandle("fal", "a/b", "1:2\n3"));
        var options = new JobImageGenerationOptions { AllowBackgroundResponses = true, ContinuationToken = token, Count = 2, AdditionalProperties = [] };

        var clone = Assert.IsType<JobImageGenerationOptions>(options.Clone());
        options.AllowBackgroundResponses = null;

        Assert.True(clone.AllowBackgroundResponses);
        Assert.Same(token, clone.ContinuationToken);
        Assert.Equal(2, clone.Count);
        Assert.NotSame(options.AdditionalProperties, clone.AdditionalProperties);
        Assert.Equal(token.Handles, JobContinuationToken.From(ResponseContinuationToken.FromBytes(token.ToBytes())).Handles);
        Assert.Empty(new ImageGenerationResponse().Warnings);
    }
}
