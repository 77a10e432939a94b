using System.Security.Cryptography;
using System.Text;
using Zoetrope.Cli.Output;
using Zoetrope.Generator.Diagnostics;
using Zoetrope.Generator.Tooling;
using Zoetrope.Specs;
using Zoetrope.Specs.Catalog;
using Zoetrope.Specs.Diagnostics;
using Zoetrope.Specs.Model;

namespace Zoetrope.Cli.Vendoring;

/// <summary><c>specs.lock.json</c> of a folder: as it is, and as it should be.</summary>
internal sealed class LockFile
{
    /// <summary>The name of lock files.</summary>
    public const string Name = "specs.lock.json";

    /// <summary>The origin of declarations that are proposed.</summary>
    private const string Proposed = "proposed by zoetrope specs add";

    private readonly string? _current;
    private readonly SpecLock? _locked;
    private readonly SpecLock? _wanted;

    private LockFile(string path, string? current, SpecLock? locked, SpecLock? wanted, ProblemReport report) =>
        (Path, _current, _locked, _wanted, Report) = (path, current, locked, wanted, report);

    /// <summary>Its path.</summary>
    public string Path { get; }

    /// <summary>What keeps it from being written; and, as warnings, its members that are not known and are kept.</summary>
    public ProblemReport Report { get; }

    /// <summary>The uses whose type differs from the lock file although their names stay, in a line each.</summary>
    public IReadOnlyList<string> Moved { get; private init; } = [];

    /// <summary>Whether the file is there.</summary>
    public bool Exists => _current is not null;

    /// <summary>Whether it is out of date.</summary>
    public bool IsOutdated => _wanted is not null && _current != LockWriter.Write(_wanted);

    /// <summary>How many documents there are.</summary>
    public int Documents => _wanted?.Files.Count ?? 0;

    /// <summary>Says that it is out of date, in what, and what to do.</summary>
    public void ReportOutdated(IReporter reporter, string folder)
    {
        reporter.WriteLine(Printable.Of($"{Path} is out of date; `zoetrope specs lock {folder}` writes it."));
        foreach (var line in LockDifferences.Between(_locked, _wanted!))
            reporter.WriteLine(Printable.Of("  " + line));
    }

    /// <summary>The C# name of an endpoint's or an API's class, by its key; null where it has none.</summary>
    public string? NameOf(string key) => _wanted?.Names.LastOrDefault(name => name.Key == key)?.Name;

    /// <summary>Reads the lock file and all documents. With an error in any of them no name can be trusted, and nothing is to be written.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="origin">Where new documents came from.</param>
    /// <param name="date">The date of new and changed documents.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <param name="added">The documents among them that are to be written.</param>
    /// <exception cref="UsageException">The class of such a document cannot have the name that it is to have.</exception>
    public static LockFile Read(
        VendoredFolder folder, string origin, string date, CancellationToken cancellationToken, IReadOnlyList<NewDocument>? added = null)
    {
        var path = PathIn(folder.Path);
        var current = File.Exists(path) ? SpecText.Read(path) : null;
        if (current is not null && Damage(path, current, cancellationToken) is { HasErrors: true } damage)
            return new(path, current, null, null, damage);

        var sources = new List<SpecSource>();
        var files = new List<VendoredFile>();
        foreach (var file in folder.Files)
        {
            var content = folder.ContentOf(file);
            var source = new SpecSource(file, SpecText.Decode(content));
            sources.Add(source);
            var document = folder.DocumentOf(file);
            // The lock and catalogs are written here, not vendored.
            if (document is null or { Lock: null, Catalog: null })
                files.Add(new(
                    folder.NameOf(file), Sha256Of(content), document,
                    document?.Kind == SpecKind.OperationPage ? source.Text : null));
        }
        files.RemoveAll(file => file.Document is null && !IsNamed(file.Path, files));
        // A warning in the lock file is a name that cannot be given or that two ask for: it stays until somebody decides.
        var problems =
            SpecChecks.Run(sources, cancellationToken).Where(problem => problem.Kind.Severity == ProblemSeverity.Error || IsWarningAt(path, problem)).ToList();
        var report = Judge(problems);
        if (report.HasErrors)
            return new(path, current, null, null, report);
        var locked = current is null ? null : SpecReader.Read(current, cancellationToken: cancellationToken).Document!.Lock;
        if (added is null)
            return new(path, current, locked, LockUpdates.Of(locked, files, _ => origin, date), report);
        var origins = added.Where(document => document.Origin is not null).ToDictionary(document => folder.NameOf(document.Path), document => document.Origin!);
        foreach (var declaration in added.Select(document => document.Declaration).OfType<ProposedDeclaration>())
            origins[folder.NameOf(declaration.Path)] = Proposed;
        var prepared = Prepare(folder, locked, files, added);
        var wanted = LockUpdates.Of(prepared, files, file => origins.GetValueOrDefault(file, origin), date);
        if (added.FirstOrDefault(document => !HasName(files, wanted, document)) is { } unnamed)
            throw new UsageException($"--name: the class cannot be called '{unnamed.ClassName}': the name is taken, or used by the surrounding code");
        return new(path, current, locked, WithValidators(folder, wanted, added), report)
        {
            Moved = prepared is null ? [] : LockUpdates.MovedUses(prepared, files),
        };
    }

