using System.Globalization;
using Zoetrope.Jobs.Storage;

namespace Zoetrope.Jobs;

/// <summary>What a run of a ledger has left: jobs that are not finished, and why.</summary>
/// <param name="Groups">The jobs by batch, model and state, each with the reason of one of them.</param>
public sealed record LedgerRest(IReadOnlyList<JobGroup> Groups)
{
    /// <summary>The number of jobs.</summary>
    public long Count => Groups.Sum(group => group.Count);

    /// <summary>Describes it in one line for each group, as for a console.</summary>
    public override string ToString() => Groups.Count == 0 ? "Nothing is left." : string.Join(Environment.NewLine, Groups.Select(Describe));

    private static string Describe(JobGroup group)
    {
        var of = group.Batch.Length > 0 ? $" of the batch '{group.Batch}'" : "";
        return string.Create(
            CultureInfo.InvariantCulture, $"{group.Count} {group.State}: {group.Provider}:{group.EndpointId}{of}{(group.Reason is { } why ? $": {why}" : "")}");
    }
}
