using Zoetrope.Http;
using Zoetrope.Jobs;

namespace Zoetrope.Clients;

/// <summary>
/// The accounts that clients of this process submit with. One is kept while it has anything to remember, so that clients that are made for a single job are
/// within the limits, too; otherwise only its clients keep it, because they are not always disposed.
/// </summary>
internal static class SubmitAccounts
{
    private static readonly Lock Lock = new();
    private static readonly List<WeakReference<SubmitAccount>> Known = [];
    private static readonly List<SubmitAccount> Kept = [];

    /// <summary>The account of a client.</summary>
    /// <param name="provider">The provider.</param>
    /// <param name="options">The options of the client, whose key is known.</param>
    public static SubmitAccount Of(string provider, MediaClientOptions options)
    {
        // Providers take a key with or without a scheme before it.
        var key = options.AccountKey is { } header ? header[(header.IndexOf(' ', StringComparison.Ordinal) + 1)..] : null;
        lock (Lock)
        {
            Kept.RemoveAll(static account => account.IsIdle());
            Known.RemoveAll(static known => !known.TryGetTarget(out _));
            foreach (var known in Known)
            {
                if (known.TryGetTarget(out var account) && account.Is(provider, options) && account.IsOf(key))
                    return account;
            }
            var added = new SubmitAccount(provider, options.BaseUrl, key, options.TimeProvider);
            Known.Add(new WeakReference<SubmitAccount>(added));
            return added;
        }
    }

    /// <summary>Keeps an account, which has something to remember.</summary>
    public static void Keep(SubmitAccount account)
    {
        lock (Lock)
        {
            if (!Kept.Contains(account))
                Kept.Add(account);
        }
    }

    /// <summary>
    /// Reports what any client of this process has learned about a job: the client that submits a job often is not the one that waits for it.
    /// </summary>
    /// <param name="job">The job.</param>
    /// <param name="options">The options of the client.</param>
    /// <param name="underWay">Whether the job is running; otherwise it has ended, or is about to be canceled.</param>
    public static void Saw(JobHandle job, MediaClientOptions options, bool underWay)
    {
        List<SubmitAccount>? concerned = null;
        lock (Lock)
        {
            foreach (var known in Known)
            {
                if (known.TryGetTarget(out var account) && account.Is(job.Provider, options))
                    (concerned ??= []).Add(account);
            }
        }
        if (concerned is null)
            return;
        foreach (var account in concerned)
            account.Saw(job.JobId, underWay);
    }
}
