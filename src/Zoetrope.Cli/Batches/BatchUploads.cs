using Zoetrope.Jobs;
using Zoetrope.Json;

namespace Zoetrope.Cli.Batches;

/// <summary>
/// Uploads the files of a batch, each content once. Jobs that the batch has keep what they have, and a restart uploads nothing again.
/// </summary>
/// <param name="session">The run of the command.</param>
/// <param name="ledger">The ledger.</param>
/// <param name="batch">The batch.</param>
internal sealed class BatchUploads(Session session, JobLedger ledger, string batch)
{
    private readonly Dictionary<(string Provider, string Hash), string> _references = [];

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
            if (await ledger.Store.FindUploadAsync(provider, hash, session.Interruption.Asked) is { } reference)
                _references[(provider, hash)] = reference;
        }
        var known = new Dictionary<string, RawJson>(StringComparer.Ordinal);
        await foreach (var job in ledger.ListAsync(new LedgerQuery { Batch = batch, Limit = 1000 }))
        {
            if (job.UniqueKey is { } key && !again)
                known[key] = job.Input;
        }
        return plan.With([.. plan.Jobs.Select(job => (job.Line, known.TryGetValue(job.Intent.ComputeUniqueKey(), out var input)
            ? job.Intent with { Input = input }
            : WithReferences(plan, job.Intent)))]);
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
        session.Reporter.Say($"Uploading {left.Count} {(left.Count == 1 ? "file" : "files")} ({left.Sum(one => one.File.Size)} bytes).");
        foreach (var (provider, file) in left)
        {
            // Its content decides which job it is: one that was changed since it was read would be another.
            if (await JobLedger.HashFileAsync(file.Path, session.Interruption.Asked) != file.Hash)
                throw new UsageException([$"'{file.Path}' was changed meanwhile"], ["Nothing was recorded or sent."]);
            _references[(provider, file.Hash)] = await ledger.UploadAsync(provider, file.Path, session.Interruption.Asked);
        }
        return plan.With([.. plan.Jobs.Select(job => (job.Line, WithReferences(plan, job.Intent)))]);
    }

    // What is not uploaded yet stays as it is.
    private JobIntent WithReferences(BatchPlan plan, JobIntent intent)
    {
        var files = plan.Files.In(intent.Input).Where(file => _references.ContainsKey((intent.Provider, file.Hash))).ToList();
        return files.Count == 0
            ? intent
            : intent with { Input = BatchFiles.Replace(intent.Input, files, file => _references[(intent.Provider, file.Hash)]) };
    }
}
