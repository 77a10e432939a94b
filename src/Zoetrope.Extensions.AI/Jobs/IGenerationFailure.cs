namespace Zoetrope.Extensions.AI.Jobs;

/// <summary>A request that was carried out as several jobs failed. Nothing of what was paid for is lost: it has the results and handles of all jobs.</summary>
public interface IGenerationFailure
{
    /// <summary>The jobs that exist: with the results of those that have ended, and the failures of the others.</summary>
    IReadOnlyList<GenerationJob> Jobs { get; }

    /// <summary>All failures, also those of submits. A <see cref="Zoetrope.Jobs.SubmitException"/> says whether a job may exist nevertheless.</summary>
    IReadOnlyList<Exception> Failures { get; }

    /// <summary>How many jobs were not submitted, because another one had failed before.</summary>
    int NotSubmitted { get; }

    /// <summary>What gets the results of all jobs that did not fail, without submitting anything; null where there are none.</summary>
    JobContinuationToken? ContinuationToken { get; }
}
