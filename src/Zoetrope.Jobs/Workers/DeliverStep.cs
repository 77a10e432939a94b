using System.Globalization;
using System.Net;
using Zoetrope.Errors;
using Zoetrope.Jobs.Delivery;
using Zoetrope.Jobs.Storage;
using Zoetrope.Media;

namespace Zoetrope.Jobs.Workers;

/// <summary>Stores the files of a result.</summary>
/// <param name="store">The ledger's store.</param>
/// <param name="options">The options.</param>
/// <param name="log">The log.</param>
internal sealed class DeliverStep(LedgerStore store, LedgerOptions options, WorkerLog log)
{
    private static readonly TimeSpan AgainIn = TimeSpan.FromSeconds(2);

    // Longer than any pause between two tries.
    private static readonly TimeSpan LongestGap = TimeSpan.FromHours(2);

    public async Task<StepResult> RunAsync(ClaimedJob claimed, WorkerLease lease, CancellationToken stopping)
    {
        if (await store.FindAsync(claimed.Id, CancellationToken.None).ConfigureAwait(false) is not { Result: { } result } job)
            return await JobSteps.NextAsync(store, lease.Owner, claimed.Id, null).ConfigureAwait(false);
        var saved = new List<string>();
        var (reason, isGone) = options.Outputs is { } outputs
            ? await SaveAsync(outputs, job, MediaFinder.Find(result), saved, stopping).ConfigureAwait(false)
            : default;
        if (stopping.IsCancellationRequested && reason is not null)
            return new StepResult(claimed);
        if (reason is null)
        {
            var delivered = new LedgerChange(claimed.Id, claimed.Version, LedgerEventKind.Delivered, LedgerState.Delivered) { Outputs = saved };
            return await NextAsync(lease, delivered).ConfigureAwait(false);
        }
        // Addresses of files expire; the provider gives new ones for as long as it keeps the job.
        var renewed = isGone ? await RenewedAsync(job, stopping).ConfigureAwait(false) : null;
        var now = TimeProvider.System.GetUtcNow();
        // Only failures that themselves last that long are an end: a ledger that nobody worked on has not tried.
        var since = job.FailingSince is { } first && now - job.DueAt < LongestGap ? first : now;
        var age = now - since;
        if (renewed is null && options.DeliveryTimeout != Timeout.InfiniteTimeSpan && age >= options.DeliveryTimeout)
        {
            log.DeliveryAbandoned(job, age);
            reason += await RemovePartsAsync(job, stopping).ConfigureAwait(false);
            var abandoned = new LedgerChange(claimed.Id, claimed.Version, LedgerEventKind.Delivered, LedgerState.Delivered)
            {
                Reason = string.Create(CultureInfo.InvariantCulture, $"abandoned after {options.DeliveryTimeout.TotalDays:0.#} days: {reason}"),
                Outputs = saved,
            };
            return await NextAsync(lease, abandoned).ConfigureAwait(false);
        }
        // What has failed for minutes is given back for longer and longer, so that it keeps no other file from being stored.
        var isOld = age > TimeSpan.FromMinutes(2);
        if (renewed is null && job.Reason == reason && !isOld && since == job.FailingSince)
            return new StepResult(claimed, AgainIn, Failed: true);
        if (job.Reason is null)
            log.DeliveryFailed(job);
        var change = new LedgerChange(claimed.Id, claimed.Version, LedgerEventKind.Paused, LedgerState.Ended)
        {
            Reason = reason,
            Result = renewed,
            FailingSince = since,
            DueIn = isOld ? TimeSpan.FromMinutes(Math.Clamp(age.TotalMinutes / 4, 5, 60)) : AgainIn,
            Release = isOld,
        };
        return await NextAsync(lease, change, failed: true).ConfigureAwait(false);
    }

    private async Task<(string? Reason, bool IsGone)> SaveAsync(
        IOutputStore outputs, LedgerJob job, IReadOnlyList<MediaFile> files, List<string> saved, CancellationToken ct)
    {
        var client = options.ClientOf(job.Provider);
        try
        {
            for (var i = 0; i < files.Count; i++)
                saved.Add(await outputs.SaveAsync(job, i, files[i], client, ct).ConfigureAwait(false));
            await outputs.CompleteAsync(job, saved, ct).ConfigureAwait(false);
            return default;
        }
        catch (MediaDownloadException exception)
        {
            var isGone = exception.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.NotFound or HttpStatusCode.Gone;
            return ($"file {saved.Count + 1} of {files.Count} cannot be downloaded: {exception.Message}", isGone);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            return ("the worker stopped", false);
        }
        catch (Exception exception)
        {
            // The store is the caller's own, and whatever it throws is the reason that is shown.
            return ($"file {saved.Count + 1} of {files.Count} cannot be stored: {exception.Message}", false);
        }
    }

    /// <returns>What is added to the reason: empty where all were removed.</returns>
    private async Task<string> RemovePartsAsync(LedgerJob job, CancellationToken ct)
    {
        try
        {
            await options.Outputs!.AbandonAsync(job, ct).ConfigureAwait(false);
            return "";
        }
        catch (Exception exception)
        {
            return $" (and what is incomplete cannot be removed: {exception.Message})";
        }
    }

    private async Task<Json.RawJson?> RenewedAsync(LedgerJob job, CancellationToken ct)
    {
        try
        {
            var wait = new WaitOptions { Timeout = TimeSpan.FromMinutes(1) };
            return (await options.ClientOf(job.Provider).Resume(job.Handle!).WaitAsync(wait, ct).ConfigureAwait(false)).Raw;
        }
        catch (JobException)
        {
            // What was received stays; the reason that is stored is that of the file.
            return null;
        }
    }

    private async Task<StepResult> NextAsync(WorkerLease lease, LedgerChange change, bool failed = false) => await JobSteps.NextAsync(
        store, lease.Owner, change.Id, await store.ChangeAsync(change).ConfigureAwait(false), change.DueIn, failed).ConfigureAwait(false);
}
