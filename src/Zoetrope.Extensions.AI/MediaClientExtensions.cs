using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.AI;
using Zoetrope.Clients;
using Zoetrope.Extensions.AI.Files;
using Zoetrope.Extensions.AI.Jobs;
using Zoetrope.Extensions.AI.Mapping;
using Zoetrope.Extensions.AI.Videos;
using Zoetrope.Models;

namespace Zoetrope.Extensions.AI;

/// <summary>Makes services of Microsoft.Extensions.AI of clients. The services are thread-safe, and do not dispose of the client.</summary>
public static class MediaClientExtensions
{
    /// <summary>Creates an image generator of a model, for images from text or from images.</summary>
    /// <param name="client">The client.</param>
    /// <param name="model">The model, such as <c>Flux2Pro.Info</c>.</param>
    /// <param name="settings">How its jobs are submitted and waited for; null for the defaults.</param>
    /// <exception cref="ArgumentException">The model is of another provider, or does not make images.</exception>
    [Experimental("MEAI001")]
    public static IImageGenerator AsImageGenerator(this MediaClient client, ModelInfo model, GenerationSettings? settings = null) =>
        AsImageGenerator(client, [model], settings);

    /// <summary>Creates an image generator of several models, among which <see cref="ImageGenerationOptions.ModelId"/> chooses.</summary>
    /// <param name="client">The client.</param>
    /// <param name="models">The models; the first is the default.</param>
    /// <param name="settings">How its jobs are submitted and waited for; null for the defaults.</param>
    /// <exception cref="ArgumentException">There is no model, or one is of another provider, or does not make images.</exception>
    [Experimental("MEAI001")]
    public static IImageGenerator AsImageGenerator(this MediaClient client, IReadOnlyList<ModelInfo> models, GenerationSettings? settings = null) =>
        new ModelImageGenerator(client, new ModelSet(client, models, ModelImageGenerator.Kind), settings);

    /// <summary>Creates a client that transcribes speech with a model.</summary>
    /// <param name="client">The client.</param>
    /// <param name="model">The model.</param>
    /// <param name="settings">How its jobs are submitted and waited for; null for the defaults.</param>
    /// <exception cref="ArgumentException">The model is of another provider, or does not make text.</exception>
    [Experimental("MEAI001")]
    public static ISpeechToTextClient AsSpeechToTextClient(this MediaClient client, ModelInfo model, GenerationSettings? settings = null) =>
        new ModelSpeechToTextClient(client, new ModelSet(client, [model], ModelSpeechToTextClient.Kind), settings);

    /// <summary>Creates a client that speaks with a model.</summary>
    /// <param name="client">The client.</param>
    /// <param name="model">The model.</param>
    /// <param name="settings">How its jobs are submitted and waited for; null for the defaults.</param>
    /// <exception cref="ArgumentException">The model is of another provider, or does not make audio.</exception>
    [Experimental("MEAI001")]
    public static ITextToSpeechClient AsTextToSpeechClient(this MediaClient client, ModelInfo model, GenerationSettings? settings = null) =>
        new ModelTextToSpeechClient(client, new ModelSet(client, [model], ModelTextToSpeechClient.Kind), settings);

    /// <summary>
    /// Creates a client of hosted files of the provider's storage. The id of a file is what requests refer to it by, and a <see cref="HostedFileContent"/> is
    /// one of the things that images and videos can start from.
    /// </summary>
    /// <param name="client">The client.</param>
    /// <exception cref="NotSupportedException">The provider has no storage.</exception>
    [Experimental("MEAI001")]
    public static IHostedFileClient AsHostedFileClient(this MediaClient client) => new ProviderFileClient(client);

    /// <summary>Creates a generator of videos of a model, for videos from text or from images.</summary>
    /// <param name="client">The client.</param>
    /// <param name="model">The model, such as <c>KlingVideoO3ProImageToVideo.Info</c>.</param>
    /// <param name="settings">How its jobs are submitted and waited for; null for the defaults.</param>
    /// <exception cref="ArgumentException">The model is of another provider, or does not make videos.</exception>
    [Experimental("MEAI001")]
    public static IVideoGenerator AsVideoGenerator(this MediaClient client, ModelInfo model, GenerationSettings? settings = null) =>
        AsVideoGenerator(client, [model], settings);

    /// <summary>Creates a generator of videos of several models, among which <see cref="VideoGenerationOptions.ModelId"/> chooses.</summary>
    /// <param name="client">The client.</param>
    /// <param name="models">The models; the first is the default.</param>
    /// <param name="settings">How its jobs are submitted and waited for; null for the defaults.</param>
    /// <exception cref="ArgumentException">There is no model, or one is of another provider, or does not make videos.</exception>
    [Experimental("MEAI001")]
    public static IVideoGenerator AsVideoGenerator(this MediaClient client, IReadOnlyList<ModelInfo> models, GenerationSettings? settings = null) =>
        new ModelVideoGenerator(client, new ModelSet(client, models, ModelVideoGenerator.Kind), settings);
}
