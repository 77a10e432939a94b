namespace Zoetrope.Cli.Ledgers;

/// <summary>Where the ledger of simulated jobs is, which end with the command.</summary>
internal sealed class TemporaryLedger : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("zoetrope-").FullName;

    /// <summary>The file.</summary>
    public string Path => System.IO.Path.Combine(_folder, LedgerFile.DefaultName);

    public void Dispose()
    {
        try
        {
            Directory.Delete(_folder, recursive: true);
        }
        catch (IOException)
        {
            // A submit that was left at once may still hold the file; the system's temporary folder is cleaned by the system.
        }
    }
}
