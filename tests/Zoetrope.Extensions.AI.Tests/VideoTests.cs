using System.Drawing;
using Microsoft.Extensions.AI;
using Zoetrope.Extensions.AI.Jobs;
using Zoetrope.Extensions.AI.Videos;
using Zoetrope.Fal.Models;
using Zoetrope.Jobs;
using Zoetrope.Luma;
using Zoetrope.Runway;
using Zoetrope.Simulator;
using Zoetrope.Together;
using Zoetrope.Validation;

namespace Zoetrope.Extensions.AI.Tests;

/// <summary>Models of videos as generators of an interface in the library's style.</summary>
public sealed class VideoTests
{
    [Fact]
    public async Task An_image_becomes_a_video()
    {
        await using var studio = await Studio.OpenAsync();
        using var generator = studio.Fal.AsVideoGenerator(KlingVideoO3ProImageToVideo.Info, studio.Settings());
        var options = new VideoGenerationOptions { Duration = TimeSpan.FromSeconds(5), GenerateAudio = true, Seed = 5 };

        var response = await generator.AnimateImageAsync(new DataContent(Pictures.Square, "image/png"), "She turns around", options);

        var input = Assert.Single(studio.Inputs);
        Assert.Equal(("She turns around", "5", true), ((string?)input["prompt"], (string?)input["duration"], (bool)input["generate_audio"]!));
        Assert.StartsWith(studio.Simulator.BaseUrl.ToString(), (string?)input["image_url"]);
        Assert.Equal("video/mp4", Assert.IsType<UriContent>(Assert.Single(response.Contents)).MediaType);
        Assert.Contains("no parameter for the seed 5", Assert.Single(response.Warnings));
        Assert.Equal("fal-ai/kling-video/o3/pro/image-to-video", response.Details!.ModelId);
        Assert.Equal(1, response.Usage!.AdditionalCounts!["zoetrope.videos"]);
    }

    [Fact]
    public async Task Lengths_and_proportions_have_the_words_of_each_model()
    {
        await using var studio = await Studio.OpenAsync();
        var options = new VideoGenerationOptions { Duration = TimeSpan.FromSeconds(5), AspectRatio = "16:9" };

        var luma = await studio.Luma.AsVideoGenerator(Ray2.Info, studio.Settings()).GenerateVideosAsync("A zoetrope", options);
        var runway = await studio.Runway.AsVideoGenerator(TextToVideoGen4_5.Info, studio.Settings()).GenerateVideosAsync("A zoetrope", options);
        var together = await studio.Together.AsVideoGenerator(ByteDanceSeedance1_0Pro.Info, studio.Settings()).GenerateVideosAsync(
            "A zoetrope", new() { Duration = TimeSpan.FromSeconds(5), VideoSize = new Size(1248, 704), FramesPerSecond = 24, MediaType = "video/mp4" });

        foreach (var response in new[] { luma, runway, together })
        {
            Assert.Equal("video/mp4", Assert.IsType<UriContent>(Assert.Single(response.Contents)).MediaType);
            Assert.Empty(response.Warnings);
        }
        Assert.Equal(("5s", "16:9"), ((string?)studio.Inputs[0]["duration"], (string?)studio.Inputs[0]["aspect_ratio"]));
        Assert.Equal((5, "1280:720"), ((int)studio.Inputs[1]["duration"]!, (string?)studio.Inputs[1]["ratio"]));
        Assert.Equal(("5", 1248, 704, 24, "MP4"), (
            (string?)studio.Inputs[2]["seconds"], (int)studio.Inputs[2]["width"]!, (int)studio.Inputs[2]["height"]!, (int)studio.Inputs[2]["fps"]!,
            (string?)studio.Inputs[2]["output_format"]));
    }

    /// <summary>A video of another length than was asked for would be paid for: the length is refused as any other value that is not valid.</summary>
    [Fact]
    public async Task A_length_that_the_model_does_not_have_is_refused()
    {
        await using var studio = await Studio.OpenAsync();
        using var generator = studio.Fal.AsVideoGenerator(KlingVideoO3ProImageToVideo.Info, studio.Settings());

        var exception = await Assert.ThrowsAsync<RequestValidationException>(() => generator.AnimateImageAsync(
            new UriContent("https://example.com/a.png", "image/png"), "She turns around", new() { Duration = TimeSpan.FromSeconds(60) }));

        Assert.Contains("duration: must be one of", exception.Message);
        Assert.Empty(studio.Simulator.Requests);
    }

    /// <summary>Files are held against the limits of the model's document before anything is sent.</summary>
    [Fact]
    public async Task An_image_that_the_model_refuses_is_not_uploaded()
    {
        await using var studio = await Studio.OpenAsync();
        using var generator = studio.Fal.AsVideoGenerator(KlingVideoO3ProImageToVideo.Info, studio.Settings());

        var exception = await Assert.ThrowsAsync<RequestValidationException>(
            () => generator.AnimateImageAsync(new DataContent(Pictures.Png, "image/png"), "She turns around"));

        Assert.Contains("image_url", exception.Message);
        Assert.Empty(studio.Simulator.Requests);
    }

    [Fact]
    public async Task A_video_in_the_background_is_continued_by_its_token()
    {
        await using var studio = await Studio.OpenAsync();
        using var generator = studio.Runway.AsVideoGenerator(TextToVideoGen4_5.Info, studio.Settings()).AsBuilder()
            .ConfigureOptions(static options => options.AspectRatio = "16:9")
            .UseLogging(studio)
            .Build();

        var accepted = await generator.GenerateVideosAsync("A zoetrope", new() { Duration = TimeSpan.FromSeconds(5), AllowBackgroundResponses = true });
        var done = await generator.GenerateVideosAsync(
            "", new() { ContinuationToken = accepted.ContinuationToken, ResponseFormat = VideoGenerationResponseFormat.Data });

        Assert.Empty(accepted.Contents);
        Assert.Null(done.ContinuationToken);
        Assert.Equal("video/mp4", Assert.IsType<DataContent>(Assert.Single(done.Contents)).MediaType);
        Assert.Equal(1, studio.Simulator.Submits);
    }

    /// <summary>A continuation waits for all of its jobs, whatever becomes of one of them.</summary>
    [Fact]
    public async Task A_job_that_failed_keeps_no_other_from_being_continued()
    {
        await using var studio = await Studio.OpenAsync();
        using var generator = studio.Luma.AsVideoGenerator(Ray2.Info, studio.Settings(jobsAtOnce: 1));
        studio.Simulator.AddFault(new() { Kind = FaultKind.JobFailure });
        var options = new VideoGenerationOptions { Count = 3, AllowBackgroundResponses = true };
        var accepted = await generator.GenerateVideosAsync("A zoetrope", options);

        var exception = await Assert.ThrowsAsync<GenerationException>(
            () => generator.GenerateVideosAsync("", new() { ContinuationToken = accepted.ContinuationToken }));
        var rest = await generator.GenerateVideosAsync("", new() { ContinuationToken = exception.ContinuationToken });

        Assert.Equal((3, 0), (exception.Jobs.Count, exception.NotSubmitted));
        Assert.IsType<JobFailedException>(Assert.Single(exception.Failures));
        Assert.Equal(2, rest.Contents.Count);
        Assert.Equal(3, studio.Simulator.Submits);
    }

    [Fact]
    public async Task A_model_of_images_is_refused()
    {
        await using var studio = await Studio.OpenAsync();

        Assert.Throws<ArgumentException>(() => studio.Fal.AsVideoGenerator(Flux2Pro.Info));
    }
}
