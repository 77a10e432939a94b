namespace Zoetrope.Ledger.Tests.Databases;

/// <summary>Tests whose ledger is in a PostgreSQL database; that of all others is in an SQLite file.</summary>
public interface IOnPostgres;
