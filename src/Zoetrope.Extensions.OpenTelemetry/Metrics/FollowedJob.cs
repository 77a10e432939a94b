using System.Diagnostics;
using Zoetrope.Jobs;

namespace Zoetrope.Extensions.OpenTelemetry.Metrics;

/// <summary>A job, and when what was seen of it.</summary>
internal sealed class FollowedJob
{
    private long? _queued;
    private long? _running;
    private long? _ended;

    public required string EndpointId { get; init; }

    /// <summary>When this process submitted it; null where it did not.</summary>
    public long? Accepted { get; init; }

    /// <summary>When something was heard of it last.</summary>
    public long Heard { get; set; }

    /// <summary>Whether it has been reported as ended; how, may be known only with its result.</summary>
    public bool IsOver => _ended is not null;

    /// <summary>Takes note of a state.</summary>
    /// <returns>How long it was in the queue, when it is seen to run; null where its provider reports no queue, and where others have submitted it.</returns>
    public TimeSpan? See(JobState state, long now)
    {
        Heard = now;
        // That a job has failed may be wrong, and taken back.
        _ended = null;
        switch (state)
        {
            case JobState.Queued:
                _queued = now;
                return null;
            case JobState.Running when _running is null:
                _running = now;
                return _queued is null ? null : Since(Accepted, now);
            case JobState.Running:
                return null;
            default:
                _ended = now;
                return null;
        }
    }

    /// <summary>
    /// The times at its end. Between two polls a job may pass from the queue to its end: it is then taken to have run since it was last seen in the queue. How
    /// long a job has been running that others have submitted is not known, unless it was seen in the queue.
    /// </summary>
    public JobTimes End(long now)
    {
        var end = _ended ?? now;
        var start = Accepted is null && _queued is null ? null : _running ?? _queued ?? Accepted;
        var queued = _running is null && _queued is { } last ? Since(Accepted, last) : null;
        return new JobTimes(queued, Since(start, end), Since(Accepted, end));
    }

    private static TimeSpan? Since(long? start, long end) => start is { } began ? Stopwatch.GetElapsedTime(began, end) : null;
}
