using Zoetrope.Jobs;

namespace Zoetrope.Telemetry;

/// <summary>
/// The jobs of a client whose end was counted: who resumes a job and waits for it again, such as each browser that follows it, learns of the same end. The
/// last 2,048 that had an end and a cost are known, by hashes. Nothing is kept where nobody listens.
/// </summary>
internal sealed class CountedJobs
{
    private const int Most = 4096;

    private readonly Lock _lock = new();
    private ulong[]? _last;
    private int _next;

    /// <summary>Whether something of a job is counted for the first time.</summary>
    /// <param name="handle">The job.</param>
    /// <param name="what">What is counted.</param>
    public bool IsFirst(JobHandle handle, char what)
    {
        // FNV-1a. The ids are the provider's, and all jobs of a client are of one provider.
        var hash = (14695981039346656037UL ^ what) * 1099511628211UL;
        foreach (var character in handle.JobId)
            hash = (hash ^ character) * 1099511628211UL;
        lock (_lock)
        {
            var last = _last ??= new ulong[Most];
            foreach (var known in last)
            {
                if (known == hash)
                    return false;
            }
            last[_next] = hash;
            _next = (_next + 1) % Most;
            return true;
        }
    }
}
