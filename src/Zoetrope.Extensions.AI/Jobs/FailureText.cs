using Zoetrope.Jobs;

namespace Zoetrope.Extensions.AI.Jobs;

/// <summary>What is said of a request of which some jobs failed.</summary>
internal static class FailureText
{
    public static string Of(IReadOnlyList<GenerationJob> jobs, IReadOnlyList<Exception> failures, int notSubmitted)
    {
        var done = jobs.Count(static job => job.Result is not null);
        var inDoubt = failures.Count(static failure => failure is SubmitException { WasNotAccepted: false, Handle: null }
            or SubmitCanceledException { Handle: null });
        return $"Of {jobs.Count + inDoubt + failures.Count(IsRefused) + notSubmitted} jobs {done} have a result"
            + (inDoubt > 0 ? $", and {inDoubt} more may exist" : "")
            + (notSubmitted > 0 ? $"; {notSubmitted} were not submitted" : "")
            + $". {failures[0].Message}";
    }

    public static JobContinuationToken? TokenOf(IReadOnlyList<GenerationJob> jobs)
    {
        var handles = jobs.Where(static job => !job.HasFailed).Select(static job => job.Handle).ToList();
        return handles.Count > 0 ? JobContinuationToken.From(handles) : null;
    }

    /// <summary>Whether there is no job: the submit was refused, or never sent.</summary>
    public static bool IsRefused(Exception failure) =>
        failure is not IJobFailure and not SubmitCanceledException and not SubmitException { WasNotAccepted: false };
}
