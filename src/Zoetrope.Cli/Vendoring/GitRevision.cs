using System.Diagnostics;
using System.Globalization;
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
        var files = new List<(string Path, string Blob)>();
        foreach (var entry in Encoding.UTF8.GetString(listed).Split('\0', StringSplitOptions.RemoveEmptyEntries))
        {
            // Mode, kind and object, then the path.
            var parts = entry.Split('\t', 2);
            var facts = parts[0].Split(' ');
            var name = Path.GetRelativePath(path, parts[1]).Replace('\\', '/');
            if (facts[1] == "blob" && SpecPaths.IsDocument(parts[1]))
                files.Add((name == "." ? Path.GetFileName(parts[1]) : name, facts[2]));
        }
        if (files.Count == 0)
            throw new UsageException($"no document is in '{path}' at {revision}");
        var (_, contents) = await RunAsync(["cat-file", "--batch"], cancellationToken, string.Concat(files.Select(file => file.Blob + "\n")));
        return Split(contents, files);
    }

    /// <summary>Splits the output of a batch: of each object a line that ends with its size, its content, and a line feed.</summary>
    private static List<(string Path, byte[] Content)> Split(byte[] contents, List<(string Path, string Blob)> files)
    {
        var documents = new List<(string, byte[])>();
        var rest = contents.AsSpan();
        foreach (var (path, _) in files)
        {
            var end = rest.IndexOf((byte)'\n');
            // What a partial clone does not have ends with "missing".
            if (!int.TryParse(rest[(rest[..end].LastIndexOf((byte)' ') + 1)..end], NumberStyles.None, CultureInfo.InvariantCulture, out var size))
                throw new UsageException($"git has no content of '{path}' here");
            documents.Add((path, rest.Slice(end + 1, size).ToArray()));
            rest = rest[(end + 1 + size + 1)..];
        }
        return documents;
    }

    private static async Task<(bool IsDone, byte[] Output)> RunAsync(string[] arguments, CancellationToken cancellationToken, string input = "")
    {
        var start = new ProcessStartInfo("git", arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            using var process = Process.Start(start)!;
            var output = new MemoryStream();
            var errors = process.StandardError.ReadToEndAsync(cancellationToken);
            // It responds while it is still asked.
            var asking = AskAsync(process.StandardInput, input);
            await process.StandardOutput.BaseStream.CopyToAsync(output, cancellationToken);
            await asking;
            await errors;
            await process.WaitForExitAsync(cancellationToken);
            return (process.ExitCode == 0, output.ToArray());
        }
        catch (System.ComponentModel.Win32Exception)
        {
            throw new UsageException("git could not be started: it is needed for revisions");
        }
    }

    private static async Task AskAsync(StreamWriter writer, string input)
    {
        await using (writer)
            await writer.WriteAsync(input);
    }
}
