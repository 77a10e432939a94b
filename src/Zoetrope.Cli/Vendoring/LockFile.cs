using System.Security.Cryptography;
using Zoetrope.Generator;
using Zoetrope.Specs;

namespace Zoetrope.Cli.Vendoring;

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
    /// <param name="origin">Tells where a new document came from, by its path in the folder.</param>
    /// <param name="date">The date of new and changed documents.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public static LockFile Read(string folder, Func<string, string> origin, string date, CancellationToken cancellationToken)
    {
        var path = System.IO.Path.Combine(folder, Name);
        var current = File.Exists(path) ? SpecText.Read(path) : null;
        if (current is not null && Damage(path, current, cancellationToken) is { Count: > 0 } damage)
            return new(path, current, current, new(damage, warnAsError: true));

        var sources = new List<SpecSource>();
        var files = new List<VendoredFile>();
        foreach (var file in SpecPaths.Below(folder))
        {
            var content = File.ReadAllBytes(file);
            var source = new SpecSource(file, SpecText.Decode(content));
            sources.Add(source);
            // The lock and catalogs are written here, not vendored.
            if (SpecReader.Read(source.Text, cancellationToken: cancellationToken).Document is { Lock: null, Catalog: null } document)
                files.Add(new(System.IO.Path.GetRelativePath(folder, file).Replace('\\', '/'), Convert.ToHexStringLower(SHA256.HashData(content)), document));
        }
        // A warning in the lock file is a name that cannot be given or that two ask for: it stays until somebody decides.
        var problems = SpecChecks.Run(sources, cancellationToken).Where(problem => problem.Kind.Severity == ProblemSeverity.Error || IsWarningAt(path, problem)).ToList();
        var report = new ProblemReport(problems, warnAsError: true);
        if (report.HasErrors)
            return new(path, current, current ?? "", report);
        var locked = current is null ? null : SpecReader.Read(current, cancellationToken: cancellationToken).Document!.Lock;
        return new(path, current, LockWriter.Write(LockUpdates.Of(locked, files, origin, date)), report);
    }

    /// <summary>Writes it. Whatever happens meanwhile, the old or the new content is there.</summary>
    public void Write()
    {
        var temporary = Path + ".tmp";
        File.WriteAllText(temporary, _wanted);
        File.Move(temporary, Path, overwrite: true);
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
