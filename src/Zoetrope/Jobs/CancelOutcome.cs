namespace Zoetrope.Jobs;

/// <summary>The outcome of a request to cancel a job.</summary>
public enum CancelOutcome
{
    /// <summary>The provider will cancel the job. A job that is already running may still complete, and be billed.</summary>
    Requested,

    /// <summary>The job had already ended.</summary>
    AlreadyCompleted,

    /// <summary>The provider does not know the job.</summary>
    NotFound,
}
