using Zoetrope.Cli.Mcp.Results;

namespace Zoetrope.Cli.Mcp.Running;

/// <summary>The folders whose files may be uploaded; none by default.</summary>
internal sealed class AllowedFolders
{
    // A cycle of links is longer than this.
    private const int MostLinks = 40;

    private static readonly StringComparison _comparison = OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

    private readonly IReadOnlyList<string> _folders;

    /// <summary>Takes the folders.</summary>
    /// <exception cref="UsageException">One does not exist.</exception>
    public AllowedFolders(IReadOnlyList<string> folders) => _folders = [.. folders.Select(folder => Directory.Exists(folder)
        ? Path.TrimEndingDirectorySeparator(Resolve(Path.GetFullPath(folder)))
        : throw new UsageException($"--allow-folder: no such folder: '{folder}'"))];

    /// <summary>The path of a file below one of the folders, in which no link is left.</summary>
    /// <exception cref="ToolException">It is not below one of them, wherever links lead, or there is none.</exception>
    public string Find(string path)
    {
        if (_folders.Count == 0)
            throw new ToolException("not_allowed", "This server may not upload files. Start it with --allow-folder FOLDER to allow those of a folder.");
        // The same for what does not exist and what is elsewhere: the file system outside is nobody's business.
        var refusal = new ToolException("not_allowed", "There is no such file with a content below the folders that this server may upload from.");
        if (path.Contains('\0', StringComparison.Ordinal) || path.Length > 4096)
            throw refusal;
        foreach (var folder in _folders)
        {
            try
            {
                var resolved = Resolve(Path.GetFullPath(path, folder));
                if (resolved.StartsWith(Prefix(folder), _comparison) && HasContent(resolved))
                    return resolved;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
            {
                // Whatever keeps it from being found below this folder.
            }
        }
        throw refusal;
    }

    // The root of a file system is a folder too.
    private static string Prefix(string folder) => Path.EndsInDirectorySeparator(folder) ? folder : folder + Path.DirectorySeparatorChar;

    // Found out without opening it: pipes, which would wait for a writer for ever, sockets and devices have no length, and of an empty file there is nothing to
    // upload.
    private static bool HasContent(string path) => new FileInfo(path) is { Exists: true, Length: > 0 };

    // Of each part of the path: a link to a folder leads out of it as well as one to a file.
    private static string Resolve(string path)
    {
        for (var links = 0; links < MostLinks; links++)
        {
            if (FirstLink(path) is not var (link, below))
                return path;
            var target = new FileInfo(link).LinkTarget ?? throw new IOException("A link was changed.");
            path = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(link)!, target, below));
        }
        throw new IOException("Too many links.");
    }

    private static (string Link, string Below)? FirstLink(string path)
    {
        var root = Path.GetPathRoot(path)!;
        var parts = path[root.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries);
        var current = root;
        for (var i = 0; i < parts.Length; i++)
        {
            current = Path.Combine(current, parts[i]);
            if (new FileInfo(current).LinkTarget is not null)
                return (current, Path.Combine(parts[(i + 1)..]));
        }
        return null;
    }
}
