namespace Zoetrope.Jobs;

/// <summary>The names of the states of a job.</summary>
public static class JobStates
{
    /// <summary>
    /// The name of a state, the same in metrics, traces, events and messages: <c>queued</c>, <c>running</c>, <c>completed</c>, <c>failed</c> or
    /// <c>canceled</c>. A value that is not defined counts as running, as an unknown word of a provider does.
    /// </summary>
    /// <param name="state">The state.</param>
    public static string Name(this JobState state) => state switch
    {
        JobState.Queued => "queued",
        JobState.Completed => "completed",
        JobState.Failed => "failed",
        JobState.Canceled => "canceled",
        _ => "running",
    };
}
