using Zoetrope.Jobs.Storage;

namespace Zoetrope.Jobs.Workers;

/// <summary>What a step of a job led to.</summary>
/// <param name="Job">The job as it is now; null where this worker has it no longer, because it is finished or another has it.</param>
/// <param name="DueIn">The time until its next step.</param>
/// <param name="Failed">Whether the step has failed for a reason that may pass, so that the next one comes later.</param>
internal readonly record struct StepResult(ClaimedJob? Job, TimeSpan DueIn = default, bool Failed = false)
{
    /// <summary>The worker has the job no longer.</summary>
    public static StepResult Done { get; } = new(null);
}
