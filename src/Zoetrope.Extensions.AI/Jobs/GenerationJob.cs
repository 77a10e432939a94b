using Zoetrope.Clients;
using Zoetrope.Jobs;
using Zoetrope.Json;

namespace Zoetrope.Extensions.AI.Jobs;

/// <summary>One of the jobs that a request was carried out as.</summary>
/// <param name="Handle">The handle that resumes the job, including from another process.</param>
public sealed record GenerationJob(JobHandle Handle)
{
    /// <summary>The last status that was received; null where there was none.</summary>
    public JobStatus? Status { get; init; }

    /// <summary>The result; null where the job has not ended, or failed.</summary>
    public JobResult<RawJson>? Result { get; init; }

    /// <summary>Why there is no result, or its files could not be fetched; null where nothing failed.</summary>
    public Exception? Failure { get; init; }

    /// <summary>Whether the provider says that the job ended without a result, so that waiting for it again is of no use.</summary>
    internal bool HasFailed => Failure is JobFailedException or JobCanceledException;
}
