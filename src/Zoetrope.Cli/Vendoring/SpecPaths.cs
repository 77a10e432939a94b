using System.IO.Enumeration;
using System.Text.RegularExpressions;

namespace Zoetrope.Cli.Vendoring;

/// <summary>Finds the documents that arguments name. Patterns are resolved here, because not every shell does it.</summary>
internal static partial class SpecPaths
{
    private const string Everything = "**";

    private static readonly bool _ignoreCase = OperatingSystem.IsWindows() || OperatingSystem.IsMacOS();

    /// <summary>
    /// The files, each once, spelled as the arguments spell them. README files, hidden ones and copies that editors leave behind are excluded, as in builds.
    /// </summary>
    /// <exception cref="UsageException">An argument names nothing.</exception>
    public static IReadOnlyList<string> Resolve(IEnumerable<string> arguments)
    {
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        var problems = new List<string>();
        foreach (var argument in arguments)
        {
            if (Find(argument, problems) is not { } found)
                continue;
            var documents = found.Where(IsDocument).ToList();
            if (documents.Count == 0 && !File.Exists(argument))
                problems.Add($"PATH: no document was found in '{argument}'");
            foreach (var file in documents)
                files.TryAdd(Path.GetFullPath(file), file);
        }
        if (problems.Count > 0)
            throw new UsageException(problems);
        return [.. files.Values];
    }

    /// <summary>All documents below a folder.</summary>
    public static IReadOnlyList<string> Below(string folder)
    {
        var files = new List<string>();
        Walk(folder, [Everything], files);
        return [.. files.Where(IsDocument)];
    }

    /// <summary>Whether a file may be a document, by its name.</summary>
    public static bool IsDocument(string file) => !NotDocuments().IsMatch(Path.GetFileName(file));

    // The same as in Zoetrope.Generator.targets.
    [GeneratedRegex(@"^[.~#]|[~#]$|^README(\.[^.]*)?$|^(desktop\.ini|Thumbs\.db)$|\.(bak|orig|rej|tmp|swp)$", RegexOptions.IgnoreCase)]
    private static partial Regex NotDocuments();

    private static IReadOnlyList<string>? Find(string argument, List<string> problems)
    {
        if (File.Exists(argument))
            return [argument];
        if (Directory.Exists(argument))
            return Below(argument);
        if (argument.IndexOfAny(['*', '?']) < 0)
        {
            problems.Add($"PATH: no such file or folder: '{argument}'");
            return null;
        }
        var separators = OperatingSystem.IsWindows() ? new[] { '/', '\\' } : ['/'];
        var fixedLength = argument.LastIndexOfAny(separators, argument.IndexOfAny(['*', '?'])) + 1;
        var files = new List<string>();
        Walk(argument[..fixedLength], argument[fixedLength..].Split(separators, StringSplitOptions.RemoveEmptyEntries), files);
        if (files.Count > 0)
            return files;
        problems.Add($"PATH: nothing matches '{argument}'");
        return null;
    }

    /// <summary>Adds the files below a folder that the rest of a pattern names. Folders that are links are not entered: they may lead back.</summary>
    private static void Walk(string folder, ReadOnlySpan<string> pattern, List<string> files)
    {
        var directory = new DirectoryInfo(folder.Length == 0 ? "." : folder);
        if (pattern.IsEmpty || !directory.Exists)
            return;
        var (segment, isLast) = (pattern[0], pattern.Length == 1);
        var isDeep = segment == Everything;
        if (isDeep && !isLast)
            Walk(folder, pattern[1..], files);
        foreach (var entry in directory.EnumerateFileSystemInfos().OrderBy(entry => entry.Name, StringComparer.Ordinal))
        {
            var path = Path.Combine(folder, entry.Name);
            if (!isDeep && !FileSystemName.MatchesSimpleExpression(segment, entry.Name, _ignoreCase))
                continue;
            if (entry is not DirectoryInfo)
            {
                if (isLast)
                    files.Add(path);
            }
            else if (entry.LinkTarget is null && (isDeep || !isLast))
            {
                Walk(path, isDeep ? pattern : pattern[1..], files);
            }
        }
    }
}