    /// <summary>What the lock file of a folder says; null with the report of what is wrong in it, or where there is none.</summary>
    public static SpecLock? ReadLock(string folder, CancellationToken cancellationToken, out ProblemReport? report)
    {
        report = null;
        var path = PathIn(folder);
        if (!File.Exists(path))
            return null;
        var text = SpecText.Read(path);
        report = Damage(path, text, cancellationToken);
        return report.HasErrors ? null : SpecReader.Read(text, cancellationToken: cancellationToken).Document!.Lock;
    }

    /// <summary>The SHA-256 of a file's content, as the lock file has it.</summary>
    public static string Sha256Of(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    /// <summary>The path of the lock file of a folder.</summary>
    public static string PathIn(string folder) => System.IO.Path.Combine(folder, Name);

    /// <summary>Its content as it should be.</summary>
    public byte[] Content => Encoding.UTF8.GetBytes(LockWriter.Write(_wanted!));

    /// <summary>Writes it.</summary>
    public void Write() => FileTransaction.Write(new Dictionary<string, byte[]> { [Path] = Content });

    /// <summary>
    /// The lock as it would be if the documents had been there before: their files changed where the origin is given anew, their names kept although a key is
    /// another one, and the user's names.
    /// </summary>
    private static SpecLock? Prepare(VendoredFolder folder, SpecLock? locked, List<VendoredFile> files, IReadOnlyList<NewDocument> added)
    {
        var names = added.ToDictionary(document => folder.NameOf(document.Path));
        var before = files.Where(file => !names.ContainsKey(file.Path))
            .Concat(names.Where(name => name.Value.Former is not null).Select(name => new VendoredFile(name.Key, "", name.Value.Former)))
            .ToList();
        locked = LockUpdates.Renewed(locked, before);
        if (locked is not null)
        {
            locked = locked with
            {
                Files = locked.Files.Select(file => names.TryGetValue(file.Path, out var document) && document.Origin is { } origin
                    ? file with { Origin = origin, Sha256 = "" }
                    : file).ToEquatableArray(),
            };
        }
        foreach (var document in added)
        {
            var key = VendoredNames.KeyOf(document.Document);
            if (locked is not null && document.Former is { Api: not null } old && VendoredNames.KeyOf(old) is var formerKey && formerKey != key)
                locked = LockUpdates.Renamed(locked, formerKey, key);
            if (document.ClassName is not { } className)
                continue;
            locked ??= new SpecLock(default, default);
            locked = locked with { Names = locked.Names.Where(other => other.Key != key).Append(new LockedName(key, className)).ToEquatableArray() };
        }
        return locked;
    }

    private static SpecLock WithValidators(VendoredFolder folder, SpecLock locked, IReadOnlyList<NewDocument> added)
    {
        var validators = added.Where(document => document.Validators is not null).ToDictionary(document => folder.NameOf(document.Path));
        return locked with
        {
            Files = locked.Files.Select(file => validators.TryGetValue(file.Path, out var document)
                ? file with { ETag = document.Validators!.ETag, LastModified = document.Validators.LastModified }
                : file).ToEquatableArray(),
        };
    }

    /// <summary>Whether a declaration in the same folder names a file that says nothing by itself: the schemas of its models.</summary>
    private static bool IsNamed(string path, List<VendoredFile> files)
    {
        var (folder, name) = (System.IO.Path.GetDirectoryName(path), System.IO.Path.GetFileName(path));
        return files.Exists(file => file.Document?.Declaration?.Schemas == name && System.IO.Path.GetDirectoryName(file.Path) == folder);
    }

    private static bool HasName(List<VendoredFile> files, SpecLock wanted, NewDocument added)
    {
        if (added.ClassName is not { } name)
            return true;
        var key = VendoredNames.KeyOf(added.Document);
        var documents = files.Where(file => file.Document is not null).ToDictionary(file => file.Path, file => file.Document!, StringComparer.Ordinal);
        documents.Add("", new SpecDocument { Kind = SpecKind.Lock, Lock = wanted });
        return NameAssignments.Of(documents).Any(given => given.Key == key && given.Name == name);
    }

    private static bool IsWarningAt(string path, LocatedProblem problem) => problem.Kind.Severity == ProblemSeverity.Warning && problem.Path == path;

    /// <summary>
    /// What is wrong in the file by itself. An entry that was not understood would be lost, so that warnings count too; members that are not known are kept.
    /// </summary>
    private static ProblemReport Damage(string path, string text, CancellationToken cancellationToken)
    {
        var problems = SpecChecks.Run([new(path, text)], cancellationToken).ToList();
        if (problems.Count == 0 && SpecReader.Read(text, cancellationToken: cancellationToken).Document?.Lock is null)
            problems.Add(new(Problems.UnknownContent, "This is not a lock file; expected an object with the members 'files' and 'names'",
                path, default, (1, 1), (1, 1)));
        return Judge(problems);
    }

    private static ProblemReport Judge(IReadOnlyList<LocatedProblem> problems) => new(problems, warnAsError: true, except: Problems.UnknownMember);
}
