using Zoetrope.Http;

namespace Zoetrope.Clients;

/// <summary>
/// What all clients of this process with the same key have submitted to a provider: its limits are those of the key, however many clients use it.
/// </summary>
/// <param name="provider">The provider.</param>
/// <param name="baseUrl">The base address, if it is not the provider's own.</param>
/// <param name="key">The key; null where it is not known, and the account is that of one client.</param>
/// <param name="time">The clock, whose times other clocks do not compare with.</param>
internal sealed class SubmitAccount(string provider, Uri? baseUrl, string? key, TimeProvider time)
{
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private SemaphoreSlim? _bulkTurn;

    public string Provider => provider;

    /// <summary>Locked while anything of it is read or changed.</summary>
    public Lock Gate { get; } = new();

    /// <summary>Whose turn it is to submit, in order of arrival.</summary>
    public SemaphoreSlim Turn { get; } = new(1);

    /// <summary>Whose turn it is to take several slots: two that each hold some of those that both need would wait for each other.</summary>
    public SemaphoreSlim BulkTurn => LazyInitializer.EnsureInitialized(ref _bulkTurn, static () => new SemaphoreSlim(1));

    /// <summary>The submits of the last minute, oldest first.</summary>
    public Queue<SubmitLease> Creates { get; } = new();

    /// <summary>The jobs that count as in flight.</summary>
    public List<SubmitLease> Leases { get; } = [];

    /// <summary>The number of submits that are under way.</summary>
    public int Submitting { get; set; }

    /// <summary>Completes when anything changes.</summary>
    public TaskCompletionSource Changed { get; private set; } = NewSignal();

    /// <summary>Whether it is at the provider that a client with these options has.</summary>
    public bool Is(string otherProvider, MediaClientOptions options) =>
        provider == otherProvider && baseUrl == options.BaseUrl && time == options.TimeProvider;

    public bool IsOf(string? otherKey) => key is not null && key == otherKey;

    /// <summary>Whether it has nothing to remember.</summary>
    public bool IsIdle()
    {
        lock (Gate)
        {
            Forget();
            return Submitting + Creates.Count + Leases.Count == 0;
        }
    }

    /// <summary>Records news about a job.</summary>
    /// <param name="jobId">The job.</param>
    /// <param name="underWay">Whether the job is running; otherwise it has ended, or is about to be canceled.</param>
    public void Saw(string jobId, bool underWay)
    {
        lock (Gate)
        {
            var lease = Leases.Find(lease => lease.Job?.JobId == jobId);
            if (lease is null)
                return;
            if (underWay)
                lease.SeenAt = time.GetTimestamp();
            else
                Leases.Remove(lease);
            Signal();
        }
    }

    /// <summary>Forgets what no longer counts.</summary>
    public void Forget()
    {
        while (Creates.TryPeek(out var oldest) && Left(oldest.SubmittedAt, Window) <= TimeSpan.Zero)
            Creates.Dequeue();
        Leases.RemoveAll(held => held.SeenAt is { } seen && Left(seen, held.Expiry) <= TimeSpan.Zero);
    }

    public TimeSpan Left(long since, TimeSpan span) => span - time.GetElapsedTime(since);

    public void Signal()
    {
        Changed.SetResult();
        Changed = NewSignal();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
