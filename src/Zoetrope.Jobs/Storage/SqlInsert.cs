namespace Zoetrope.Jobs.Storage;

/// <summary>How jobs are added: the statement, and the values of a row.</summary>
internal sealed class SqlInsert
{
    private static readonly Column[] _ofAll =
    [
        new("id", static (job, _, _) => job.Id),
        new("batch", static (job, _, _) => job.Batch),
        new("label", static (job, _, _) => job.Label),
        new("provider", static (job, _, _) => job.Provider),
        new("endpoint", static (job, _, _) => job.EndpointId),
        new("input", static (job, _, _) => job.Input.ToString()),
        new("hash", static (job, _, _) => job.InputHash),
        new("unique_key", static (job, _, _) => job.UniqueKey),
        new("idempotency", static (job, _, _) => job.IdempotencyKey),
        new("token", static (job, _, _) => job.Token),
        new("ceiling", static (job, _, _) => SqlRow.Billionths(job.Ceiling)),
        new("due", static (_, now, _) => now.ToUnixTimeMilliseconds()),
        new("op", static (_, _, op) => op),
        new("partition", static (job, _, _) => (long)LedgerPartitions.Of(job.Id)),
        new("identity", static (job, _, _) => job.OwnIdentity),
        new("account", static (job, _, _) => job.UploadAccount),
        new("expires", static (job, _, _) => SqlRow.Milliseconds(job.FilesExpireAt)),
    ];

    private static readonly Column[] _ofWhole =
    [
        new("state", static (job, _, _) => (long)job.State),
        new("version", static (job, _, _) => job.Version),
        new("attempts", static (job, _, _) => (long)job.Attempts),
        new("handle", static (job, _, _) => job.Handle?.ToString()),
        new("remote", static (job, _, _) => SqlRow.Remote(job.Handle)),
        new("created", static (job, _, _) => job.CreatedAt.ToUnixTimeMilliseconds()),
        new("sent", static (job, _, _) => SqlRow.Milliseconds(job.SentAt)),
        new("accepted", static (job, _, _) => SqlRow.Milliseconds(job.AcceptedAt)),
        new("ended", static (job, _, _) => SqlRow.Milliseconds(job.EndedAt)),
        new("delivered", static (job, _, _) => SqlRow.Milliseconds(job.DeliveredAt)),
        new("reason", static (job, _, _) => job.Reason),
        new("cost", static (job, _, _) => SqlRow.Billionths(job.Billed?.Value)),
        new("cost_unit", static (job, _, _) => job.Billed?.Unit),
        new("earlier", static (job, _, _) => SqlRow.Billionths(job.EarlierCost)),
        new("result", static (job, _, _) => job.Result?.ToString()),
        new("outputs", static (job, _, _) => SqlRow.Column(job.Outputs.Count == 0 ? null : job.Outputs)),
    ];

    private readonly Column[] _columns;

    // What is a number in the text needs no value, and what is not written costs nothing.
    private SqlInsert(Column[] columns, string zeros)
    {
        _columns = columns;
        var values = columns.Select((_, i) => FormattableString.Invariant($"${1 + i}")).Concat(zeros.Split(", ").Select(_ => "0"));
        var names = string.Join(", ", columns.Select(column => column.Name));
        Sql = $"INSERT INTO jobs({names}, {zeros}) VALUES({string.Join(", ", values)}) ON CONFLICT DO NOTHING";
    }

    private delegate object? ValueOf(LedgerJob job, DateTimeOffset now, string op);

    /// <summary>Adds jobs that shall run. Most of their columns are empty.</summary>
    public static SqlInsert New { get; } =
        new([.. _ofAll, new("created", static (_, now, _) => now.ToUnixTimeMilliseconds())], "state, version, attempts, earlier, woken");

    /// <summary>Adds jobs of another ledger as they are.</summary>
    public static SqlInsert Whole { get; } = new([.. _ofAll, .. _ofWhole], "woken");

    /// <summary>The statement, which leaves out what is there already.</summary>
    public string Sql { get; }

    /// <summary>The values of its parameters.</summary>
    /// <param name="job">The job.</param>
    /// <param name="now">The time.</param>
    /// <param name="op">The id of the work that adds it.</param>
    public object?[] ValuesOf(LedgerJob job, DateTimeOffset now, string op) => Array.ConvertAll(_columns, column => column.Value(job, now, op));

    private sealed record Column(string Name, ValueOf Value);
}
