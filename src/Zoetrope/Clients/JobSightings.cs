using Zoetrope.Jobs;

namespace Zoetrope.Clients;

/// <summary>
/// Passes on what any client of this process sees of a job to all limiters that may count it: who submits a job is often not who waits for it. Limiters are
/// held weakly, because clients are not always disposed.
/// </summary>
internal static class JobSightings
{
    private static readonly Lock Lock = new();
    private static readonly List<WeakReference<SubmitLimiter>> Limiters = [];

    public static void Add(SubmitLimiter limiter)
    {
        lock (Lock)
        {
            Limiters.RemoveAll(static known => !known.TryGetTarget(out _));
            Limiters.Add(new WeakReference<SubmitLimiter>(limiter));
        }
    }

    public static void Remove(SubmitLimiter limiter)
    {
        lock (Lock)
            Limiters.RemoveAll(known => !known.TryGetTarget(out var target) || target == limiter);
    }

    /// <summary>A job of a provider at an address was seen.</summary>
    /// <param name="job">The job.</param>
    /// <param name="baseUrl">The provider's address where it is another than its own.</param>
    /// <param name="underWay">Whether it goes on; otherwise it has ended, or is about to be cancelled.</param>
    public static void Saw(JobHandle job, Uri? baseUrl, bool underWay)
    {
        List<SubmitLimiter>? concerned = null;
        lock (Lock)
        {
            foreach (var known in Limiters)
            {
                if (known.TryGetTarget(out var limiter) && limiter.Provider == job.Provider && limiter.BaseUrl == baseUrl)
                    (concerned ??= []).Add(limiter);
            }
        }
        foreach (var limiter in concerned ?? [])
            limiter.Saw(job.JobId, underWay);
    }
}
