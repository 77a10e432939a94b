using Zoetrope.Specs.Model;
using Zoetrope.Specs.OpenApi;

namespace Zoetrope.Specs.Jobs;

/// <summary>A document by its name and text.</summary>
/// <param name="Name">The name, for messages.</param>
/// <param name="Text">The text.</param>
public sealed record NamedDocument(string Name, string Text)
{
    /// <summary>Documents that belong to it and are not there.</summary>
    public EquatableArray<string> Missing { get; init; }
}

/// <summary>The documents that a declaration names: OpenAPI documents, pages of operations, or folders with them.</summary>
public static class DeclaredDocuments
{
    private const int MostNames = 3;

    /// <summary>The documents that names mean, in the order of the names; those in a folder are in the order of their names.</summary>
    /// <param name="names">The names, relative to the folder of the declaration.</param>
    /// <param name="documents">The documents that there are, with names relative to that folder.</param>
    /// <param name="missing">The names that mean none.</param>
    public static IReadOnlyList<T> Select<T>(
        EquatableArray<string> names, IReadOnlyList<(string Name, T Document)> documents, out EquatableArray<string> missing)
    {
        var (found, without) = (new List<T>(), new List<string>());
        foreach (var name in names)
        {
            var path = name.Replace('\\', '/');
            path = path.StartsWith("./", StringComparison.Ordinal) ? path.Substring(2) : path;
            var folder = path.TrimEnd('/') + "/";
            var all = documents.Where(document => document.Name == path).Take(1).ToList();
            if (all.Count == 0)
                all.AddRange(documents.Where(document => document.Name.StartsWith(folder, StringComparison.Ordinal)));
            all.Sort(static (one, other) => string.CompareOrdinal(one.Name, other.Name));
            if (all.Count == 0)
                without.Add(name);
            found.AddRange(all.Select(document => document.Document).Where(document => !found.Contains(document)));
        }
        missing = without.ToEquatableArray();
        return found;
    }

    /// <summary>Documents as one; null where there are none.</summary>
    /// <param name="documents">The documents.</param>
    /// <param name="missing">Documents that belong to them and are not there.</param>
    public static NamedDocument? Merge(IReadOnlyList<NamedDocument> documents, EquatableArray<string> missing) => documents.Count switch
    {
        0 => null,
        1 => documents[0] with { Missing = missing },
        _ => new(NameOf(documents.Select(document => document.Name).ToList()), new MergedDocument([.. documents.Select(document => document.Text)]).Text)
        {
            Missing = missing,
        },
    };

    /// <summary>The name of several documents.</summary>
    /// <param name="names">Their names.</param>
    public static string NameOf(IReadOnlyList<string> names) =>
        string.Join(", ", names.Take(MostNames)) + (names.Count > MostNames ? ", …" : "");
}
