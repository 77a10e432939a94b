using Zoetrope.Jobs;

namespace Zoetrope.Clients;

/// <summary>
/// Reports what any client of this process learns about a job to all limiters that may count it: the client that submits a job often is not the one that waits
/// for it. Limiters are referenced weakly, because clients are not always disposed.
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

    /// <summary>Reports a job of a provider at an address.</summary>
    /// <param name="job">The job.</param>
    /// <param name="baseUrl">The base address, if it is not the provider's own.</param>
    /// <param name="underWay">Whether the job is running; otherwise it has ended, or is about to be cancelled.</param>
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
        if (concerned is null)
            return;
        foreach (var limiter in concerned)
            limiter.Saw(job.JobId, underWay);
    }
}
