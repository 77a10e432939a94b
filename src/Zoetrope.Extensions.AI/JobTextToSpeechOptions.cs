using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.AI;

namespace Zoetrope.Extensions.AI;

/// <summary>
/// Options of requests for speech whose job outlives the call, as <see cref="JobImageGenerationOptions"/> are those of requests for images.
/// </summary>
[Experimental("MEAI001")]
public class JobTextToSpeechOptions : TextToSpeechOptions
{
    /// <summary>Initializes a new instance of the <see cref="JobTextToSpeechOptions"/> class.</summary>
    public JobTextToSpeechOptions()
    {
    }

    /// <summary>Initializes a new instance of the <see cref="JobTextToSpeechOptions"/> class as a copy.</summary>
    /// <param name="other">What is copied; null for nothing.</param>
    protected JobTextToSpeechOptions(JobTextToSpeechOptions? other)
        : base(other)
    {
        AllowBackgroundResponses = other?.AllowBackgroundResponses;
        ContinuationToken = other?.ContinuationToken;
    }

    /// <inheritdoc cref="JobImageGenerationOptions.AllowBackgroundResponses"/>
    public bool? AllowBackgroundResponses { get; set; }

    /// <inheritdoc cref="JobImageGenerationOptions.ContinuationToken"/>
    public ResponseContinuationToken? ContinuationToken { get; set; }

    /// <inheritdoc/>
    public override TextToSpeechOptions Clone() => new JobTextToSpeechOptions(this);
}
