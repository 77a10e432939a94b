using System.Drawing;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Zoetrope.Fal.Models;
using Zoetrope.Higgsfield;
using Zoetrope.Json;
using Zoetrope.Replicate;
using Zoetrope.Runway;
using Zoetrope.Simulator;
using Zoetrope.Validation;
using Zoetrope.WaveSpeed;
using FalFlux2Pro = Zoetrope.Fal.Models.Flux2Pro;
using BflFlux2Pro = Zoetrope.BlackForestLabs.Flux2Pro;

namespace Zoetrope.Extensions.AI.Tests;

/// <summary>How a request becomes the input of a model, by the names and the rules of the model's document.</summary>
public sealed class ImageTests
{
    [Fact]
    public async Task A_prompt_becomes_an_image_with_its_job_and_its_cost()
    {
        await using var studio = await Studio.OpenAsync();
        using var generator = studio.Fal.AsImageGenerator(FalFlux2Pro.Info, studio.Settings());

        var response = await generator.GenerateImagesAsync("A zoetrope");

        Assert.Equal("A zoetrope", (string?)Assert.Single(studio.Inputs)["prompt"]);
        var image = Assert.IsType<UriContent>(Assert.Single(response.Contents));
        Assert.Equal("image/jpeg", image.MediaType);
        Assert.StartsWith(studio.Simulator.BaseUrl.ToString(), image.Uri.ToString());
        var job = Assert.Single(response.Details!.Jobs);
        Assert.Equal(("fal", "fal-ai/flux-2-pro"), (job.Handle.Provider, job.Handle.EndpointId));
        Assert.Equal("A zoetrope", studio.Inputs[0]["prompt"]!.GetValue<string>());
        Assert.Null(response.ContinuationToken);
        Assert.Empty(response.Warnings);
        Assert.Equal(1, response.Usage!.AdditionalCounts!["zoetrope.jobs"]);
        Assert.Equal(1, response.Usage.AdditionalCounts["zoetrope.images"]);
        Assert.Equal(response.Details!.Billed.Sum(static billed => billed.Value), job.Result!.Metrics.Billed!.Value.Value);
        Assert.Single(response.Usage.AdditionalCounts, static count => count.Key.StartsWith("zoetrope.billed.micro_", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Sizes_and_formats_have_the_names_and_the_words_of_each_model()
    {
        await using var studio = await Studio.OpenAsync();
        var options = new ImageGenerationOptions { ImageSize = new Size(1280, 720), MediaType = "image/png" };
        var settings = studio.Settings();

        foreach (var generator in new[]
        {
            studio.Fal.AsImageGenerator(FalFlux2Pro.Info, settings),
            studio.WaveSpeed.AsImageGenerator(WavespeedAiFluxDev.Info, settings),
            studio.Replicate.AsImageGenerator(BlackForestLabsFlux2Pro.Info, settings),
            studio.BlackForestLabs.AsImageGenerator(BflFlux2Pro.Info, settings),
        })
        {
            var response = await generator.GenerateImagesAsync("A zoetrope", options);

            Assert.Empty(response.Warnings);
            Assert.NotEmpty(response.Contents);
        }

        Assert.Equal("""{"prompt":"A zoetrope","image_size":{"width":1280,"height":720},"output_format":"png"}""", studio.Inputs[0].ToJsonString());
        Assert.Equal("""{"prompt":"A zoetrope","size":"1280*720","output_format":"png"}""", studio.Inputs[1].ToJsonString());
        // Its page says that width and height count only where the proportions are custom.
        Assert.Equal(
            """{"prompt":"A zoetrope","width":1280,"height":720,"aspect_ratio":"custom","output_format":"png"}""",
            studio.Inputs[2]["input"]!.ToJsonString());
        Assert.Equal("""{"prompt":"A zoetrope","width":1280,"height":720,"output_format":"png"}""", studio.Inputs[3].ToJsonString());
    }

    [Theory]
    [InlineData(1280, 720, "1280:720", 0)]
    [InlineData(640, 360, "1280:720", 1)]
    public async Task A_size_that_a_model_does_not_have_becomes_its_proportions_with_a_warning(int width, int height, string ratio, int warnings)
    {
        await using var studio = await Studio.OpenAsync();
        using var generator = studio.Runway.AsImageGenerator(TextToImageGen4Image.Info, studio.Settings());

        var response = await generator.GenerateImagesAsync("A zoetrope", new() { ImageSize = new Size(width, height) });

        Assert.Equal(ratio, (string?)studio.Inputs[0]["ratio"]);
        Assert.Equal(warnings, response.Warnings.Count);
        Assert.All(response.Warnings, warning => Assert.Contains(warning, Assert.Single(studio.Log)));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, -1)]
    public async Task A_size_that_is_not_positive_is_refused(int width, int height)
    {
        await using var studio = await Studio.OpenAsync();
        using var generator = studio.Fal.AsImageGenerator(FalFlux2Pro.Info, studio.Settings());

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            () => generator.GenerateImagesAsync("A zoetrope", new() { ImageSize = new Size(width, height) }));

        Assert.Empty(studio.Simulator.Requests);
    }

    [Fact]
    public async Task A_logger_that_throws_loses_no_job()
    {
        await using var studio = await Studio.OpenAsync();
        studio.LoggersThrow = true;
        using var generator = studio.WaveSpeed.AsImageGenerator(WavespeedAiFluxDev.Info, studio.Settings());

        // That there are three jobs is a warning, and that three images came is another one.
        var response = await generator.GenerateImagesAsync("A zoetrope", new() { Count = 9 });

        Assert.Equal(3, response.Contents.Count);
        Assert.Contains("9 results were asked for, and 3 came.", response.Warnings);
        Assert.Empty(studio.Log);
    }

    [Theory]
    [InlineData("""{"images":[],"caption":"cut off \ud83d","picture":"https://example.com/a.png"}""")]
    [InlineData("""{"images":[],"\udc00":1,"picture":"https://example.com/a.png"}""")]
    public async Task A_result_with_a_text_that_is_not_valid_is_not_lost(string result)
    {
        await using var studio = await Studio.OpenAsync();
        using var generator = studio.Fal.AsImageGenerator(Flux2Pro.Info, studio.Settings());
        studio.Simulator.AddFault(new() { Kind = FaultKind.JobResult, Body = result, MediaType = "application/json" });

        var response = await generator.GenerateImagesAsync("A zoetrope");

        Assert.Equal("https://example.com/a.png", Assert.IsType<UriContent>(Assert.Single(response.Contents)).Uri.ToString());
    }

    [Fact]
    public async Task Options_that_a_model_does_not_have_are_warnings()
    {
        await using var studio = await Studio.OpenAsync();
        using var generator = studio.Higgsfield.AsImageGenerator(HiggsfieldAiSoulStandard.Info, studio.Settings());
        var options = new ImageGenerationOptions
        {
            MediaType = "image/png",
            StreamingCount = 2,
            ResponseFormat = ImageGenerationResponseFormat.Hosted,
            AdditionalProperties = new() { ["seeed"] = 5, ["resolution"] = "1080p" },
        };

        var response = await generator.GenerateImagesAsync("A zoetrope", options);

        Assert.Equal(4, response.Warnings.Count);
        Assert.Contains("no parameter 'seeed', which was not sent. It has prompt, aspect_ratio, resolution", response.Warnings[0]);
        Assert.Contains("the media type image/png", response.Warnings[1]);
        Assert.Contains("StreamingCount", response.Warnings[2]);
        Assert.Contains("hosted", response.Warnings[3]);
        Assert.Equal(response.Warnings.Count, studio.Log.Count);
        Assert.Equal("1080p", (string?)studio.Inputs[0]["resolution"]);
        Assert.False(studio.Inputs[0].AsObject().ContainsKey("seeed"));
    }

    [Fact]
    public async Task A_format_that_a_model_does_not_have_is_a_warning_with_those_that_it_has()
    {
        await using var studio = await Studio.OpenAsync();
        using var generator = studio.Fal.AsImageGenerator(FalFlux2Pro.Info, studio.Settings());

        var response = await generator.GenerateImagesAsync("A zoetrope", new() { MediaType = "image/avif" });

        Assert.Contains("output_format: jpeg, png", Assert.Single(response.Warnings));
        Assert.Equal("""{"prompt":"A zoetrope"}""", studio.Inputs[0].ToJsonString());
    }

    /// <summary>Additional properties are what options have no member for; numbers keep their digits.</summary>
    [Fact]
    public async Task Additional_properties_are_parameters_by_name()
    {
        await using var studio = await Studio.OpenAsync();
        using var generator = studio.WaveSpeed.AsImageGenerator(WavespeedAiFluxDev.Info, studio.Settings());
        var options = new ImageGenerationOptions
        {
            AdditionalProperties = new()
            {
                ["guidanceScale"] = 5.7f,
                ["strength"] = 0.25m,
                ["seed"] = JsonDocument.Parse("123456789").RootElement,
                ["loras"] = new object[] { new Dictionary<string, object?> { ["path"] = "https://example.com/a.safetensors", ["scale"] = 1 } },
                ["size"] = "512*512",
            },
            ImageSize = new Size(1024, 1024),
        };

        var response = await generator.GenerateImagesAsync("A zoetrope", options);

        Assert.Empty(response.Warnings);
        Assert.Equal(
            """{"guidance_scale":5.7,"strength":0.25,"seed":123456789,"loras":[{"path":"https://example.com/a.safetensors","scale":1}],"""
                + """ "size":"512*512","prompt":"A zoetrope"}""".TrimStart(),
            studio.Inputs[0].ToJsonString());
    }

    [Fact]
    public async Task The_raw_representation_is_the_request_that_the_rest_is_added_to()
    {
        await using var studio = await Studio.OpenAsync();
        using var generator = studio.Fal.AsImageGenerator(FalFlux2Pro.Info, studio.Settings());
        var options = new ImageGenerationOptions
        {
            RawRepresentationFactory = static _ =>
                RawJson.From(new FalFlux2Pro.Request { Prompt = "As it is", SafetyTolerance = "5", ExtraProperties = { ["new_one"] = 1 } }),
            MediaType = "image/png",
        };

        await generator.GenerateImagesAsync("Not this", options);

        Assert.Equal("""{"prompt":"As it is","safety_tolerance":"5","new_one":1,"output_format":"png"}""", studio.Inputs[0].ToJsonString());
    }

    [Fact]
    public async Task What_is_not_valid_is_not_sent()
    {
        await using var studio = await Studio.OpenAsync();
        using var generator = studio.Fal.AsImageGenerator(FalFlux2Pro.Info, studio.Settings());

        var invalid = await Assert.ThrowsAsync<RequestValidationException>(
            () => generator.GenerateImagesAsync("A zoetrope", new() { ImageSize = new Size(20000, 100), Count = 3 }));
        await Assert.ThrowsAsync<RequestValidationException>(() => generator.GenerateAsync(new()));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => generator.GenerateImagesAsync("A zoetrope", new() { Count = 0 }));
        await Assert.ThrowsAsync<ArgumentException>(
            () => generator.GenerateImagesAsync("A zoetrope", new() { AdditionalProperties = new() { ["seed"] = new Version(1, 2) } }));

        Assert.Contains("image_size.width", invalid.Message);
        Assert.Empty(studio.Simulator.Requests);
    }

