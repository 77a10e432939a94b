using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Zoetrope.Clients;
using Zoetrope.Extensions.AI.Jobs;
using Zoetrope.Extensions.AI.Mapping;
using Zoetrope.Extensions.AI.Speech;
using Zoetrope.Json;
using Zoetrope.Uploads;

namespace Zoetrope.Extensions.AI;

/// <summary>Models of a client that transcribe speech. It does not own the client, which is intended to be long-lived.</summary>
internal sealed class ModelSpeechToTextClient : ISpeechToTextClient
{
    private readonly MediaClient _client;
    private readonly ModelSet _models;
    private readonly GenerationFlow _flow;
    private readonly SpeechToTextClientMetadata _metadata;

    public ModelSpeechToTextClient(MediaClient client, ModelSet models, GenerationSettings? settings)
    {
        _client = client;
        _models = models;
        _flow = new(client, models, settings ?? new());
        _metadata = new(client.Provider, client.Protocol.BaseUrl, models.Default.Model.Endpoint.Id);
    }

    /// <summary>What its models make.</summary>
    public const string Kind = "text";

    public async Task<SpeechToTextResponse> GetTextAsync(
        Stream audioSpeechStream, SpeechToTextOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(audioSpeechStream);
        cancellationToken.ThrowIfCancellationRequested();
        var jobOptions = options as JobSpeechToTextOptions;
        var details = await _flow.RunAsync(
            options?.ModelId, jobOptions?.ContinuationToken, jobOptions?.AllowBackgroundResponses == true,
            builder => Map(builder, audioSpeechStream, options), cancellationToken).ConfigureAwait(false);
        var response = new SpeechToTextResponse
        {
            ModelId = details.ModelId,
            ResponseId = details.Jobs[0].Handle.ToString(),
            RawRepresentation = details,
            Usage = Mapping.Usage.Of(details, "texts", details.Jobs.Count(static job => job.Result is not null)),
        };
        foreach (var job in details.Jobs)
        {
            if (job.Result is not { } result)
                continue;
            var transcript = Transcript.Of(result.Raw);
            if (transcript.Text is null)
            {
                var missing = new NotSupportedException($"The result of {details.ModelId} has no text under a known name.");
                throw new GenerationException($"{missing.Message} It is in the exception.", details.Jobs, [missing], 0);
            }
            response.Contents.Add(new TextContent(transcript.Text) { RawRepresentation = result });
            response.StartTime ??= transcript.Start;
            response.EndTime = transcript.End ?? response.EndTime;
        }
        return response;
    }

    /// <summary>Jobs have no partial results: the updates are those of the whole response.</summary>
    public async IAsyncEnumerable<SpeechToTextResponseUpdate> GetStreamingTextAsync(
        Stream audioSpeechStream, SpeechToTextOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var response = await GetTextAsync(audioSpeechStream, options, cancellationToken).ConfigureAwait(false);
        foreach (var update in response.ToSpeechToTextResponseUpdates())
            yield return update;
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        OfferedServices.Find(serviceType, serviceKey, this, _metadata, _client, _models.Default.Model);

    public void Dispose()
    {
        // The client belongs to the code that created it.
    }

    private IReadOnlyList<RawJson> Map(RequestBuilder builder, Stream audio, SpeechToTextOptions? options)
    {
        var parameters = builder.Parameters;
        builder.SetGiven(options?.RawRepresentationFactory?.Invoke(this), options?.AdditionalProperties);
        if (!builder.Has(parameters.Audio))
        {
            var parameter = parameters.Audio ?? throw new NotSupportedException($"{builder.Model} takes no audio under a known name. Nothing was sent.");
            builder.Set(parameter, builder.Files.Add(FileOf(audio)));
        }
        else if (audio != Stream.Null)
        {
            builder.WarnGiven(parameters.Audio!);
        }
        if (options?.SpeechLanguage is { } language)
            builder.SetStrictly(parameters.Language, $"the language {language}", language);
        if (options?.TextLanguage is { } target && target != options.SpeechLanguage)
            builder.SetStrictly(parameters.TargetLanguage, $"text in the language {target}", target);
        if (options?.SpeechSampleRate is { } rate)
            builder.SetStrictly(parameters.SampleRate, $"the sample rate {rate}", (long)rate);
        return JobInputs.Split(builder, null);
    }

    // A stream has no name; its media type is that of its first bytes.
    private static UploadFile FileOf(Stream audio)
    {
        if (audio is FileStream file)
            return UploadFile.FromStream(audio, file.Name);
        var mediaType = audio.CanSeek ? FileNames.MediaTypeOf(audio) : null;
        return UploadFile.FromStream(audio, FileNames.Of(mediaType), mediaType);
    }
}
