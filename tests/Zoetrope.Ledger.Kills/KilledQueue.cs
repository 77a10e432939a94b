using Zoetrope.Webhooks;

namespace Zoetrope.Ledger.Kills;

/// <summary>Jobs, and the workers that submit, watch and deliver them, which are killed meanwhile.</summary>
public abstract class KilledQueue : IAsyncDisposable
{
    /// <summary>Whether a worker ends by itself when nothing is left; one that does not is stopped then.</summary>
    public virtual bool EndsByItself => false;

    /// <summary>Adds jobs, each by its prompt, which no other has.</summary>
    public abstract Task AddAsync(IReadOnlyList<string> prompts, CancellationToken ct);

    /// <summary>Starts a worker, which works when the task ends.</summary>
    public abstract Task<WorkerProcess> StartAsync(CancellationToken ct);

    /// <summary>Counts the jobs that go on by themselves.</summary>
    public abstract Task<int> CountOpenAsync(CancellationToken ct);

    /// <summary>Reports what became of each job, by its prompt.</summary>
    public abstract Task<IReadOnlyDictionary<string, JobEnd>> EndsAsync(CancellationToken ct);

    /// <summary>Takes a verified webhook.</summary>
    /// <param name="query">The query of the URL that it was posted to.</param>
    /// <param name="delivery">What was posted.</param>
    /// <param name="ct">A token to cancel.</param>
    public virtual Task ReceiveAsync(IReadOnlyDictionary<string, string> query, WebhookDelivery delivery, CancellationToken ct) => Task.CompletedTask;

    /// <summary>What is wrong at the end beside jobs that are lost or were paid for twice.</summary>
    public virtual Task<IReadOnlyList<string>> FaultsAsync(CancellationToken ct) => Task.FromResult<IReadOnlyList<string>>([]);

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();
}
