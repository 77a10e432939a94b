using Zoetrope.Cli.Vendoring.Sources;
using Zoetrope.Specs.Model;

namespace Zoetrope.Cli.Vendoring;

/// <summary>A vendored document that may be fetched anew.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Locked">What the lock file says of it; null where it says nothing.</param>
/// <param name="Url">Its address; null where it is not fetched.</param>
/// <param name="Reason">Why it is not fetched; null where it is.</param>
internal sealed record UpdateItem(string Path, LockedFile? Locked, Uri? Url, string? Reason)
{
    /// <summary>What its server sent with the content that is there; null where that is nothing.</summary>
    public Validators? Known => Locked is { ETag: null, LastModified: null } or null ? null : new(Locked.ETag, Locked.LastModified);

    /// <summary>The documents of a folder, in the order of their paths.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="entries">What its lock file says.</param>
    /// <exception cref="UsageException">An entry of the lock file leads out of the folder.</exception>
    public static IReadOnlyList<UpdateItem> Of(VendoredFolder folder, EquatableArray<LockedFile> entries)
    {
        if (entries.FirstOrDefault(entry => LeadsOut(entry.Path)) is { } outside)
        {
            throw new UsageException(
                [$"{LockFile.PathIn(folder.Path)}: '{outside.Path}' leads out of the folder"], ["Delete the entry, or correct its path. Nothing was fetched."]);
        }
        var files = folder.Files
            .Where(file => folder.DocumentOf(file) is not ({ Lock: not null } or { Catalog: not null }))
            .ToDictionary(folder.NameOf, StringComparer.Ordinal);
        var locked = entries.ToDictionary(entry => entry.Path, StringComparer.Ordinal);
        return
        [
            .. files.Keys.Union(locked.Keys).Order(StringComparer.Ordinal)
                .Where(name => locked.ContainsKey(name) || folder.DocumentOf(files[name]) is not null)
                .Select(name => Of(folder, name, files.GetValueOrDefault(name), locked.GetValueOrDefault(name))),
        ];
    }

    private static UpdateItem Of(VendoredFolder folder, string name, string? file, LockedFile? locked)
    {
        if (file is null)
            return Skip(System.IO.Path.Combine(folder.Path, name), "the file is gone; `zoetrope specs lock` removes its entry");
        if (locked is null)
            return Skip(file, "it is not in the lock file; `zoetrope specs lock` adds it");
        if (!Uri.TryCreate(locked.Origin, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") || url.UserInfo.Length > 0)
            return Skip(file, $"its origin is not a URL: {locked.Origin}");
        if (folder.DocumentOf(file) is not ({ Endpoint: not null } or { Api: not null }))
            return Skip(file, "it is neither a page nor an OpenAPI document");
        if (LockFile.Sha256Of(folder.ContentOf(file)) != locked.Sha256)
            return Skip(file, $"it was changed by hand; `zoetrope specs add {locked.Origin}` replaces it");
        return new(file, locked, url, null);

        UpdateItem Skip(string path, string reason) => new(path, locked, null, reason);
    }

    private static bool LeadsOut(string name) =>
        name.Split('/').Any(part => part.Trim('.').Length == 0) || name.Any(c => c is '\\' or ':' || char.IsControl(c));
}
