using System.CommandLine;
using Zoetrope.Jobs;
using Zoetrope.Jobs.Sqlite;

namespace Zoetrope.Cli.Ledgers;

/// <summary>The file of a ledger.</summary>
internal static class LedgerFile
{
    /// <summary>The name of a ledger that was not named.</summary>
    public const string DefaultName = "zoetrope.db";

    /// <summary><c>--ledger FILE</c>.</summary>
    /// <param name="default">Which one it is by default, in words.</param>
    public static Option<string?> Option(string @default) => new("--ledger")
    {
        Description = $"The file of the ledger (SQLite, on a local disk), or the folder that has its {DefaultName}. Default: {@default}.",
        HelpName = "FILE",
    };

    /// <summary>The path of a ledger that the user named, or of that in a folder.</summary>
    /// <exception cref="UsageException">It is not a path.</exception>
    public static string PathOf(string? given, string folder)
    {
        if (given is "" || given?.Contains('\0', StringComparison.Ordinal) == true)
            throw new UsageException("--ledger: must be a path");
        var path = given ?? folder;
        return given is null || Directory.Exists(path) ? Path.Combine(path, DefaultName) : path;
    }

    /// <summary>Opens a ledger that exists.</summary>
    /// <exception cref="UsageException">There is none, or the file is something else.</exception>
    public static async Task<JobLedger> OpenExistingAsync(string path, LedgerOptions options, CancellationToken cancellationToken)
    {
        await RequireAsync(path, cancellationToken);
        return await OpenAsync(path, options, cancellationToken);
    }

    /// <summary>Opens a ledger that exists, and that is left as it is: nothing is written, nor migrated.</summary>
    /// <exception cref="UsageException">There is none, the file is something else, or another version has written it.</exception>
    public static async Task<JobLedger> OpenToReadAsync(string path, CancellationToken cancellationToken)
    {
        await RequireAsync(path, cancellationToken);
        RefuseOther(path);
        try
        {
            return await JobLedger.OpenAsync(SqliteLedgerStore.ReadOnly(path), new LedgerOptions { Clients = [] }, cancellationToken);
        }
        catch (LedgerException exception)
        {
            throw new UsageException($"--ledger: {exception.Message}");
        }
    }

    /// <summary>Opens a ledger, and creates it if it does not exist.</summary>
    /// <exception cref="UsageException">It cannot be created, or the file is something else.</exception>
    public static async Task<JobLedger> OpenAsync(string path, LedgerOptions options, CancellationToken cancellationToken)
    {
        RefuseOther(path);
        try
        {
            if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder)
                Directory.CreateDirectory(folder);
            return await JobLedger.OpenAsync(new SqliteLedgerStore(path), options, cancellationToken);
        }
        catch (Exception exception) when (exception is LedgerException or IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"--ledger: {exception.Message}");
        }
    }

    private static async Task RequireAsync(string path, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
        {
            throw new UsageException(
                [$"--ledger: there is no ledger '{path}'"], [$"`zoetrope batch` keeps it in the folder of its outputs: --ledger OUT, or OUT/{DefaultName}."]);
        }
        // A batch that begins at this moment has created the file, and not yet its tables.
        for (var left = 20; LedgerContents.Of(path) == LedgerContent.Nothing; left--)
        {
            if (left == 0)
                throw new UsageException($"--ledger: '{path}' is empty, not a ledger; it was left as it is");
            await Task.Delay(50, cancellationToken);
        }
    }

    private static void RefuseOther(string path)
    {
        if (LedgerContents.Of(path) == LedgerContent.Other)
            throw new UsageException($"--ledger: '{path}' is a database of something else, not a ledger; it was left as it is");
    }
}
