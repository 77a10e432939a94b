using Zoetrope.Specs;
using Zoetrope.Specs.Jobs;
using Zoetrope.Specs.Model;
using Zoetrope.Specs.OpenApi;

namespace Zoetrope.Generator.Inputs;

/// <summary>Several documents that are read as one.</summary>
/// <param name="Files">The documents, in their order.</param>
internal sealed record DocumentSet(EquatableArray<SpecFile> Files)
{
    /// <summary>The path of the one that they are read as: the folder of the first, and the names.</summary>
    public string Path => FolderOf(Files[0].Path) + DeclaredDocuments.NameOf(Files.Select(file => ParsedSpec.NameOf(file.Path)).ToList());

    /// <summary>
    /// The pages of operations that belong together, because they are of one API and in one folder: their operations are the members of one client.
    /// </summary>
    /// <param name="pages">The pages with what they say.</param>
    public static EquatableArray<DocumentSet> OfPages(IEnumerable<(SpecFile File, SpecDocument Document)> pages) => pages
        .Where(page => page.Document is { Kind: SpecKind.OperationPage, Api: not null })
        .GroupBy(page => (FolderOf(page.File.Path), page.File.Namespace, page.File.IsReference, page.File.Name, page.Document.Api!.Title))
        .Where(group => group.Skip(1).Any())
        .Select(group => new DocumentSet(group.Select(page => page.File).OrderBy(file => file.Path, StringComparer.Ordinal).ToEquatableArray()))
        .ToEquatableArray();

    /// <summary>The document, merged.</summary>
    public MergedDocument Merge() => new(Files.Select(file => file.Text).ToList());

    /// <summary>What the merged document says; null where nothing of it can be used.</summary>
    public ParsedSpec? Read() => SpecReader.Read(Merge().Text, Files[0].Provider).Document is { } document
        ? new(Path, Files[0].Namespace, Files[0].IsReference, document, Files[0].Name)
        : null;

    private static string FolderOf(string path) => path.Substring(0, path.Length - ParsedSpec.NameOf(path).Length);
}
