using Zoetrope.Specs.Model;

namespace Zoetrope.Cli.Vendoring;

/// <summary>A vendored file in a listing.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Provider">The provider; null where the file does not name one.</param>
/// <param name="Kind">The kind of document.</param>
/// <param name="Document">What it describes, in a few words; null where that is nothing.</param>
/// <param name="Name">The C# name of its class; null where it has none yet.</param>
/// <param name="Locked">What the lock file says of it; null where it says nothing.</param>
/// <param name="State">Whether it is as the lock file has it.</param>
internal sealed record ListedDocument(string Path, string? Provider, string Kind, string? Document, string? Name, LockedFile? Locked, string State)
{
    /// <summary>The files of a folder, and those that its lock file has and that are gone, in the order of their paths.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="locked">Its lock file; null where there is none.</param>
    public static IReadOnlyList<ListedDocument> Of(VendoredFolder folder, SpecLock? locked)
    {
        var entries = (locked?.Files ?? default).ToDictionary(file => file.Path, StringComparer.Ordinal);
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in locked?.Names ?? default)
            names[name.Key] = name.Name;
        var rows = new List<ListedDocument>();
        foreach (var file in folder.Files)
        {
            var document = folder.DocumentOf(file);
            entries.Remove(folder.NameOf(file), out var entry);
            // Schemas for editors, the lock and catalogs are not vendored.
            if (document is not ({ Lock: not null } or { Catalog: not null }) && (document is not null || entry is not null))
                rows.Add(Of(folder, file, document, entry, names));
        }
        rows.AddRange(entries.Values.Select(entry => new ListedDocument(
            System.IO.Path.Combine(folder.Path, entry.Path), null, "", null, null, entry, "the file is gone")));
        return [.. rows.OrderBy(row => row.Path.Replace('\\', '/'), StringComparer.Ordinal)];
    }

    private static ListedDocument Of(
        VendoredFolder folder, string file, SpecDocument? document, LockedFile? entry, Dictionary<string, string> names)
    {
        var isModelOrApi = document is { Endpoint: not null } or { Api: not null };
        var state = entry is null ? "not in the lock file"
            : entry.Sha256 == LockFile.Sha256Of(folder.ContentOf(file)) ? "up to date" : "changed by hand";
        return new(
            file, document?.Endpoint?.Provider ?? document?.Api?.Provider, KindOf(document), isModelOrApi ? VendoredNames.Describe(document!) : null,
            isModelOrApi ? names.GetValueOrDefault(VendoredNames.KeyOf(document!)) : null, entry, state);
    }

    private static string KindOf(SpecDocument? document) => document?.Kind switch
    {
        null => "schemas",
        SpecKind.FalPage or SpecKind.EachlabsPage => "page",
        SpecKind.OpenApi => document.Endpoint is null ? "API" : "OpenAPI",
        SpecKind.OperationPage => "operation",
        SpecKind.Jobs => "declaration",
        SpecKind.Catalog => "catalog",
        SpecKind.Lock => "lock",
        var kind => throw new ArgumentOutOfRangeException(nameof(document), kind, "A kind of document that has no word in the list."),
    };
}
