namespace Zoetrope.Jobs.Storage;

/// <content>Which contents were uploaded.</content>
public abstract partial class SqlLedgerStore
{
    // More than an upload adds, and so few that nobody waits for it.
    private const int UploadsAtOnce = 100;

    private const string RenewedText = "its files were uploaded again";

    /// <inheritdoc/>
    public override Task<LedgerUpload?> FindUploadAsync(
        string provider, string account, string hash, CancellationToken cancellationToken = default) => ReadAsync(
        async session => (await session.QueryAsync(
            $"SELECT reference, expires FROM uploads WHERE provider = $1 AND account = $2 AND hash = $3 AND until > {dialect.Now}",
            reader => new LedgerUpload(provider, account, hash, reader.GetString(0), SqlRow.Time(reader, 1)),
            provider,
            account,
            hash).ConfigureAwait(false)) is [var upload] ? upload : null,
        cancellationToken);

    /// <inheritdoc/>
    public override Task RecordUploadAsync(LedgerUpload upload, TimeSpan lifetime, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(upload);
        return _writes.RunAsync(
            async (session, _) =>
            {
                await session.ExecuteAsync(
                    "INSERT INTO uploads(provider, account, hash, reference, expires, until) "
                        + $"VALUES($1, $2, $3, $4, $5, {dialect.Now} + $6) ON CONFLICT(provider, account, hash) "
                        + "DO UPDATE SET reference = excluded.reference, expires = excluded.expires, until = excluded.until",
                    upload.Provider,
                    upload.Account,
                    upload.Hash,
                    upload.Reference,
                    SqlRow.Milliseconds(upload.ExpiresAt),
                    SqlRow.Milliseconds(lifetime)).ConfigureAwait(false);
                // Nobody finds those any more whose time has ended. What another transaction holds is left to it.
                return await session.ExecuteAsync(
                    $"""
                    WITH gone AS MATERIALIZED (SELECT provider, account, hash FROM uploads WHERE until <= {dialect.Now} LIMIT {UploadsAtOnce}{dialect.LockFree})
                    DELETE FROM uploads WHERE (provider, account, hash) IN (SELECT provider, account, hash FROM gone)
                    """).ConfigureAwait(false);
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public override Task<LedgerJob?> RenewAsync(string id, long version, LedgerJob renewed, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(renewed);
        return _writes.RunAsync((session, op) => RenewAsync(session, id, version, renewed, op.Id), cancellationToken);
    }

    // What was sent may have been accepted, and its input is what it is found by.
    private async Task<LedgerJob?> RenewAsync(SqlSession session, string id, long version, LedgerJob renewed, string op)
    {
        if (await RowAsync(session, id, dialect.Lock).ConfigureAwait(false) is not { Job: var before, WrittenBy: var writtenBy })
            return null;
        if (writtenBy == op)
            return before;
        if (before.Version != version || before.State != LedgerState.Intended)
            return null;
        var rows = await RowsAsync(
            session,
            $"UPDATE jobs SET version = version + 1, op = $2, input = $3, hash = $4, account = $5, expires = $6, ceiling = COALESCE($7, ceiling), "
                + $"reason = NULL, due = {dialect.Now} WHERE id = $1 RETURNING {SqlRow.Columns}",
            id,
            op,
            renewed.Input.ToString(),
            renewed.InputHash,
            renewed.UploadAccount,
            SqlRow.Milliseconds(renewed.FilesExpireAt),
            SqlRow.Billionths(renewed.Ceiling)).ConfigureAwait(false);
        session.End.Record(rows[0].Job, await NowAsync(session).ConfigureAwait(false), LedgerEventKind.Renewed, RenewedText);
        return rows[0].Job;
    }
}
