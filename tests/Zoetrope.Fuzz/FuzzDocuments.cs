namespace Zoetrope.Fuzz;

/// <summary>A document of a project.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Text">Its text.</param>
public sealed record FuzzDocument(string Path, string Text);

/// <summary>The real documents that are changed: those of the repository always, those of the corpus where there is one.</summary>
public sealed class FuzzDocuments
{
    private static readonly string[] _corpusFolders = ["fal-openapi", "fal-pages", "eachlabs-pages", "openapi"];

    private readonly List<FuzzDocument[]> _folders;
    private readonly FuzzDocument[] _ofCatalog;
    private readonly List<FuzzDocument[]> _others;

    private FuzzDocuments(List<FuzzDocument[]> folders)
    {
        _folders = folders;
        // A declared provider has its documents and its declaration in its folder, and a whole API is alone.
        _others = [.. folders[0].GroupBy(FolderOf).Where(IsAlone).Select(group => group.ToArray())];
        _ofCatalog = [.. folders[0].Except(_others.SelectMany(group => group))];
    }

    /// <summary>All documents of <c>specs/</c>.</summary>
    public IReadOnlyList<FuzzDocument> Vendored => _folders[0];

    /// <summary>How many there are.</summary>
    public int Count => _folders.Sum(folder => folder.Length);

    /// <summary>Reads them.</summary>
    /// <param name="root">The repository.</param>
    /// <param name="corpus">The corpus, or null.</param>
    public static FuzzDocuments Read(string root, string? corpus)
    {
        var folders = new List<FuzzDocument[]> { ReadFolder(Path.Combine(root, "specs"), root, SearchOption.AllDirectories) };
        if (corpus is not null)
            folders.AddRange(_corpusFolders
                .Select(folder => Path.Combine(corpus, folder))
                .Where(Directory.Exists)
                .Select(folder => ReadFolder(folder, corpus, SearchOption.TopDirectoryOnly)));
        return new(folders);
    }

    /// <summary>All documents of a folder and of those in it.</summary>
    public static IReadOnlyList<FuzzDocument> OfFolder(string folder) => ReadFolder(folder, folder, SearchOption.AllDirectories);

    /// <summary>Any document: of each folder as often as of another.</summary>
    public FuzzDocument Any(Random random)
    {
        var folder = _folders[random.Next(_folders.Count)];
        return folder[random.Next(folder.Length)];
    }

    /// <summary>
    /// Documents of <c>specs/</c> that belong together: page, OpenAPI document, the other provider's page, catalog and lock file, or those of another folder.
    /// </summary>
    public IReadOnlyList<FuzzDocument> Together(Random random) => random.Next(3) == 0 ? _ofCatalog : _others[random.Next(_others.Count)];

    private static bool IsAlone(IGrouping<string, FuzzDocument> folder) => folder.Key.Contains('/', StringComparison.Ordinal)
        && (folder.Any(document => document.Path.EndsWith(".jobs.json", StringComparison.Ordinal))
            || !folder.Any(document => document.Path.EndsWith(".md", StringComparison.Ordinal)));

    private static string FolderOf(FuzzDocument document) => document.Path[..document.Path.LastIndexOf('/')];

    private static FuzzDocument[] ReadFolder(string folder, string root, SearchOption depth) =>
    [
        .. Directory.GetFiles(folder, "*", depth)
            .Where(path => Path.GetExtension(path) is ".json" or ".md" && Path.GetFileName(path) != "README.md")
            .Order(StringComparer.Ordinal)
            .Select(path => new FuzzDocument(Path.GetRelativePath(root, path).Replace('\\', '/'), File.ReadAllText(path))),
    ];
}
