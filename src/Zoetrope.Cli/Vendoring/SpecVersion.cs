using Zoetrope.Generator.Tooling;

namespace Zoetrope.Cli.Vendoring;

/// <summary>One version of documents: a file, a folder, or either at a git revision.</summary>
/// <param name="Name">What was asked for.</param>
/// <param name="Sources">The documents, with paths from the folder.</param>
/// <param name="Prefix">What paths are shown with before them.</param>
internal sealed record SpecVersion(string Name, IReadOnlyList<SpecSource> Sources, string Prefix)
{
    /// <summary>Reads a version.</summary>
    /// <param name="argument">A file, a folder, a revision, or <c>REVISION:PATH</c>. What exists as a file or folder is that.</param>
    /// <param name="folder">The folder of a revision without a path.</param>
    /// <param name="name">What the argument is called in errors.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="UsageException">There is no such version.</exception>
    public static async Task<SpecVersion> ReadAsync(string argument, string folder, string name, CancellationToken cancellationToken)
    {
        if (File.Exists(argument))
        {
            var directory = Path.GetDirectoryName(argument) is { Length: > 0 } found ? found + "/" : "";
            return new(argument, [new(Path.GetFileName(argument), SpecText.Read(argument))], directory);
        }
        if (Directory.Exists(argument))
        {
            var files = SpecPaths.Below(argument);
            if (files.Count == 0)
                throw new UsageException($"{name}: no document was found in '{argument}'");
            return new(
                argument,
                [.. files.Select(file => new SpecSource(Path.GetRelativePath(argument, file).Replace('\\', '/'), SpecText.Read(file)))],
                argument.TrimEnd('/', '\\') + "/");
        }
        var colon = argument.IndexOf(':', StringComparison.Ordinal);
        var (revision, path) = colon > 0 ? (argument[..colon], argument[(colon + 1)..]) : (argument, folder);
        var documents = await GitRevision.ReadAsync(revision, path.Length == 0 ? folder : path, cancellationToken)
            ?? throw new UsageException($"{name}: '{argument}' is not a file, a folder or a git revision");
        return new(
            argument,
            [.. documents.Select(document => new SpecSource(document.Path, SpecText.Decode(document.Content)))],
            $"{revision}:{path.TrimEnd('/')}/");
    }
}
