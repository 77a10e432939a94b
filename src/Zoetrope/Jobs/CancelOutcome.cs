namespace Zoetrope.Jobs;

/// <summary>What became of a request to cancel a job.</summary>
public enum CancelOutcome
{
    /// <summary>The provider will cancel the job. One that runs already may still complete, and be billed.</summary>
    Requested,

    /// <summary>The job had ended already.</summary>
    AlreadyCompleted,

    /// <summary>The provider does not know the job.</summary>
    NotFound,
}
