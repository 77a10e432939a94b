using Zoetrope.Errors;

namespace Zoetrope.Extensions.AI.Jobs;

/// <summary>
/// Not all jobs of a request have a result, or a file of a result could not be fetched. Do not send the request again: <see cref="Jobs"/> has what was paid
/// for, and <see cref="ContinuationToken"/> waits for the rest of it.
/// </summary>
public sealed class GenerationException : ZoetropeException, IGenerationFailure
{
    internal GenerationException(string message, IReadOnlyList<GenerationJob> jobs, IReadOnlyList<Exception> failures, int notSubmitted)
        : base(message, failures[0])
    {
        Jobs = jobs;
        Failures = failures;
        NotSubmitted = notSubmitted;
        ContinuationToken = FailureText.TokenOf(jobs);
    }

    /// <inheritdoc/>
    public IReadOnlyList<GenerationJob> Jobs { get; }

    /// <inheritdoc/>
    public IReadOnlyList<Exception> Failures { get; }

    /// <inheritdoc/>
    public int NotSubmitted { get; }

    /// <inheritdoc/>
    public JobContinuationToken? ContinuationToken { get; }
}
