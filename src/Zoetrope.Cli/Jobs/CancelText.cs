using Zoetrope.Jobs;

namespace Zoetrope.Cli.Jobs;

/// <summary>What became of cancelling a job, in words.</summary>
internal static class CancelText
{
    /// <summary>One sentence.</summary>
    public static string Of(CancelOutcome outcome) => outcome switch
    {
        CancelOutcome.Requested => "The job will be cancelled; if it is already running, it may still complete and be billed.",
        CancelOutcome.AlreadyCompleted => "The job had already ended.",
        _ => "The provider does not know the job.",
    };

    /// <summary>One word for programs: <c>requested</c>, <c>already_completed</c> or <c>not_found</c>.</summary>
    public static string Word(CancelOutcome outcome) => outcome switch
    {
        CancelOutcome.Requested => "requested",
        CancelOutcome.AlreadyCompleted => "already_completed",
        _ => "not_found",
    };
}
