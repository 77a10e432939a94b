using Zoetrope.Jobs.Storage;

namespace Zoetrope.Jobs.Workers;

/// <summary>A job that a worker has in memory. Tens of thousands of them wait at once, so it is small.</summary>
/// <param name="job">The job.</param>
internal sealed class WorkerEntry(ClaimedJob job)
{
    /// <summary>The job.</summary>
    public ClaimedJob Job { get; set; } = job;

    /// <summary>The tick count at which its next step is due; an entry of a queue with another one is out of date.</summary>
    public long Due { get; set; }

    /// <summary>The number of steps in a row that failed or changed nothing.</summary>
    public int Steps { get; set; }

    /// <summary>The number of steps in a row that failed.</summary>
    public int Failures { get; set; }

    /// <summary>Whether a step is being taken.</summary>
    public bool IsRunning { get; set; }

    /// <summary>Whether the next step is due at once, whatever the one that is being taken says.</summary>
    public bool IsWoken { get; set; }

    /// <summary>The job as it was claimed again while a step that gave it back was still ending.</summary>
    public ClaimedJob? Again { get; set; }
}
