namespace Zoetrope.Jobs;

/// <summary>Which jobs of a ledger are listed.</summary>
public sealed record LedgerQuery
{
    /// <summary>The only batch; null, the default, for all.</summary>
    public string? Batch { get; init; }

    /// <summary>The states; empty, the default, for all.</summary>
    public IReadOnlyList<LedgerState> States { get; init; } = [];

    /// <summary>The only provider; null, the default, for all.</summary>
    public string? Provider { get; init; }

    /// <summary>The provider's id of the only model; null, the default, for all.</summary>
    public string? EndpointId { get; init; }

    /// <summary>The <see cref="LedgerJob.UniqueKey"/> of the only job; null, the default, for all.</summary>
    public string? UniqueKey { get; init; }

    /// <summary>Whether only jobs are listed whose files are stored; false by default.</summary>
    public bool HasOutputs { get; init; }

    /// <summary>Whether the job that was recorded last is the first; false by default.</summary>
    public bool NewestFirst { get; init; }

    /// <summary>The id after which the list begins, in its order; null, the default, for its beginning.</summary>
    public string? After { get; init; }

    /// <summary>The maximum number of jobs that are read at once; 100 by default. Where inputs and results are large, fewer are.</summary>
    public int Limit { get; init; } = 100;

    /// <summary>
    /// Whether the jobs are read without their input, which is then a JSON <c>null</c>, and without their result: both may be long. False by default.
    /// </summary>
    public bool WithoutContent { get; init; }
}
