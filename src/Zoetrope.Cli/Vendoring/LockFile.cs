using System.Security.Cryptography;
using System.Text;
using Zoetrope.Generator;
using Zoetrope.Specs;

namespace Zoetrope.Cli.Vendoring;

/// <summary>A document that is to be written together with the lock file; it stands for the one that is there.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Content">What it will hold.</param>
/// <param name="Origin">Where it came from, or null when nobody said: then what the lock file says stays.</param>
internal sealed record NewDocument(string Path, byte[] Content, string? Origin);

/// <summary><c>specs.lock.json</c> of a folder: as it is, and as it should be.</summary>
internal sealed class LockFile
{
    private const string Name = "specs.lock.json";

    private readonly string? _current;
    private readonly string _wanted;

    private LockFile(string path, string? current, string wanted, ProblemReport report) => (Path, _current, _wanted, Report) = (path, current, wanted, report);

    /// <summary>Its path.</summary>
    public string Path { get; }

    /// <summary>What keeps it from being written.</summary>
    public ProblemReport Report { get; }

    /// <summary>Whether it does not say what it should.</summary>
    public bool IsOutdated => _current != _wanted;

    /// <summary>Reads the lock file and all documents. With an error in any of them no name can be trusted, and nothing is to be written.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="origin">Where new documents came from.</param>
    /// <param name="date">The date of new and changed documents.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <param name="added">A document that is to be written too.</param>
    public static LockFile Read(string folder, string origin, string date, CancellationToken cancellationToken, NewDocument? added = null)
    {
        var path = System.IO.Path.Combine(folder, Name);
        var current = File.Exists(path) ? SpecText.Read(path) : null;
        if (current is not null && Damage(path, current, cancellationToken) is { Count: > 0 } damage)
            return new(path, current, current, new(damage, warnAsError: true));

        var sources = new List<SpecSource>();
        var files = new List<VendoredFile>();
        var paths = SpecPaths.Below(folder);
        foreach (var file in added is null || paths.Contains(added.Path) ? paths : [.. paths, added.Path])
        {
            var content = file == added?.Path ? added.Content : File.ReadAllBytes(file);
            var source = new SpecSource(file, SpecText.Decode(content));
            sources.Add(source);
            // The lock and catalogs are written here, not vendored.
            if (SpecReader.Read(source.Text, cancellationToken: cancellationToken).Document is { Lock: null, Catalog: null } document)
                files.Add(new(Relative(folder, file), Convert.ToHexStringLower(SHA256.HashData(content)), document));
        }
        // A warning in the lock file is a name that cannot be given or that two ask for: it stays until somebody decides.
        var problems = SpecChecks.Run(sources, cancellationToken).Where(problem => problem.Kind.Severity == ProblemSeverity.Error || IsWarningAt(path, problem)).ToList();
        var report = new ProblemReport(problems, warnAsError: true);
        if (report.HasErrors)
            return new(path, current, current ?? "", report);
        var locked = current is null ? null : SpecReader.Read(current, cancellationToken: cancellationToken).Document!.Lock;
        if (added?.Origin is not { } addedOrigin)
            return new(path, current, LockWriter.Write(LockUpdates.Of(locked, files, _ => origin, date)), report);

        // Its origin is said anew: it is a new file.
        var name = Relative(folder, added.Path);
        if (locked is not null)
            locked = locked with { Files = locked.Files.Where(file => file.Path != name).ToEquatableArray() };
        return new(path, current, LockWriter.Write(LockUpdates.Of(locked, files, file => file == name ? addedOrigin : origin, date)), report);
    }

    private static string Relative(string folder, string file) => System.IO.Path.GetRelativePath(folder, file).Replace('\\', '/');

    /// <summary>Writes it.</summary>
    public void Write() => WriteWhole(Path, Encoding.UTF8.GetBytes(_wanted));

    /// <summary>Writes a file. Whatever happens meanwhile, the old or the new content is there.</summary>
    public static void WriteWhole(string path, byte[] content)
    {
        var temporary = path + ".tmp";
        File.WriteAllBytes(temporary, content);
        File.Move(temporary, path, overwrite: true);
    }

    private static bool IsWarningAt(string path, LocatedProblem problem) => problem.Kind.Severity == ProblemSeverity.Warning && problem.Path == path;

    /// <summary>What is wrong in the file by itself. An entry that was not understood would be lost, so that warnings count too.</summary>
    private static List<LocatedProblem> Damage(string path, string text, CancellationToken cancellationToken)
    {
        var problems = SpecChecks.Run([new(path, text)], cancellationToken).ToList();
        if (problems.Count == 0 && SpecReader.Read(text, cancellationToken: cancellationToken).Document?.Lock is null)
            problems.Add(new(Problems.UnknownContent, "This is no lock file; expected an object with the members 'files' and 'names'", path, default, (1, 1), (1, 1)));
        return problems;
    }
}