    [Fact]
    public async Task An_image_to_start_from_is_uploaded_or_passed_on()
    {
        await using var studio = await Studio.OpenAsync();
        using var wave = studio.WaveSpeed.AsImageGenerator(WavespeedAiFluxDev.Info, studio.Settings());
        using var replicate = studio.Replicate.AsImageGenerator(BlackForestLabsFlux2Pro.Info, studio.Settings());
        using var bfl = studio.BlackForestLabs.AsImageGenerator(BflFlux2Pro.Info, studio.Settings());
        var png = new DataContent(Pictures.Png, "image/png") { Name = "start.png" };

        await wave.EditImageAsync(png, "At night");
        await replicate.EditImagesAsync([png, new UriContent("https://example.com/b.png", "image/png")], "At night");
        await bfl.EditImagesAsync(
            [new UriContent("https://example.com/a.png", "image/png"), new UriContent("https://example.com/b.png", "image/png")], "At night");

        // It has no storage, and takes the file itself.
        Assert.StartsWith("data:image/png;base64,", (string?)studio.Inputs[0]["image"]);
        Assert.StartsWith("http", (string?)studio.Inputs[1]["input"]!["input_images"]![0]);
        Assert.Equal("https://example.com/b.png", (string?)studio.Inputs[1]["input"]!["input_images"]![1]);
        Assert.Equal(1, studio.Simulator.Counts.Uploads);
        Assert.Equal("https://example.com/a.png", (string?)studio.Inputs[2]["input_image"]);
        Assert.Equal("https://example.com/b.png", (string?)studio.Inputs[2]["input_image_2"]);
    }

