using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.AI;

namespace Zoetrope.Extensions.AI.Videos;

/// <summary>What videos are to be made of.</summary>
[Experimental("MEAI001")]
public class VideoGenerationRequest
{
    /// <summary>Initializes a new instance of the <see cref="VideoGenerationRequest"/> class.</summary>
    public VideoGenerationRequest()
    {
    }

    /// <summary>Initializes a new instance of the <see cref="VideoGenerationRequest"/> class.</summary>
    /// <param name="prompt">What the videos show.</param>
    /// <param name="originalMedia">The images that they start from; null for none.</param>
    public VideoGenerationRequest(string prompt, IEnumerable<AIContent>? originalMedia = null)
    {
        Prompt = prompt;
        OriginalMedia = originalMedia;
    }

    /// <summary>What the videos show.</summary>
    public string? Prompt { get; set; }

    /// <summary>The images that the videos start from; null for none.</summary>
    public IEnumerable<AIContent>? OriginalMedia { get; set; }
}
