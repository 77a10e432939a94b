using System.CommandLine;
using Zoetrope.Jobs;

namespace Zoetrope.Cli.Commands;

/// <summary>The argument <c>ID</c>: a job of a ledger, or enough of the beginning or the end of its id.</summary>
internal static class JobId
{
    private const int Shortest = 4;

    /// <summary>Creates the argument.</summary>
    public static Argument<string> Create() => new("ID") { Description = Description };

    /// <summary>Creates the argument for one or more jobs.</summary>
    public static Argument<string[]> CreateSeveral() => new("ID") { Description = Description + "; can be repeated.", Arity = ArgumentArity.OneOrMore };

    private static string Description => "The id of a job, as `zoetrope jobs list` prints it, or enough of its beginning or end";

    /// <summary>Finds the job.</summary>
    /// <exception cref="UsageException">There is none, or more than one.</exception>
    public static async Task<LedgerJob> FindAsync(JobLedger ledger, string id, CancellationToken cancellationToken)
    {
        if (id.Length == 0)
            throw new UsageException("ID: must not be empty");
        if (await ledger.FindAsync(id, cancellationToken) is { } exact)
            return exact;
        var found = new List<LedgerJob>();
        if (id.Length >= Shortest)
        {
            await foreach (var job in ledger.ListAsync(new LedgerQuery { Limit = 1000, WithoutContent = true }, cancellationToken))
            {
                if (job.Id.StartsWith(id, StringComparison.OrdinalIgnoreCase) || job.Id.EndsWith(id, StringComparison.OrdinalIgnoreCase))
                    found.Add(job);
            }
        }
        return found switch
        {
            [var only] => await ledger.FindAsync(only.Id, cancellationToken) ?? only,
            [] => throw new UsageException($"ID: the ledger has no job '{id}'"),
            _ => throw new UsageException(
                $"ID: '{id}' is the beginning or end of {found.Count} ids: {string.Join(", ", found.Take(5).Select(job => job.Id))}"
                    + (found.Count > 5 ? ", ..." : "")),
        };
    }
}
