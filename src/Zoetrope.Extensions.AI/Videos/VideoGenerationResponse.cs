using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.AI;

namespace Zoetrope.Extensions.AI.Videos;

/// <summary>The response to a request for videos.</summary>
[Experimental("MEAI001")]
public class VideoGenerationResponse
{
    /// <summary>Initializes a new instance of the <see cref="VideoGenerationResponse"/> class.</summary>
    /// <param name="contents">The videos; null for none.</param>
    public VideoGenerationResponse(IList<AIContent>? contents = null) => Contents = contents ?? [];

    /// <summary>The videos.</summary>
    public IList<AIContent> Contents { get; set; }

    /// <summary>What gets the videos that have not been made yet; null where all have.</summary>
    public ResponseContinuationToken? ContinuationToken { get; set; }

    /// <summary>What was used; null where nothing is known.</summary>
    public UsageDetails? Usage { get; set; }

    /// <summary>The response in the generator's own form; null where it has none.</summary>
    public object? RawRepresentation { get; set; }
}
