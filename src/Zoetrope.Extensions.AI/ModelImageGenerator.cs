using Microsoft.Extensions.AI;
using Zoetrope.Clients;
using Zoetrope.Extensions.AI.Jobs;
using Zoetrope.Extensions.AI.Mapping;
using Zoetrope.Json;

namespace Zoetrope.Extensions.AI;

/// <summary>Models of a client as an image generator. It does not own the client, which is intended to be long-lived.</summary>
internal sealed class ModelImageGenerator : IImageGenerator
{
    private readonly MediaClient _client;
    private readonly ModelSet _models;
    private readonly GenerationFlow _flow;
    private readonly ImageGeneratorMetadata _metadata;

    public ModelImageGenerator(MediaClient client, ModelSet models, GenerationSettings? settings)
    {
        _client = client;
        _models = models;
        _flow = new(client, models, settings ?? new());
        _metadata = new(client.Provider, client.Protocol.BaseUrl, models.Default.Model.Endpoint.Id);
    }

    /// <summary>What its models make.</summary>
    public const string Kind = "image";

    public async Task<ImageGenerationResponse> GenerateAsync(
        ImageGenerationRequest request, ImageGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        cancellationToken.ThrowIfCancellationRequested();
        var jobOptions = options as JobImageGenerationOptions;
        var continuation = jobOptions?.ContinuationToken;
        var inBackground = jobOptions?.AllowBackgroundResponses == true;
        var details = await _flow.RunAsync(options?.ModelId, continuation, inBackground, builder => Map(builder, request, options), cancellationToken)
            .ConfigureAwait(false);
        var asData = options?.ResponseFormat == ImageGenerationResponseFormat.Data;
        var contents = await OutputFiles.OfAsync(_client, details.Jobs, Kind, asData, cancellationToken).ConfigureAwait(false);
        if (continuation is null)
            _flow.CheckCount(details, options?.Count, contents.Count);
        return new ImageGenerationResponse(contents) { RawRepresentation = details, Usage = Mapping.Usage.Of(details, "images", contents.Count) };
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        OfferedServices.Find(serviceType, serviceKey, this, _metadata, _client, _models.Default.Model);

    public void Dispose()
    {
        // The client belongs to the code that created it.
    }

    private IReadOnlyList<RawJson> Map(RequestBuilder builder, ImageGenerationRequest request, ImageGenerationOptions? options)
    {
        builder.SetGiven(options?.RawRepresentationFactory?.Invoke(this), options?.AdditionalProperties);
        builder.SetPrompt(request.Prompt);
        InputImages.Set(builder, request.OriginalImages);
        OutputSize.Set(builder, options?.ImageSize);
        builder.SetFormat(options?.MediaType);
        if (options?.StreamingCount > 0)
            builder.Warn($"{builder.Model} sends no intermediate images: {nameof(options.StreamingCount)} was ignored.");
        if (options?.ResponseFormat == ImageGenerationResponseFormat.Hosted)
            builder.Warn($"{builder.Model} has no hosted files: the response has addresses.");
        return JobInputs.Split(builder, options?.Count);
    }
}
