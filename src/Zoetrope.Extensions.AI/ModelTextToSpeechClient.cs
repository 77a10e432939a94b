using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Zoetrope.Clients;
using Zoetrope.Extensions.AI.Jobs;
using Zoetrope.Extensions.AI.Mapping;
using Zoetrope.Json;

namespace Zoetrope.Extensions.AI;

/// <summary>Models of a client that speak. It does not own the client, which is intended to be long-lived.</summary>
internal sealed class ModelTextToSpeechClient : ITextToSpeechClient
{
    private readonly MediaClient _client;
    private readonly ModelSet _models;
    private readonly GenerationFlow _flow;
    private readonly TextToSpeechClientMetadata _metadata;

    public ModelTextToSpeechClient(MediaClient client, ModelSet models, GenerationSettings? settings)
    {
        _client = client;
        _models = models;
        _flow = new(client, models, settings ?? new());
        _metadata = new(client.Provider, client.Protocol.BaseUrl, models.Default.Model.Endpoint.Id);
    }

    /// <summary>What its models make.</summary>
    public const string Kind = "audio";

    public async Task<TextToSpeechResponse> GetAudioAsync(string text, TextToSpeechOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        cancellationToken.ThrowIfCancellationRequested();
        var jobOptions = options as JobTextToSpeechOptions;
        var details = await _flow.RunAsync(
            options?.ModelId, jobOptions?.ContinuationToken, jobOptions?.AllowBackgroundResponses == true, builder => Map(builder, text, options),
            cancellationToken).ConfigureAwait(false);
        // Options have no form of the response, and callers of this interface play or store the audio.
        var contents = await OutputFiles.OfAsync(_client, details.Jobs, Kind, asData: true, cancellationToken).ConfigureAwait(false);
        return new TextToSpeechResponse(contents)
        {
            ModelId = details.ModelId,
            ResponseId = details.Jobs[0].Handle.ToString(),
            RawRepresentation = details,
            Usage = Mapping.Usage.Of(details, "audios", contents.Count),
        };
    }

    /// <summary>Jobs have no partial results: the updates are those of the whole response.</summary>
    public async IAsyncEnumerable<TextToSpeechResponseUpdate> GetStreamingAudioAsync(
        string text, TextToSpeechOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var response = await GetAudioAsync(text, options, cancellationToken).ConfigureAwait(false);
        foreach (var update in response.ToTextToSpeechResponseUpdates())
            yield return update;
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        OfferedServices.Find(serviceType, serviceKey, this, _metadata, _client, _models.Default.Model);

    public void Dispose()
    {
        // The client belongs to the code that created it.
    }

    private IReadOnlyList<RawJson> Map(RequestBuilder builder, string text, TextToSpeechOptions? options)
    {
        var parameters = builder.Parameters;
        builder.SetGiven(options?.RawRepresentationFactory?.Invoke(this), options?.AdditionalProperties);
        if (text.Length > 0)
            builder.Set(parameters.SpokenText ?? throw new NotSupportedException($"{builder.Model} takes no text under a known name. Nothing was sent."), text);
        if (options is null)
            return JobInputs.Split(builder, null);
        if (options.VoiceId is { } voice)
            builder.SetStrictly(parameters.Voice, $"the voice {voice}", voice);
        if (options.Language is { } language)
            builder.SetStrictly(parameters.Language, $"the language {language}", language);
        if (options.AudioFormat is { } format)
            SetFormat(builder, format);
        if (options.Speed is { } speed)
            builder.SetStrictly(parameters.Speed, "the speed", JsonValues.From(speed, nameof(options.Speed), builder.Files));
        if (options.Pitch is { } pitch)
            builder.SetStrictly(parameters.Pitch, "the pitch", JsonValues.From(pitch, nameof(options.Pitch), builder.Files));
        if (options.Volume is { } volume)
            builder.SetStrictly(parameters.Volume, "the volume", JsonValues.From(volume, nameof(options.Volume), builder.Files));
        return JobInputs.Split(builder, null);
    }

    // A media type, or the provider's own word.
    private static void SetFormat(RequestBuilder builder, string format)
    {
        if (format == "audio/mpeg")
            builder.SetOption(builder.Parameters.Format, $"the media type {format}", "mp3", "mpeg", format);
        else if (format.Contains('/', StringComparison.Ordinal))
            builder.SetFormat(format);
        else
            builder.SetOption(builder.Parameters.Format, $"the format {format}", format);
    }
}
