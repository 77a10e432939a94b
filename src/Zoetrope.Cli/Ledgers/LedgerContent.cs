namespace Zoetrope.Cli.Ledgers;

/// <summary>What a file is that is named as a ledger.</summary>
internal enum LedgerContent
{
    /// <summary>It does not exist, is empty, or has no tables.</summary>
    Nothing,

    /// <summary>A ledger.</summary>
    Ledger,

    /// <summary>An SQLite database of something else.</summary>
    Other,
}
