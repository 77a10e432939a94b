using Microsoft.Extensions.AI;
using Zoetrope.Extensions.AI.Jobs;
using Zoetrope.Extensions.AI.Tests.Models;
using Zoetrope.Simulator;
using Zoetrope.Validation;

namespace Zoetrope.Extensions.AI.Tests;

/// <summary>Models that speak, and models that transcribe, as the library's own clients.</summary>
public sealed class SpeechTests
{
    // The first bytes of a WAV file.
    private static readonly byte[] _wav = [.. "RIFF"u8, 36, 0, 0, 0, .. "WAVEfmt "u8, 16, 0, 0, 0];

    [Fact]
    public async Task Speech_becomes_text_with_its_times()
    {
        await using var studio = await OpenAsync();
        using var client = studio.Fal.AsSpeechToTextClient(ExampleTranscriber.Info, studio.Settings()).AsBuilder()
            .UseLogging(studio)
            .UseOpenTelemetry()
            .Build();
        Answer(studio, """{"text":"Hello there.","chunks":[{"text":"Hello","timestamp":[0.5,1]},{"text":"there.","timestamp":[1,2.25]}]}""");
        var options = new SpeechToTextOptions { SpeechLanguage = "en", SpeechSampleRate = 16000, AdditionalProperties = new() { ["diarize"] = true } };

        var response = await client.GetTextAsync(new MemoryStream(_wav), options);

        Assert.Equal("Hello there.", response.Text);
        Assert.Equal((TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(2.25)), (response.StartTime, response.EndTime));
        var input = Assert.Single(studio.Inputs);
        Assert.StartsWith(studio.Simulator.BaseUrl.ToString(), (string?)input["audio_url"]);
        Assert.EndsWith(".wav", (string?)input["audio_url"]);
        Assert.Equal(("en", true), ((string?)input["language"], (bool)input["diarize"]!));
        Assert.Contains("the sample rate 16000", Assert.Single(response.GetDetails()!.Warnings));
        Assert.StartsWith("fal:example/transcriber:", response.ResponseId);
        Assert.Equal("example/transcriber", client.GetService<SpeechToTextClientMetadata>()!.DefaultModelId);
    }

    [Theory]
    [InlineData("""{"text":"Hello \ud83d"}""")]
    [InlineData("""{"\udc00xt":"Not this one","transcript":"Hello \ud83d"}""")]
    [InlineData("\"Hello \\ud83d\"")]
    public async Task A_text_that_is_not_valid_is_not_lost(string result)
    {
        await using var studio = await OpenAsync();
        using var client = studio.Fal.AsSpeechToTextClient(ExampleTranscriber.Info, studio.Settings());
        Answer(studio, result);

        var response = await client.GetTextAsync(new MemoryStream(_wav));

        Assert.Equal("Hello \ufffd", response.Text);
    }

    [Fact]
    public async Task A_result_without_a_text_is_not_lost()
    {
        await using var studio = await OpenAsync();
        using var client = studio.Fal.AsSpeechToTextClient(ExampleTranscriber.Info, studio.Settings());
        Answer(studio, """{"paragraphs":["Hello there."]}""");

        var exception = await Assert.ThrowsAsync<GenerationException>(() => client.GetTextAsync(new MemoryStream(_wav)));

        Assert.Contains("Hello there.", Assert.Single(exception.Jobs).Result!.Raw.ToString());
    }

    [Fact]
    public async Task A_language_that_the_model_does_not_have_is_refused()
    {
        await using var studio = await OpenAsync();
        using var client = studio.Fal.AsSpeechToTextClient(ExampleTranscriber.Info, studio.Settings());

        await Assert.ThrowsAsync<RequestValidationException>(() => client.GetTextAsync(new MemoryStream(_wav), new() { SpeechLanguage = "tlh" }));

        Assert.Empty(studio.Simulator.Requests);
    }

    [Fact]
    public async Task Text_becomes_speech()
    {
        await using var studio = await OpenAsync();
        using var client = studio.Fal.AsTextToSpeechClient(ExampleSpeaker.Info, studio.Settings()).AsBuilder().UseLogging(studio).UseOpenTelemetry().Build();
        var options = new TextToSpeechOptions { VoiceId = "Roger", Speed = 1.1f, Pitch = 2, AudioFormat = "audio/mpeg" };

        var response = await client.GetAudioAsync("Hello there.", options);

        Assert.Equal("""{"text":"Hello there.","voice":"Roger","output_format":"mp3","speed":1.1}""", Assert.Single(studio.Inputs).ToJsonString());
        Assert.StartsWith("audio/", Assert.IsType<DataContent>(Assert.Single(response.Contents)).MediaType);
        Assert.Contains("the pitch", Assert.Single(response.GetDetails()!.Warnings));
        await Assert.ThrowsAsync<RequestValidationException>(() => client.GetAudioAsync("Hello.", new() { VoiceId = "Nobody" }));
        await Assert.ThrowsAsync<RequestValidationException>(() => client.GetAudioAsync(""));
        Assert.Equal(1, studio.Simulator.Submits);
    }

    [Fact]
    public async Task Updates_are_those_of_the_whole_response()
    {
        await using var studio = await OpenAsync();
        using var speaker = studio.Fal.AsTextToSpeechClient(ExampleSpeaker.Info, studio.Settings());
        using var transcriber = studio.Fal.AsSpeechToTextClient(ExampleTranscriber.Info, studio.Settings());

        var speech = await speaker.GetStreamingAudioAsync("Hello there.").ToTextToSpeechResponseAsync();
        Answer(studio, """{"text":"Hello there."}""");
        var text = await transcriber.GetStreamingTextAsync(new MemoryStream(_wav)).ToSpeechToTextResponseAsync();

        Assert.IsType<DataContent>(Assert.Single(speech.Contents));
        Assert.Equal("Hello there.", text.Text);
    }

    [Fact]
    public async Task A_job_in_the_background_is_continued_by_its_token()
    {
        await using var studio = await OpenAsync();
        using var client = studio.Fal.AsTextToSpeechClient(ExampleSpeaker.Info, studio.Settings()).AsBuilder().ConfigureOptions(static _ => { }).Build();

        var accepted = await client.GetAudioAsync("Hello there.", new JobTextToSpeechOptions { AllowBackgroundResponses = true });
        var done = await client.GetAudioAsync("", new JobTextToSpeechOptions { ContinuationToken = accepted.GetDetails()!.ContinuationToken });

        Assert.Empty(accepted.Contents);
        Assert.Single(done.Contents);
        Assert.Equal(1, studio.Simulator.Submits);
    }

    [Fact]
    public async Task A_model_of_another_kind_is_refused()
    {
        await using var studio = await OpenAsync();

        Assert.Throws<ArgumentException>(() => studio.Fal.AsSpeechToTextClient(ExampleSpeaker.Info));
        Assert.Throws<ArgumentException>(() => studio.Fal.AsTextToSpeechClient(ExampleTranscriber.Info));
        Assert.Throws<ArgumentException>(() => studio.Fal.AsImageGenerator(ExampleSpeaker.Info));
    }

    private static Task<Studio> OpenAsync() => Studio.OpenAsync(specs: Repository.PathOf("tests/Zoetrope.Extensions.AI.Tests/specs"));

    private static void Answer(Studio studio, string json) =>
        studio.Simulator.AddFault(new() { Kind = FaultKind.JobResult, Body = json, MediaType = "application/json" });
}
