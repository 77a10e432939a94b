using System.Diagnostics;
using Zoetrope.Jobs;

namespace Zoetrope.Extensions.OpenTelemetry.Metrics;

/// <summary>
/// The jobs that this process has submitted or follows, and has not seen end. They are known by their ids, because a job may be resumed for each poll, and one
/// of which nothing is heard for an hour is forgotten: who submitted it left its end to another process. At most 100,000 are followed, and others are not
/// counted as in flight or timed.
/// </summary>
internal sealed class FollowedJobs
{
    private const int Most = 100_000;

    private static readonly TimeSpan _forgottenAfter = TimeSpan.FromHours(1);
    private static readonly TimeSpan _leastBetween = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<(string Provider, string JobId), FollowedJob> _jobs = [];

    // Models stay once they were seen, so that their number is reported as zero.
    private readonly Dictionary<(string Provider, string EndpointId), long> _models = [];

    private long? _forgotten;

    /// <summary>Adds a job that this process has submitted.</summary>
    public void Accept(JobHandle handle, JobState state)
    {
        var now = Stopwatch.GetTimestamp();
        lock (_lock)
            Add(handle, now)?.See(state, now);
    }

    /// <summary>Takes note of a state.</summary>
    /// <returns>How long the job was in the queue, when that becomes known; null otherwise.</returns>
    public TimeSpan? See(JobHandle handle, JobState state)
    {
        lock (_lock)
        {
            if (!_jobs.TryGetValue((handle.Provider, handle.JobId), out var job))
            {
                // That a job has ended is said more than once.
                if (state is not (JobState.Queued or JobState.Running))
                    return null;
                job = Add(handle, null);
            }
            return job?.See(state, Stopwatch.GetTimestamp());
        }
    }

    /// <summary>Removes a job that has ended; null where it is not known.</summary>
    public JobTimes? End(JobHandle handle)
    {
        lock (_lock)
            return _jobs.Remove((handle.Provider, handle.JobId), out var job) ? job.End(Stopwatch.GetTimestamp()) : null;
    }

    public void Hear(JobHandle handle)
    {
        lock (_lock)
        {
            if (_jobs.TryGetValue((handle.Provider, handle.JobId), out var job))
                job.Heard = Stopwatch.GetTimestamp();
        }
    }

    public void Clear()
    {
        lock (_lock)
        {
            _jobs.Clear();
            _models.Clear();
        }
    }

    /// <summary>The number of jobs of each model that was ever seen.</summary>
    public List<(string Provider, string EndpointId, long Count)> Count()
    {
        lock (_lock)
        {
            Forget(Stopwatch.GetTimestamp());
            foreach (var model in _models.Keys)
                _models[model] = 0;
            foreach (var ((provider, _), job) in _jobs)
            {
                if (!job.IsOver)
                    _models[(provider, job.EndpointId)]++;
            }
            return [.. _models.Select(static model => (model.Key.Provider, model.Key.EndpointId, model.Value))];
        }
    }

    private FollowedJob? Add(JobHandle handle, long? accepted)
    {
        _models.TryAdd((handle.Provider, handle.EndpointId), 0);
        // It reads them all, which each job beyond the limit must not wait for.
        var now = Stopwatch.GetTimestamp();
        if (_jobs.Count >= Most && (_forgotten is not { } last || Stopwatch.GetElapsedTime(last, now) > _leastBetween))
            Forget(now);
        if (_jobs.Count >= Most)
            return null;
        return _jobs[(handle.Provider, handle.JobId)] = new FollowedJob { EndpointId = handle.EndpointId, Accepted = accepted };
    }

    private void Forget(long now)
    {
        _forgotten = now;
        foreach (var (key, job) in _jobs)
        {
            if (Stopwatch.GetElapsedTime(job.Heard, now) > _forgottenAfter)
                _jobs.Remove(key);
        }
    }
}
