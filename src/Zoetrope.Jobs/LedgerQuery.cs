namespace Zoetrope.Jobs;

/// <summary>Which jobs of a ledger are listed.</summary>
public sealed record LedgerQuery
{
    /// <summary>The only batch; null, the default, for all.</summary>
    public string? Batch { get; init; }

    /// <summary>The states; empty, the default, for all.</summary>
    public IReadOnlyList<LedgerState> States { get; init; } = [];

    /// <summary>The id after which the list begins; null, the default, for its beginning.</summary>
    public string? After { get; init; }

    /// <summary>The maximum number of jobs; 100 by default.</summary>
    public int Limit { get; init; } = 100;
}
