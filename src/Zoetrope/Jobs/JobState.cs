namespace Zoetrope.Jobs;

/// <summary>The states of a job, independent of the provider's own words.</summary>
public enum JobState
{
    /// <summary>Accepted, and waiting for a runner.</summary>
    Queued,

    /// <summary>Running. An unknown status word counts as this state, too.</summary>
    Running,

    /// <summary>Completed; the result can be fetched.</summary>
    Completed,

    /// <summary>Failed with an error.</summary>
    Failed,

    /// <summary>Canceled before it ended.</summary>
    Canceled,
}
