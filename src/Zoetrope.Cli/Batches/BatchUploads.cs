using Zoetrope.Jobs;
using Zoetrope.Json;

namespace Zoetrope.Cli.Batches;

/// <summary>
/// Uploads the files of a batch, each content once. Jobs that were sent keep what they have, and a restart uploads nothing again that is still there.
/// </summary>
/// <param name="session">The run of the command.</param>
/// <param name="ledger">The ledger.</param>
/// <param name="batch">The batch.</param>
internal sealed class BatchUploads(Session session, JobLedger ledger, string batch)
{
    private readonly Dictionary<(string Provider, string Hash), LedgerUpload> _uploads = [];

    /// <summary>Puts in place what is uploaded already. Nothing is uploaded.</summary>
    /// <param name="plan">The jobs.</param>
    /// <param name="again">Whether jobs that the batch has are made once more.</param>
    public async Task<BatchPlan> FindAsync(BatchPlan plan, bool again)
    {
        var files = plan.Jobs.SelectMany(job => plan.Files.In(job.Intent.Input).Select(file => (job.Intent.Provider, file.Hash))).Distinct().ToList();
        if (files.Count == 0)
            return plan;
        foreach (var (provider, hash) in files)
        {
            if (await ledger.FindUploadAsync(provider, hash, session.Interruption.Asked) is { } upload)
                _uploads[(provider, hash)] = upload;
        }
        var known = new Dictionary<string, LedgerJob>(StringComparer.Ordinal);
        var open = new HashSet<string>(StringComparer.Ordinal);
        var query = new LedgerQuery { Batch = batch, Limit = 1000 };
        await foreach (var job in ledger.ListAsync(query))
        {
            // What it refers to may be gone, or at another server, by now.
            if (job.State == LedgerState.Intended)
                open.Add(job.IdentityHash);
            else if (job.UniqueKey is { } key && !again)
                known[key] = job;
        }
        return plan.With([.. plan.Jobs.Select(job => (job.Line, InputOf(job.Intent) is { } input
            ? job.Intent with { Input = input }
            : WithReferences(plan, job.Intent)))]);

        RawJson? InputOf(JobIntent intent) =>
            known.TryGetValue(intent.ComputeUniqueKey(), out var job) && !open.Contains(job.IdentityHash) ? job.Input : (RawJson?)null;
    }

    /// <summary>Uploads what is left, and puts it in place.</summary>
    public async Task<BatchPlan> UploadAsync(BatchPlan plan)
    {
        var left = plan.Jobs
            .SelectMany(job => plan.Files.In(job.Intent.Input).Select(file => (job.Intent.Provider, File: file)))
            .DistinctBy(one => (one.Provider, one.File.Hash))
            .ToList();
        if (left.Count == 0)
            return plan;
        session.Reporter.WriteLine($"Uploading {left.Count} {(left.Count == 1 ? "file" : "files")} ({left.Sum(one => one.File.Size)} bytes).");
        foreach (var (provider, file) in left)
        {
            try
            {
                // Its content decides which job it is: one that was changed since it was read would be another.
                _uploads[(provider, file.Hash)] = await ledger.UploadAsync(provider, file.Path, file.Hash, session.Interruption.Asked);
            }
            catch (IOException exception)
            {
                throw new UsageException([exception.Message], ["Nothing was recorded or sent."]);
            }
        }
        return plan.With([.. plan.Jobs.Select(job => (job.Line, WithReferences(plan, job.Intent)))]);
    }

    /// <summary>Gives jobs that were made again, and were not sent yet, the files as they are uploaded now.</summary>
    public async Task RenewAsync(BatchPlan plan)
    {
        var renewed = new Dictionary<string, JobIntent>(StringComparer.Ordinal);
        foreach (var (_, intent) in plan.Jobs.Where(job => job.Intent.Uploads.Count > 0))
            renewed[intent.ComputeIdentityHash()] = intent with { Again = true };
        if (renewed.Count == 0)
            return;
        var left = new List<LedgerJob>();
        var query = new LedgerQuery { Batch = batch, States = [LedgerState.Intended], Limit = 1000, WithoutContent = true };
        await foreach (var job in ledger.ListAsync(query))
        {
            if (job.UniqueKey is null)
                left.Add(job);
        }
        foreach (var job in left)
        {
            if (renewed.TryGetValue(job.IdentityHash, out var intent) && intent.ComputeInputHash() != job.InputHash)
                await ledger.RenewAsync(job, intent);
        }
    }

    // What is not uploaded yet stays as it is.
    private JobIntent WithReferences(BatchPlan plan, JobIntent intent)
    {
        var files = plan.Files.In(intent.Input).Where(file => _uploads.ContainsKey((intent.Provider, file.Hash))).ToList();
        return files.Count == 0
            ? intent
            : intent with
            {
                Input = BatchFiles.Replace(intent.Input, files, file => _uploads[(intent.Provider, file.Hash)].Reference),
                Uploads = [.. intent.Uploads, .. files.Select(file => _uploads[(intent.Provider, file.Hash)])],
            };
    }
}
