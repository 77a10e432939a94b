using System.Diagnostics;
using System.Text;

namespace Zoetrope.Cli.Vendoring;

/// <summary>The documents of a git revision, without a checkout of it.</summary>
internal static class GitRevision
{
    /// <summary>The documents below a folder, or the one document, at a revision; null where git does not know the revision.</summary>
    /// <param name="revision">A commit, branch or tag.</param>
    /// <param name="path">The folder or file, from the current folder.</param>
    /// <param name="cancellationToken">Stops git.</param>
    /// <returns>Paths from the folder, and contents.</returns>
    /// <exception cref="UsageException">Git is not installed, or the revision has nothing there.</exception>
    public static async Task<IReadOnlyList<(string Path, byte[] Content)>?> ReadAsync(string revision, string path, CancellationToken cancellationToken)
    {
        var (isKnown, commit) = await RunAsync(["rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}"], cancellationToken);
        if (!isKnown)
            return null;
        var id = Encoding.ASCII.GetString(commit).Trim();
        var (_, listed) = await RunAsync(["ls-tree", "-r", "-z", id, "--", path], cancellationToken);
        var documents = new List<(string, byte[])>();
        foreach (var entry in Encoding.UTF8.GetString(listed).Split('\0', StringSplitOptions.RemoveEmptyEntries))
        {
            // Mode, kind and object, then the path.
            var parts = entry.Split('\t', 2);
            var facts = parts[0].Split(' ');
            var name = Path.GetRelativePath(path, parts[1]).Replace('\\', '/');
            if (facts[1] == "blob" && SpecPaths.IsDocument(parts[1]))
                documents.Add((name == "." ? Path.GetFileName(parts[1]) : name, (await RunAsync(["cat-file", "blob", facts[2]], cancellationToken)).Output));
        }
        return documents.Count > 0 ? documents : throw new UsageException($"no document is in '{path}' at {revision}");
    }

    private static async Task<(bool IsDone, byte[] Output)> RunAsync(string[] arguments, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("git", arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            using var process = Process.Start(start)!;
            var output = new MemoryStream();
            var errors = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.StandardOutput.BaseStream.CopyToAsync(output, cancellationToken);
            await errors;
            await process.WaitForExitAsync(cancellationToken);
            return (process.ExitCode == 0, output.ToArray());
        }
        catch (System.ComponentModel.Win32Exception)
        {
            throw new UsageException("git could not be started: it is needed for revisions");
        }
    }
}
