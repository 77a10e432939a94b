namespace Zoetrope.Jobs.Storage;

/// <content>Which contents were uploaded.</content>
public abstract partial class SqlLedgerStore
{
    /// <inheritdoc/>
    public override Task<string?> FindUploadAsync(string provider, string hash, CancellationToken cancellationToken = default) => ReadAsync(
        async session => (await session.QueryAsync(
            $"SELECT reference FROM uploads WHERE provider = $1 AND hash = $2 AND until > {dialect.Now}",
            static reader => reader.GetString(0),
            provider,
            hash).ConfigureAwait(false)) is [var reference] ? reference : null,
        cancellationToken);

    /// <inheritdoc/>
    public override Task RecordUploadAsync(
        string provider, string hash, string reference, TimeSpan lifetime, CancellationToken cancellationToken = default) => _writes.RunAsync(
        (session, _) => session.ExecuteAsync(
            $"INSERT INTO uploads(provider, hash, reference, until) VALUES($1, $2, $3, {dialect.Now} + $4) "
                + "ON CONFLICT(provider, hash) DO UPDATE SET reference = excluded.reference, until = excluded.until",
            provider,
            hash,
            reference,
            SqlRow.Milliseconds(lifetime)),
        cancellationToken);
}
