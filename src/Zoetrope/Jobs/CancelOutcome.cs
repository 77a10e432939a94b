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

    /// <summary>The job is running, and the provider cancels only jobs that are queued. Nothing was canceled.</summary>
    AlreadyRunning,

    /// <summary>The provider has marked its record of the job only: the job continues, and may be billed.</summary>
    OnlyRecorded,

    /// <summary>The provider cannot cancel jobs. Nothing was sent.</summary>
    NotSupported,
}
