using Zoetrope.Jobs;

namespace Zoetrope.Cli.Jobs;

/// <summary>What became of canceling a job, in words.</summary>
internal static class CancelText
{
    /// <summary>One sentence.</summary>
    public static string Of(CancelOutcome outcome) => outcome switch
    {
        CancelOutcome.Requested => "The job will be canceled; if it is already running, it may still complete and be billed.",
        CancelOutcome.AlreadyCompleted => "The job had already ended.",
        CancelOutcome.AlreadyRunning => "The job is running, and the provider cancels only jobs that are queued. It continues, and is billed.",
        CancelOutcome.OnlyRecorded => "The provider has marked its record of the job only: the job continues, and may be billed.",
        CancelOutcome.NotSupported => "The provider cannot cancel jobs. Nothing was sent: the job continues, and is billed.",
        _ => "The provider does not know the job.",
    };

    /// <summary>
    /// One word for programs: <c>requested</c>, <c>already_completed</c>, <c>already_running</c>, <c>only_recorded</c>, <c>not_supported</c> or
    /// <c>not_found</c>.
    /// </summary>
    public static string Word(CancelOutcome outcome) => outcome switch
    {
        CancelOutcome.Requested => "requested",
        CancelOutcome.AlreadyCompleted => "already_completed",
        CancelOutcome.AlreadyRunning => "already_running",
        CancelOutcome.OnlyRecorded => "only_recorded",
        CancelOutcome.NotSupported => "not_supported",
        _ => "not_found",
    };
}
