using Zoetrope.Specs.Model;

namespace Zoetrope.Cli.Vendoring;

/// <summary>What a user says about the documents that are added.</summary>
/// <param name="ClassName">The name that the class is to have; null for that of the document.</param>
/// <param name="Name">The same as it was typed.</param>
/// <param name="Origin">Where they came from; null for their addresses.</param>
/// <param name="Workflows">An Arazzo description, as JSON, or null.</param>
/// <param name="UnknownOrigin">The origin of files.</param>
/// <param name="Date">The date of new and changed documents.</param>
internal sealed record AdditionOptions(string? ClassName, string? Name, string? Origin, string? Workflows, string UnknownOrigin, string Date);

/// <summary>Documents that are to be written into a folder, with its lock file.</summary>
/// <param name="folder">The folder, with everything that is to be written.</param>
/// <param name="documents">The documents.</param>
/// <param name="lockFile">The lock file.</param>
internal sealed class Addition(VendoredFolder folder, IReadOnlyList<NewDocument> documents, LockFile lockFile)
{
    /// <summary>The documents.</summary>
    public IReadOnlyList<NewDocument> Documents => documents;

    /// <summary>The lock file as it will be.</summary>
    public LockFile LockFile => lockFile;

    /// <summary>Finds out where documents go, what is proposed beside them, and how the lock file changes. Nothing is written.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="readings">The documents, none of which is refused.</param>
    /// <param name="options">What the user says about them.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="UsageException">A document cannot have its location or its name.</exception>
    public static Addition Of(
        VendoredFolder folder, IReadOnlyList<DocumentReading> readings, AdditionOptions options, CancellationToken cancellationToken)
    {
        var documents = new List<NewDocument>();
        foreach (var reading in readings)
        {
            var (path, former) = VendoredNames.Find(folder, reading.Document!, options.Name);
            if (folder.IsStaged(path))
                throw new UsageException($"SOURCE: {reading.Source.Name} is {VendoredNames.Describe(reading.Document!)}, as another source is");
            folder.Stage(path, reading.Content);
            documents.Add(new(
                path, reading.Document!, former, options.ClassName, options.Origin ?? reading.Source.Url?.AbsoluteUri, reading.Source.Validators));
        }
        // A proposal is made of all pages of an API.
        for (var i = 0; i < documents.Count; i++)
        {
            var added = documents[i];
            var proposed = ProposedDeclaration.Beside(
                folder, added.Path, added.Document, options.ClassName, options.Workflows, out var reason, cancellationToken);
            documents[i] = added with { Declaration = proposed, WhyNoDeclaration = reason };
            if (proposed is null)
                continue;
            folder.Stage(proposed.Path, proposed.Content);
        }
        return Complete(folder, documents, options.UnknownOrigin, options.Date, cancellationToken);
    }

    /// <summary>The documents of a folder, which are to be written, with its lock file.</summary>
    public static Addition Complete(
        VendoredFolder folder, IReadOnlyList<NewDocument> documents, string origin, string date, CancellationToken cancellationToken)
    {
        var lockFile = LockFile.Read(folder, origin, date, cancellationToken, documents);
        if (!lockFile.Report.HasErrors)
            folder.Stage(lockFile.Path, lockFile.Content);
        return new(folder, documents, lockFile);
    }

    /// <summary>The C# name of the class of a document; null where it has none.</summary>
    public string? NameOf(SpecDocument document) => lockFile.NameOf(VendoredNames.KeyOf(document));

    /// <summary>The declaration that the folder of a document had before; null where there is none.</summary>
    public string? ExistingDeclaration(NewDocument added) => ProposedDeclaration.Existing(folder, added.Path) is { } existing
        && documents.All(document => document.Declaration?.Path != existing) ? existing : null;

    /// <summary>Writes all of it, or nothing.</summary>
    /// <exception cref="IOException">A file could not be written; the folder is as it was.</exception>
    public void Write() => folder.Write();
}
