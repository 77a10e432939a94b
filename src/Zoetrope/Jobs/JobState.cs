namespace Zoetrope.Jobs;

/// <summary>The states of a job, whatever words a provider uses for them.</summary>
public enum JobState
{
    /// <summary>Accepted, and waiting for a runner.</summary>
    Queued,

    /// <summary>At work. A status word that is not known counts as this, too.</summary>
    Running,

    /// <summary>Ended well; the result can be fetched.</summary>
    Completed,

    /// <summary>Ended with an error.</summary>
    Failed,

    /// <summary>Cancelled before it ended.</summary>
    Canceled,
}
