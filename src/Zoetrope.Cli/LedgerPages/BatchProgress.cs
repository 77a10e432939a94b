using Zoetrope.Jobs;
using Zoetrope.Jobs.Storage;

namespace Zoetrope.Cli.LedgerPages;

/// <summary>How far the jobs of a batch are.</summary>
internal sealed record BatchProgress
{
    /// <summary>The batch; empty for jobs that belong to none.</summary>
    public required string Batch { get; init; }

    /// <summary>The jobs, by state.</summary>
    public required LedgerSummary Jobs { get; init; }

    /// <summary>Why one of the jobs waits; null where none does, or only for its turn.</summary>
    public string? Waiting { get; init; }

    /// <summary>The cap, in US dollars; null where there is none.</summary>
    public decimal? Cap { get; init; }

    /// <summary>The id of the job that was recorded last.</summary>
    public required string LastId { get; init; }

    /// <summary>The batches of a ledger, that which was added to last first.</summary>
    public static IReadOnlyList<BatchProgress> Of(LedgerOverview overview)
    {
        var spending = overview.Spending.ToDictionary(report => report.Scope.Name, StringComparer.Ordinal);
        return [.. overview.Groups.GroupBy(group => group.Batch, StringComparer.Ordinal)
            .Select(groups => Of(
                groups.Key, [.. groups], groups.Key.Length == 0 ? WithoutBatch(overview) : spending.GetValueOrDefault(SpendScope.Batch(groups.Key).Name)))
            .OrderByDescending(batch => batch.LastId, StringComparer.Ordinal)];
    }

    // Jobs without a batch have no sum of their own: it is what is left of all.
    private static SpendReport WithoutBatch(LedgerOverview overview)
    {
        var (all, batches) = (SumOf(overview, "provider:"), SumOf(overview, "batch:"));
        return new SpendReport(default, all.Spent - batches.Spent, all.Reserved - batches.Reserved, Cap: null);
    }

    private static (decimal Spent, decimal Reserved) SumOf(LedgerOverview overview, string scopes)
    {
        var reports = overview.Spending.Where(report => report.Scope.Name.StartsWith(scopes, StringComparison.Ordinal)).ToList();
        return (reports.Sum(report => report.Spent), reports.Sum(report => report.Reserved));
    }

    private static BatchProgress Of(string batch, List<JobGroup> groups, SpendReport? spending)
    {
        var waiting = groups.Where(group => group is { State: LedgerState.Intended, WithReason: > 0 }).ToList();
        var counts = groups.GroupBy(group => group.State).ToDictionary(same => same.Key, same => same.Sum(group => group.Count));
        return new BatchProgress
        {
            Batch = batch,
            Jobs = new LedgerSummary(counts, waiting.Sum(group => group.WithReason), spending?.Spent ?? 0, spending?.Reserved ?? 0),
            Waiting = waiting.FirstOrDefault()?.Reason,
            Cap = spending?.Cap,
            LastId = groups.Select(group => group.LastId).Max(StringComparer.Ordinal)!,
        };
    }
}
