using Microsoft.Data.Sqlite;

namespace Zoetrope.Cli.Ledgers;

/// <summary>Looks at files that are named as ledgers.</summary>
internal static class LedgerContents
{
    /// <summary>Finds out what a file is, without a change to it or a file beside it.</summary>
    /// <exception cref="UsageException">It is not a database, or cannot be read.</exception>
    public static LedgerContent Of(string path)
    {
        var file = new FileInfo(path);
        if (!file.Exists || file.Length == 0)
            return LedgerContent.Nothing;
        // Where nobody has it open there is nothing to replay, and SQLite is to leave no journal beside a file that may not be ours.
        var isAlone = !File.Exists(path + "-wal") && !File.Exists(path + "-journal");
        var source = isAlone ? new Uri(file.FullName).AbsoluteUri + "?immutable=1" : file.FullName;
        var options = new SqliteConnectionStringBuilder { DataSource = source, Mode = SqliteOpenMode.ReadOnly, Pooling = false };
        try
        {
            using var connection = new SqliteConnection(options.ToString());
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "SELECT name FROM sqlite_master WHERE type = 'table'";
            using var tables = command.ExecuteReader();
            var content = LedgerContent.Nothing;
            while (tables.Read())
            {
                if (tables.GetString(0) == "ledger_meta")
                    return LedgerContent.Ledger;
                content = LedgerContent.Other;
            }
            return content;
        }
        catch (SqliteException exception)
        {
            throw new UsageException($"--ledger: The ledger '{path}' cannot be opened: {exception.Message}");
        }
    }
}
