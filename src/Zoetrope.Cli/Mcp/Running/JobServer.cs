using System.Collections.Concurrent;
using Zoetrope.Cli.Jobs;
using Zoetrope.Cli.Models;
using Zoetrope.Clients;
using Zoetrope.Jobs;
using Zoetrope.Json;

namespace Zoetrope.Cli.Mcp.Running;

/// <summary>What the tools of a server share: the ledger of its jobs, the clients of providers, the budget, and the folders of uploads.</summary>
/// <param name="ledger">The ledger.</param>
/// <param name="connection">The clients.</param>
/// <param name="budget">What jobs may cost.</param>
/// <param name="folders">What may be uploaded.</param>
/// <param name="settings">The settings.</param>
/// <param name="stopping">Canceled when the server stops.</param>
internal sealed class JobServer(
    JobLedger ledger, Connection connection, SpendBudget budget, AllowedFolders folders, McpSettings settings, CancellationToken stopping)
{
    private readonly ConcurrentDictionary<string, LedgerUpload> _uploads = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Task, bool> _submits = new();

    /// <summary>The ledger.</summary>
    public JobLedger Ledger => ledger;

    /// <summary>The clients of the providers that have a key.</summary>
    public IReadOnlyList<MediaClient> Clients => connection.Clients;

    /// <summary>What jobs may cost.</summary>
    public SpendBudget Budget => budget;

    /// <summary>What may be uploaded.</summary>
    public AllowedFolders Folders => folders;

    /// <summary>The settings.</summary>
    public McpSettings Settings => settings;

    /// <summary>Canceled when the server stops: calls that wait for jobs return them as they are.</summary>
    public CancellationToken Stopping => stopping;

    /// <summary>What jobs cost.</summary>
    public JobPrices Prices { get; } = new(keepsFailures: false);

    /// <summary>The client of a provider; null where no key is set for it.</summary>
    public MediaClient? FindClient(string provider) => connection.Clients.FirstOrDefault(client => client.Provider == provider);

    /// <summary>The job that has a key of the ledger (<see cref="LedgerJob.UniqueKey"/>); null where there is none.</summary>
    public async Task<LedgerJob?> FindByKeyAsync(string key, CancellationToken cancellationToken)
    {
        await foreach (var job in ledger.ListAsync(new LedgerQuery { UniqueKey = key, Limit = 1 }, cancellationToken))
            return job;
        return null;
    }

    /// <summary>Takes note of an upload, so that no job is sent whose file has expired.</summary>
    public void Add(LedgerUpload upload) => _uploads[upload.Reference] = upload;

    /// <summary>The uploads that an input refers to.</summary>
    public IReadOnlyList<LedgerUpload> UploadsIn(RawJson input)
    {
        if (_uploads.IsEmpty)
            return [];
        var text = input.ToString();
        return [.. _uploads.Values.Where(upload => text.Contains(upload.Reference, StringComparison.Ordinal))];
    }

    /// <summary>
    /// Submits a job of the ledger. Once it has begun, the submit ends by itself, whether or not somebody waits for it: what comes of it is stored in the
    /// ledger.
    /// </summary>
    public Task<LedgerJob> SendAsync(string id)
    {
        var submit = ledger.SendAsync(id, CancellationToken.None);
        _submits[submit] = true;
        return FinishAsync();

        async Task<LedgerJob> FinishAsync()
        {
            try
            {
                return await submit;
            }
            finally
            {
                _submits.TryRemove(submit, out _);
            }
        }
    }

    /// <summary>Waits for the submits that are in flight.</summary>
    /// <param name="cancellationToken">A token to leave them in doubt.</param>
    public async Task FinishSubmitsAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested && _submits.Keys.FirstOrDefault() is { } submit)
        {
            await submit.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (submit.IsCompleted)
                _submits.TryRemove(submit, out _);
        }
    }
}

/// <summary>How a server behaves.</summary>
/// <param name="AllowUnknownPrice">Whether jobs are run whose price is not known, although there is a limit.</param>
/// <param name="Wait">How long a call waits for its job by default.</param>
internal sealed record McpSettings(bool AllowUnknownPrice, TimeSpan Wait);
