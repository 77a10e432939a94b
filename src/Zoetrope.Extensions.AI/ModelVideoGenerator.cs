using System.Globalization;
using Zoetrope.Clients;
using Zoetrope.Extensions.AI.Jobs;
using Zoetrope.Extensions.AI.Mapping;
using Zoetrope.Extensions.AI.Videos;
using Zoetrope.Json;
using Zoetrope.Models;

namespace Zoetrope.Extensions.AI;

/// <summary>Models of a client as a generator of videos. It does not own the client, which is intended to be long-lived.</summary>
internal sealed class ModelVideoGenerator : IVideoGenerator
{
    private readonly MediaClient _client;
    private readonly ModelSet _models;
    private readonly GenerationFlow _flow;
    private readonly VideoGeneratorMetadata _metadata;

    public ModelVideoGenerator(MediaClient client, ModelSet models, GenerationSettings? settings)
    {
        _client = client;
        _models = models;
        _flow = new(client, models, settings ?? new());
        _metadata = new(client.Provider, client.Protocol.BaseUrl, models.Default.Model.Endpoint.Id);
    }

    /// <summary>What its models make.</summary>
    public const string Kind = "video";

    public async Task<VideoGenerationResponse> GenerateAsync(
        VideoGenerationRequest request, VideoGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        cancellationToken.ThrowIfCancellationRequested();
        var continuation = options?.ContinuationToken;
        var inBackground = options?.AllowBackgroundResponses == true;
        var details = await _flow.RunAsync(options?.ModelId, continuation, inBackground, builder => Map(builder, request, options), cancellationToken)
            .ConfigureAwait(false);
        var asData = options?.ResponseFormat == VideoGenerationResponseFormat.Data;
        var contents = await OutputFiles.OfAsync(_client, details.Jobs, Kind, asData, cancellationToken).ConfigureAwait(false);
        if (continuation is null)
            _flow.CheckCount(details, options?.Count, contents.Count);
        return new VideoGenerationResponse(contents)
        {
            RawRepresentation = details,
            ContinuationToken = details.ContinuationToken,
            Usage = Mapping.Usage.Of(details, "videos", contents.Count),
        };
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        OfferedServices.Find(serviceType, serviceKey, this, _metadata, _client, _models.Default.Model);

    public void Dispose()
    {
        // The client belongs to the code that created it.
    }

    private IReadOnlyList<RawJson> Map(RequestBuilder builder, VideoGenerationRequest request, VideoGenerationOptions? options)
    {
        var parameters = builder.Parameters;
        builder.SetGiven(options?.RawRepresentationFactory?.Invoke(this), options?.AdditionalProperties);
        builder.SetPrompt(request.Prompt);
        InputImages.Set(builder, request.OriginalMedia);
        if (options is null)
            return JobInputs.Split(builder, null);
        OutputSize.Set(builder, options.VideoSize);
        if (options.AspectRatio is { } ratio && options.VideoSize is null)
            OutputSize.SetRatio(builder, ratio);
        if (options.Duration is { } duration)
            SetDuration(builder, duration);
        if (options.FramesPerSecond is { } frames)
            builder.SetStrictly(parameters.FramesPerSecond, $"{frames} frames a second", (long)frames, frames.ToString(CultureInfo.InvariantCulture));
        if (options.GenerateAudio is { } sound)
            builder.SetStrictly(parameters.Sound, "sound", sound);
        if (options.Seed is { } seed)
            builder.SetStrictly(parameters.Seed, $"the seed {seed}", seed);
        builder.SetFormat(options.MediaType);
        if (options.ResponseFormat == VideoGenerationResponseFormat.Hosted)
            builder.Warn($"{builder.Model} has no hosted files: the response has addresses.");
        return JobInputs.Split(builder, options.Count);
    }

    // Whether the known values, the default or the description have a number of seconds with its unit, such as 5s.
    private static bool WritesUnit(ParameterInfo parameter)
    {
        var text = string.Join(' ', [.. parameter.Values ?? [], parameter.Default, parameter.Description]) + " ";
        for (var at = text.IndexOf('s', 1); at > 0; at = text.IndexOf('s', at + 1))
        {
            if (char.IsAsciiDigit(text[at - 1]) && !char.IsAsciiLetterOrDigit(text[at + 1]))
                return true;
        }
        return false;
    }

    private static void SetDuration(RequestBuilder builder, TimeSpan duration)
    {
        var seconds = duration.TotalSeconds;
        var text = seconds.ToString(CultureInfo.InvariantCulture);
        RawJson number = seconds == Math.Floor(seconds) ? (RawJson)(long)seconds : seconds;
        // Models write five seconds as 5, "5" or "5s".
        var parameter = builder.Parameters.Duration;
        if (parameter?.Type == "string" && WritesUnit(parameter))
            builder.SetStrictly(parameter, $"the length of {text} s", text + "s", text, number);
        else if (parameter?.Type == "string")
            builder.SetStrictly(parameter, $"the length of {text} s", text, text + "s", number);
        else
            builder.SetStrictly(parameter, $"the length of {text} s", number, text, text + "s");
    }
}
