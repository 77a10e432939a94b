using System.Diagnostics.CodeAnalysis;
using System.Drawing;
using Microsoft.Extensions.AI;

namespace Zoetrope.Extensions.AI.Videos;

/// <summary>The options of a request for videos.</summary>
[Experimental("MEAI001")]
public class VideoGenerationOptions
{
    /// <summary>Initializes a new instance of the <see cref="VideoGenerationOptions"/> class.</summary>
    public VideoGenerationOptions()
    {
    }

    /// <summary>Initializes a new instance of the <see cref="VideoGenerationOptions"/> class as a copy.</summary>
    /// <param name="other">What is copied; null for nothing.</param>
    protected VideoGenerationOptions(VideoGenerationOptions? other)
    {
        if (other is null)
            return;
        Count = other.Count;
        Duration = other.Duration;
        VideoSize = other.VideoSize;
        AspectRatio = other.AspectRatio;
        FramesPerSecond = other.FramesPerSecond;
        GenerateAudio = other.GenerateAudio;
        Seed = other.Seed;
        MediaType = other.MediaType;
        ModelId = other.ModelId;
        ResponseFormat = other.ResponseFormat;
        AllowBackgroundResponses = other.AllowBackgroundResponses;
        ContinuationToken = other.ContinuationToken;
        RawRepresentationFactory = other.RawRepresentationFactory;
        AdditionalProperties = other.AdditionalProperties?.Clone();
    }

    /// <summary>How many videos are asked for; null for the number that the model makes by default.</summary>
    public int? Count { get; set; }

    /// <summary>The length of each video; null for the model's own.</summary>
    public TimeSpan? Duration { get; set; }

    /// <summary>The width and the height in pixels; null for the model's own.</summary>
    public Size? VideoSize { get; set; }

    /// <summary>The proportions, such as <c>16:9</c>; null for the model's own. <see cref="VideoSize"/> goes before.</summary>
    public string? AspectRatio { get; set; }

    /// <summary>The frames in a second; null for the model's own.</summary>
    public int? FramesPerSecond { get; set; }

    /// <summary>Whether the videos have sound; null for the model's own.</summary>
    public bool? GenerateAudio { get; set; }

    /// <summary>The start of the random numbers; null for one at random.</summary>
    public long? Seed { get; set; }

    /// <summary>The media type of the videos, such as <c>video/mp4</c>; null for the model's own.</summary>
    public string? MediaType { get; set; }

    /// <summary>The id of the model; null for the default of the generator.</summary>
    public string? ModelId { get; set; }

    /// <summary>How videos are returned; null for the default of the generator.</summary>
    public VideoGenerationResponseFormat? ResponseFormat { get; set; }

    /// <summary>Whether the call may return before the videos are made, with a continuation token; null, the default, waits.</summary>
    public bool? AllowBackgroundResponses { get; set; }

    /// <summary>The token of an earlier response: the call continues it, and the request is not sent, whatever it is.</summary>
    public ResponseContinuationToken? ContinuationToken { get; set; }

    /// <summary>Creates the request in the generator's own form, to which the rest is added; null for none. It must return a new one each time.</summary>
    public Func<IVideoGenerator, object?>? RawRepresentationFactory { get; set; }

    /// <summary>Further options by name; null for none.</summary>
    public AdditionalPropertiesDictionary? AdditionalProperties { get; set; }

    /// <summary>Returns a copy, whose additional properties can be changed independently.</summary>
    public virtual VideoGenerationOptions Clone() => new(this);
}
