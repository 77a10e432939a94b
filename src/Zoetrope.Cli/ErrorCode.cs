namespace Zoetrope.Cli;

/// <summary>The words for what went wrong, which programs compare. They stay as they are; docs/command-line.md explains each.</summary>
internal static class ErrorCode
{
    /// <summary>The command line is wrong. Nothing was sent.</summary>
    public const string Usage = "usage";

    /// <summary>There is no such model, or not at that provider. Nothing was sent.</summary>
    public const string UnknownModel = "unknown_model";

    /// <summary>No key for the server is set. Nothing was sent.</summary>
    public const string NoKey = "no_key";

    /// <summary>The input of the model is not valid. Nothing was sent.</summary>
    public const string InvalidRequest = "invalid_request";

    /// <summary>This machine, such as a full disk.</summary>
    public const string Failed = "failed";

    /// <summary>The ledger cannot be read or written.</summary>
    public const string Ledger = "ledger";

    /// <summary>Documents have problems, or have changed where that was to be an error.</summary>
    public const string ProblemsFound = "problems_found";

    /// <summary>The job would cost more than allowed. Nothing was sent.</summary>
    public const string CostLimit = "cost_limit";

    /// <summary>No provider accepted the job: it may be submitted again.</summary>
    public const string NotAccepted = "not_accepted";

    /// <summary>It is not known whether the provider accepted the job: submitting it again may pay twice.</summary>
    public const string SubmitUnknown = "submit_unknown";

    /// <summary>The provider refused something else than a submit, or does not respond.</summary>
    public const string Rejected = "rejected";

    /// <summary>The job failed at the provider.</summary>
    public const string JobFailed = "job_failed";

    /// <summary>The job was canceled.</summary>
    public const string JobCanceled = "job_canceled";

    /// <summary>The provider does not say any more how the job is.</summary>
    public const string JobLost = "job_lost";

    /// <summary>The job has completed, and its result is not what was expected. It is on stdout.</summary>
    public const string ResultUnreadable = "result_unreadable";

    /// <summary>A file of the result could not be saved. The result is on stdout.</summary>
    public const string NotSaved = "not_saved";

    /// <summary>The job goes on: it was not canceled.</summary>
    public const string NotCanceled = "not_canceled";

    /// <summary>The wait was over before the job was. The job goes on.</summary>
    public const string WaitTimedOut = "wait_timed_out";

    /// <summary>Jobs of the batch failed.</summary>
    public const string JobsFailed = "jobs_failed";

    /// <summary>Jobs of the batch wait, such as for a cap to be raised.</summary>
    public const string JobsWaiting = "jobs_waiting";

    /// <summary>Jobs of the batch may have been accepted.</summary>
    public const string JobsInDoubt = "jobs_in_doubt";

    /// <summary>A signal asked to stop. The job, if there is one, goes on unless it was canceled.</summary>
    public const string Interrupted = "interrupted";
}
