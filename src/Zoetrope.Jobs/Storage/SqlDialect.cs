using System.Data.Common;

namespace Zoetrope.Jobs.Storage;

/// <summary>What differs between the databases that a ledger is kept in.</summary>
public abstract class SqlDialect
{
    /// <summary>The expression of the time now in milliseconds since 1970, by the clock of the database. It is the same in the whole of a statement.</summary>
    public abstract string Now { get; }

    /// <summary>The type of a text that is a key, and is compared by its code points.</summary>
    public abstract string Key { get; }

    /// <summary>The type of a column that numbers the rows by itself, with its key.</summary>
    public abstract string Sequence { get; }

    /// <summary>The statement that begins a transaction which writes.</summary>
    public abstract string Begin { get; }

    /// <summary>What a query ends in that locks the rows it reads until the transaction ends; empty where the transaction locks everything.</summary>
    public abstract string Lock { get; }

    /// <summary>The same for rows of which those that are locked are left out.</summary>
    public abstract string LockFree { get; }

    /// <summary>The query that returns a row if there is a table with the name <c>$1</c>.</summary>
    public abstract string HasTable { get; }

    /// <summary>Whether a command is kept and used again, with other values.</summary>
    public abstract bool KeepsCommands { get; }

    /// <summary>Whether calls block the thread, although they return tasks.</summary>
    public abstract bool Blocks { get; }

    /// <summary>Whether nothing is written: the tables must exist, in the version that this assembly knows. False by default.</summary>
    public virtual bool IsReadOnly => false;

    /// <summary>The statement that lets no other transaction read a table until this one ends; empty where the transaction locks everything.</summary>
    /// <param name="table">The table.</param>
    public abstract string LockTable(string table);

    /// <summary>The name of a parameter that the text writes as <c>$1</c>, <c>$2</c> and so on; empty where its position counts.</summary>
    /// <param name="position">The position, from 1.</param>
    public abstract string NameOf(int position);

    /// <summary>Opens a connection.</summary>
    public abstract Task<DbConnection> OpenAsync(CancellationToken cancellationToken);

    /// <summary>Runs a statement once for each row of values, in their order: many rows must not wait for as many responses.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="sql">The statement, with a parameter for each value of a row.</param>
    /// <param name="rows">The values: texts, whole numbers of 64 bits and nulls.</param>
    /// <returns>The number of rows of the database that each of the runs changed.</returns>
    public abstract Task<int[]> ExecuteManyAsync(DbConnection connection, string sql, IReadOnlyList<object?[]> rows);

    /// <summary>
    /// Prepares the creation or migration of the tables, as the first of its transaction: until that ends, no other process may do the same.
    /// </summary>
    /// <param name="connection">The connection, in the transaction.</param>
    public virtual Task PrepareAsync(DbConnection connection) => Task.CompletedTask;

    /// <summary>Whether the same transaction may succeed when it is run again: the database was busy, or its connection was lost.</summary>
    public abstract bool IsTransient(Exception exception);
}