    /// <summary>An option can be left out with a warning; what the image is to be made of cannot.</summary>
    [Fact]
    public async Task Images_that_a_model_does_not_take_are_refused()
    {
        await using var studio = await Studio.OpenAsync();
        using var generator = studio.Fal.AsImageGenerator(FalFlux2Pro.Info, studio.Settings());

        var refused = await Assert.ThrowsAsync<NotSupportedException>(() => generator.EditImageAsync(new DataContent(Pictures.Png, "image/png"), "At night"));
        await Assert.ThrowsAsync<ArgumentException>(() => generator.EditImagesAsync([new TextContent("no image")], "At night"));

        Assert.Contains("fal-ai/flux-2-pro at fal does not take an image to start from", refused.Message);
        Assert.Empty(studio.Simulator.Requests);
    }

    [Fact]
    public async Task Images_are_downloaded_where_data_are_asked_for()
    {
        await using var studio = await Studio.OpenAsync();
        using var generator = studio.Fal.AsImageGenerator(FalFlux2Pro.Info, studio.Settings());

        var response = await generator.GenerateImagesAsync(
            "A zoetrope", new() { MediaType = "image/png", ResponseFormat = ImageGenerationResponseFormat.Data });

        var image = Assert.IsType<DataContent>(Assert.Single(response.Contents));
        Assert.Equal("image/png", image.MediaType);
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], image.Data[..4].ToArray());
    }

    [Fact]
    public async Task The_model_is_chosen_by_its_id()
    {
        await using var studio = await Studio.OpenAsync();
        using var generator = studio.WaveSpeed.AsImageGenerator([WavespeedAiFluxDev.Info, WavespeedAiFluxSchnell.Info], studio.Settings());

        await generator.GenerateImagesAsync("A zoetrope");
        await generator.GenerateImagesAsync("A zoetrope", new() { ModelId = "wavespeed-ai/flux-schnell" });
        var unknown = await Assert.ThrowsAsync<ArgumentException>(() => generator.GenerateImagesAsync("A zoetrope", new() { ModelId = "flux" }));

        Assert.Equal(["wavespeed-ai/flux-dev", "wavespeed-ai/flux-schnell"], studio.Submits.Select(static submit => submit.Endpoint));
        Assert.Contains("wavespeed-ai/flux-dev, wavespeed-ai/flux-schnell", unknown.Message);
    }

    [Fact]
    public async Task A_model_of_another_provider_or_kind_is_refused_when_the_generator_is_made()
    {
        await using var studio = await Studio.OpenAsync();

        Assert.Throws<ArgumentException>(() => studio.Fal.AsImageGenerator(WavespeedAiFluxDev.Info));
        Assert.Throws<ArgumentException>(() => studio.Fal.AsImageGenerator([]));
        var video = Assert.Throws<ArgumentException>(() => studio.Fal.AsImageGenerator(KlingVideoO3ProImageToVideo.Info));

        Assert.Contains("image-to-video", video.Message);
    }
}
