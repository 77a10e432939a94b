using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Zoetrope.Jobs.Sqlite;

/// <summary>
/// A statement that is run for many rows of values. A command of the driver looks up each parameter by its name in each run, and copies each text twice more.
/// </summary>
internal sealed class SqliteManyRows : IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;
    private byte[] _text = new byte[1024];

    /// <summary>Initializes a new instance of the <see cref="SqliteManyRows"/> class.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="sql">The statement; its parameters are numbered in the order in which they first occur.</param>
    public SqliteManyRows(SqliteConnection connection, string sql)
    {
        _database = connection.Handle!;
        Check(raw.sqlite3_prepare_v2(_database, sql, out _statement));
    }

    /// <summary>Runs it.</summary>
    /// <returns>The number of rows of the database that it changed.</returns>
    public int Execute(object?[] values)
    {
        for (var i = 0; i < values.Length; i++)
            Check(Bind(i + 1, values[i]));
        Check(raw.sqlite3_step(_statement));
        var changed = raw.sqlite3_changes(_database);
        Check(raw.sqlite3_reset(_statement));
        return changed;
    }

    public void Dispose() => _statement?.Dispose();

    private int Bind(int position, object? value) => value switch
    {
        null => raw.sqlite3_bind_null(_statement, position),
        long number => raw.sqlite3_bind_int64(_statement, position, number),
        string text => BindText(position, text),
        _ => throw new ArgumentException($"A value of the type {value.GetType()} cannot be stored.", nameof(value)),
    };

    private int BindText(int position, string text)
    {
        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        if (_text.Length < most)
            _text = new byte[most];
        // SQLite keeps a copy.
        return raw.sqlite3_bind_text(_statement, position, _text.AsSpan(0, Encoding.UTF8.GetBytes(text, _text)));
    }

    // It does not throw where there is no error.
    private void Check(int status) => SqliteException.ThrowExceptionForRC(status, _database);
}
