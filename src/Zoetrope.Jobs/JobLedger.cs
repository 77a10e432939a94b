using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Zoetrope.Jobs.Storage;
using Zoetrope.Jobs.Workers;
using Zoetrope.Validation;

namespace Zoetrope.Jobs;

/// <summary>
/// Paid jobs that outlive the process which submits them. Each is recorded before it is sent, and marked as sent before its first byte leaves, so that a crash
/// at any point loses none and none is paid for twice: what may have been accepted is in doubt, and is not sent again by itself.
/// </summary>
public sealed partial class JobLedger : IAsyncDisposable
{
    /// <summary>The parameter of a webhook's query that has the id and the token of its job.</summary>
    public const string TokenParameter = "zoetrope-job";

    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(250);

    private readonly LedgerStore _store;
    private readonly LedgerOptions _options;
    private readonly JobSteps _steps;
    private readonly IntentRows _rows;

    internal JobLedger(LedgerStore store, LedgerOptions options, ILogger? hostLogger = null)
    {
        options.Check();
        _store = store;
        _options = options;
        var prices = new ModelPrices();
        _steps = new JobSteps(store, options, prices, new WorkerLog(options.Logger ?? hostLogger ?? NullLogger.Instance));
        _rows = new IntentRows(options, prices);
    }

    /// <summary>Opens a ledger, and creates it if it does not exist.</summary>
    /// <param name="store">The store, which is disposed with the ledger.</param>
    /// <param name="options">The options.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <exception cref="LedgerException">It was written by a newer version, or cannot be opened.</exception>
    public static async Task<JobLedger> OpenAsync(LedgerStore store, LedgerOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(options);
        var ledger = new JobLedger(store, options);
        await ledger.OpenAsync(cancellationToken).ConfigureAwait(false);
        return ledger;
    }

    /// <summary>The store.</summary>
    public LedgerStore Store => _store;

    /// <summary>Records a job that shall run. Nothing is sent.</summary>
    /// <param name="intent">The job.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <returns>
    /// The job. Where its batch has one with the same input, it is that one, unless <see cref="JobIntent.Again"/> is set; then
    /// <see cref="LedgerJob.IsNew"/> is false, and it takes over the ceiling of the intent if it was not sent yet and is of the provider of the intent.
    /// </returns>
    /// <exception cref="RequestValidationException">The input is not valid. Nothing was recorded.</exception>
    /// <exception cref="LedgerException">The ledger cannot be written, or has no client of the provider.</exception>
    public async Task<LedgerJob> IntendAsync(JobIntent intent, CancellationToken cancellationToken = default) =>
        (await IntendAsync([intent], cancellationToken).ConfigureAwait(false))[0];

    /// <summary>Records jobs that shall run, all of them or, where one is not valid, none. Nothing is sent.</summary>
    /// <inheritdoc cref="IntendAsync(JobIntent, CancellationToken)"/>
    /// <param name="intents">The jobs.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public Task<IReadOnlyList<LedgerJob>> IntendAsync(IReadOnlyList<JobIntent> intents, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(intents);
        return _store.AddAsync(_rows.Of(intents), cancellationToken: cancellationToken);
    }

    /// <summary>Reads a job; null where there is none with the id.</summary>
    public Task<LedgerJob?> FindAsync(string id, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        return _store.FindAsync(id, cancellationToken);
    }

    /// <summary>Lists jobs in the order in which they were recorded.</summary>
    /// <param name="query">Which jobs; <see cref="LedgerQuery.Limit"/> is the number that is read at once.</param>
    /// <param name="cancellationToken">A token to end the list.</param>
    public async IAsyncEnumerable<LedgerJob> ListAsync(LedgerQuery query, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        while (await _store.ListAsync(query, cancellationToken).ConfigureAwait(false) is { Count: > 0 } page)
        {
            foreach (var job in page)
                yield return job;
            query = query with { After = page[^1].Id };
        }
    }

    /// <summary>Lists the history of a job, or of all.</summary>
    /// <param name="jobId">The job; null for all.</param>
    /// <param name="after">The sequence after which it is read; 0 for the beginning.</param>
    /// <param name="cancellationToken">A token to end the list.</param>
    public async IAsyncEnumerable<LedgerEvent> EventsAsync(
        string? jobId = null, long after = 0, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        while (await _store.EventsAsync(jobId, after, cancellationToken: cancellationToken).ConfigureAwait(false) is { Count: > 0 } page)
        {
            foreach (var entry in page)
                yield return entry;
            after = page[^1].Sequence;
        }
    }

    /// <summary>Counts the jobs of a batch, or of all, by state, and what they cost.</summary>
    public Task<LedgerSummary> SummarizeAsync(string? batch = null, CancellationToken cancellationToken = default) =>
        _store.SummarizeAsync(batch, cancellationToken);

    /// <summary>
    /// Returns each job of a batch, or of all, when it is finished: those that are already first, and then until the caller stops. A job that is put back and
    /// finishes again is returned again.
    /// </summary>
    /// <param name="batch">The batch; null for all.</param>
    /// <param name="cancellationToken">A token to end the list.</param>
    public async IAsyncEnumerable<LedgerJob> WatchAsync(string? batch = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        for (var after = 0L; ;)
        {
            var page = await _store.EventsAsync(null, after, cancellationToken: cancellationToken).ConfigureAwait(false);
            foreach (var entry in page)
            {
                after = entry.Sequence;
                if (entry.Kind is LedgerEventKind.Delivered or LedgerEventKind.Failed or LedgerEventKind.Canceled
                    && await _store.FindAsync(entry.JobId, cancellationToken).ConfigureAwait(false) is { IsFinished: true } job
                    && job.Version == entry.Version && (batch is null || job.Batch == batch))
                {
                    yield return job;
                }
            }
            if (page.Count == 0)
                await Task.Delay(LookAgain, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Sets the most that may be spent in a scope, in US dollars; null removes the cap.</summary>
    /// <remarks>
    /// Before a job is sent, what was spent, what jobs that go on may cost at most and what this one may cost at most must be within it; else the job waits,
    /// and its reason says for what. Of a job whose ceiling is not known, who works on it asks the provider for the price of its model, where it publishes one
    /// and this ledger has recorded a job of the model since it was opened; what that says becomes the ceiling. Otherwise it waits under any cap.
    /// </remarks>
    public Task SetCapAsync(SpendScope scope, decimal? amount, CancellationToken cancellationToken = default) =>
        _store.SetCapAsync(scope, amount, cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _store.DisposeAsync();

    internal static string UniqueKeyOf(string hash, string batch) => $"{hash}:{batch}";
}
