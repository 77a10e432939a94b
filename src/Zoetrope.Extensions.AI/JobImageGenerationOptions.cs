using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.AI;

namespace Zoetrope.Extensions.AI;

/// <summary>
/// Options of requests for images whose jobs outlive the call. The members have the names that <see cref="ChatOptions"/> has for the same; pipelines that
/// clone options keep them.
/// </summary>
[Experimental("MEAI001")]
public class JobImageGenerationOptions : ImageGenerationOptions
{
    /// <summary>Initializes a new instance of the <see cref="JobImageGenerationOptions"/> class.</summary>
    public JobImageGenerationOptions()
    {
    }

    /// <summary>Initializes a new instance of the <see cref="JobImageGenerationOptions"/> class as a copy.</summary>
    /// <param name="other">What is copied; null for nothing.</param>
    protected JobImageGenerationOptions(JobImageGenerationOptions? other)
        : base(other)
    {
        AllowBackgroundResponses = other?.AllowBackgroundResponses;
        ContinuationToken = other?.ContinuationToken;
    }

    /// <summary>
    /// Whether the call returns as soon as the jobs are accepted, with a continuation token and without images; null, the default, waits.
    /// </summary>
    public bool? AllowBackgroundResponses { get; set; }

    /// <summary>
    /// The token of an earlier response: the call waits for its jobs, or, with <see cref="AllowBackgroundResponses"/>, asks for their state once. The request
    /// is not sent, whatever it is.
    /// </summary>
    public ResponseContinuationToken? ContinuationToken { get; set; }

    /// <inheritdoc/>
    public override ImageGenerationOptions Clone() => new JobImageGenerationOptions(this);
}
