namespace Zoetrope.Extensions.AI.Jobs;

/// <summary>The caller canceled a request of several jobs. Those that exist go on unless their cancellation was requested.</summary>
public sealed class GenerationCanceledException : OperationCanceledException, IGenerationFailure
{
    internal GenerationCanceledException(
        string message, IReadOnlyList<GenerationJob> jobs, IReadOnlyList<Exception> failures, int notSubmitted, CancellationToken token)
        : base(message, failures[0], token)
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
