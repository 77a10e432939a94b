using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.AI;

namespace Zoetrope.Extensions.AI;

/// <summary>
/// Options of requests for the text of speech whose job outlives the call, as <see cref="JobImageGenerationOptions"/> are those of requests for images.
/// </summary>
[Experimental("MEAI001")]
public class JobSpeechToTextOptions : SpeechToTextOptions
{
    /// <summary>Initializes a new instance of the <see cref="JobSpeechToTextOptions"/> class.</summary>
    public JobSpeechToTextOptions()
    {
    }

    /// <summary>Initializes a new instance of the <see cref="JobSpeechToTextOptions"/> class as a copy.</summary>
    /// <param name="other">What is copied; null for nothing.</param>
    protected JobSpeechToTextOptions(JobSpeechToTextOptions? other)
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
    public override SpeechToTextOptions Clone() => new JobSpeechToTextOptions(this);
}
