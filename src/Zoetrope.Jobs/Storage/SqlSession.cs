using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace Zoetrope.Jobs.Storage;

/// <summary>A connection, and the commands that run on it one after the other.</summary>
/// <param name="connection">The connection.</param>
/// <param name="dialect">The dialect.</param>
internal sealed class SqlSession(DbConnection connection, SqlDialect dialect) : IAsyncDisposable
{
    private readonly Dictionary<string, DbCommand> _kept = [];

    /// <summary>The connection.</summary>
    public DbConnection Connection => connection;

    /// <summary>What the transaction writes before it is committed.</summary>
    public TransactionEnd End { get; } = new();

    /// <summary>Runs a statement.</summary>
    /// <returns>The number of rows that it changed.</returns>
    public Task<int> ExecuteAsync(string sql, params ReadOnlySpan<object?> values)
    {
        var command = CommandOf(sql, values);
        return EndAsync(command.ExecuteNonQueryAsync(), command);
    }

    /// <summary>Runs a statement once for each row of values, in their order.</summary>
    /// <returns>The number of rows that each of the runs changed.</returns>
    public async Task<int[]> ExecuteManyAsync(string sql, IReadOnlyList<object?[]> rows)
    {
        // For a few, the command that is kept is the fastest.
        const int Few = 3;
        var changed = new int[rows.Count];
        if (rows.Count <= Few)
        {
            for (var i = 0; i < rows.Count; i++)
                changed[i] = await ExecuteAsync(sql, rows[i]).ConfigureAwait(false);
            return changed;
        }
        foreach (var row in rows)
        {
            for (var i = 0; i < row.Length; i++)
                row[i] = row[i] is string text ? Storable(text) : row[i];
        }
        return await dialect.ExecuteManyAsync(connection, sql, rows).ConfigureAwait(false);
    }

    /// <summary>Runs a query, or a statement that returns rows.</summary>
    public Task<List<T>> QueryAsync<T>(string sql, Func<DbDataReader, T> read, params ReadOnlySpan<object?> values) =>
        ReadAsync(CommandOf(sql, values), read);

    /// <summary>The value of the first column of the only row; null where there is no row.</summary>
    public async Task<long?> NumberAsync(string sql, params object?[] values)
    {
        var rows = await QueryAsync(sql, static reader => reader.IsDBNull(0) ? (long?)null : Convert.ToInt64(reader.GetValue(0), null), values)
            .ConfigureAwait(false);
        return rows is [var only] ? only : null;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var command in _kept.Values)
            await command.DisposeAsync().ConfigureAwait(false);
        await connection.DisposeAsync().ConfigureAwait(false);
    }

    [SuppressMessage("Security", "CA2100:Review SQL queries for security vulnerabilities", Justification = "All texts are constants of this assembly.")]
    private DbCommand CommandOf(string sql, ReadOnlySpan<object?> values)
    {
        if (dialect.KeepsCommands && _kept.TryGetValue(sql, out var kept))
        {
            for (var i = 0; i < values.Length; i++)
                kept.Parameters[i].Value = Storable(values[i]);
            return kept;
        }
        var command = connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < values.Length; i++)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = dialect.NameOf(i + 1);
            parameter.Value = Storable(values[i]);
            command.Parameters.Add(parameter);
        }
        if (dialect.KeepsCommands)
            _kept[sql] = command;
        return command;
    }

    // Words of services and labels of users may be anything; a column of text takes neither a NUL nor half of a surrogate pair everywhere.
    private static object Storable(object? value) => value is string text ? Storable(text) : value ?? DBNull.Value;

    private static string Storable(string text) =>
        text.AsSpan().IndexOfAnyInRange('\ud800', '\udfff') < 0 && !text.Contains('\0', StringComparison.Ordinal)
            ? text
            : string.Concat(text.EnumerateRunes().Select(rune => rune.Value == 0 ? "\ufffd" : rune.ToString()));

    private async Task<int> EndAsync(Task<int> execution, DbCommand command)
    {
        try
        {
            return await execution.ConfigureAwait(false);
        }
        finally
        {
            if (!dialect.KeepsCommands)
                await command.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task<List<T>> ReadAsync<T>(DbCommand command, Func<DbDataReader, T> read)
    {
        try
        {
            var reader = await command.ExecuteReaderAsync().ConfigureAwait(false);
            await using var end = reader.ConfigureAwait(false);
            var rows = new List<T>();
            while (await reader.ReadAsync().ConfigureAwait(false))
                rows.Add(read(reader));
            return rows;
        }
        finally
        {
            if (!dialect.KeepsCommands)
                await command.DisposeAsync().ConfigureAwait(false);
        }
    }
}
