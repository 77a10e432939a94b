using Zoetrope.Generator.Inputs;
using Zoetrope.Generator.Naming;
using Zoetrope.Specs.Json;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Tooling;

/// <summary>A vendored file.</summary>
/// <param name="Path">Its path below the folder of the lock file, with forward slashes.</param>
/// <param name="Sha256">The SHA-256 of its bytes, in lower-case hex.</param>
/// <param name="Document">What it says, or null when nothing of it can be used.</param>
/// <param name="Text">Its text, which pages of operations need, because several of them make one API; null by default.</param>
public sealed record VendoredFile(string Path, string Sha256, SpecDocument? Document, string? Text = null);

/// <summary>Brings <c>specs.lock.json</c> up to date. It needs no compiler.</summary>
public static class LockUpdates
{
    /// <summary>
    /// The content that the lock should have. A file that did not change keeps its origin and date, one that did keeps its origin; a file that is gone is left
    /// out. A name that is there stays, even when nothing has it now: what comes back is called as before.
    /// </summary>
    /// <param name="current">The content that the lock has, or null when there is none.</param>
    /// <param name="files">All vendored files.</param>
    /// <param name="origin">Returns the origin of a new file, by its path.</param>
    /// <param name="date">The date of new and changed files, as <c>yyyy-MM-dd</c>.</param>
    public static SpecLock Of(SpecLock? current, IReadOnlyList<VendoredFile> files, Func<string, string> origin, string date)
    {
        var known = new Dictionary<string, LockedFile>(StringComparer.Ordinal);
        foreach (var file in current?.Files ?? default)
            known[file.Path] = file;
        current = Renewed(current, files);
        // Where a key comes twice, the writer takes the last one: what is locked already.
        var documents = Documents(current, files);
        var given = NameAssignments.Of(documents);
        var anew = NameAssignments.NamedAnew(documents);
        // The type of a use is not a name, and is what it is now; so is a class that gave its name to a declared provider's client.
        var names = given.Concat(current?.Names ?? default).Concat(given.Where(name => NameKeys.IsUse(name.Key) || anew.Contains(name.Key)));
        return (current ?? new(default, default)) with { Files = files.Select(Locked).ToEquatableArray(), Names = names.ToEquatableArray() };

        LockedFile Locked(VendoredFile file)
        {
            if (!known.TryGetValue(file.Path, out var old))
                return new(file.Path, origin(file.Path), date, file.Sha256);
            return old.Sha256 == file.Sha256 ? old : old with { Date = date, Sha256 = file.Sha256, ETag = null, LastModified = null };
        }
    }

    /// <summary>The lock with the keys that the documents have now: those of APIs were made of their titles alone once.</summary>
    /// <param name="current">The content that the lock has, or null when there is none.</param>
    /// <param name="files">All vendored files.</param>
    public static SpecLock? Renewed(SpecLock? current, IReadOnlyList<VendoredFile> files)
    {
        if (current is not null)
        {
            foreach (var keys in NameAssignments.FormerKeys(Documents(current, files)))
                current = Renamed(current, keys.Key, keys.Value);
        }
        return current;
    }

    /// <summary>
    /// The uses of shared types that have another type now, in a line each: the lock file keeps a name for those of one type that are left, and cannot for
    /// those that part from them.
    /// </summary>
    /// <param name="current">The content that the lock has.</param>
    /// <param name="files">All vendored files, as they are now.</param>
    public static IReadOnlyList<string> MovedUses(SpecLock current, IReadOnlyList<VendoredFile> files)
    {
        var before = ByKey(current.Names);
        if (!before.Keys.Any(NameKeys.IsUse))
            return [];
        var after = ByKey(NameAssignments.Of(Documents(current, files)));
        // An operation's own type of a usual name has no entry, and its members have.
        var own = new HashSet<string>(after.Keys.Select(NameKeys.TypeOf), StringComparer.Ordinal);
        var lines = new List<string>();
        foreach (var use in before.Where(name => NameKeys.IsUse(name.Key)).OrderBy(name => name.Key, StringComparer.Ordinal))
        {
            var owner = NameKeys.OwnerOf(use.Key);
            if (!before.TryGetValue(owner + NameKeys.Type(use.Value), out var was))
                continue;
            var isShared = after.TryGetValue(use.Key, out var type);
            var alone = owner + NameKeys.WithoutUse(use.Key.Substring(owner.Length));
            var now = isShared ? after[owner + NameKeys.Type(type!)] : after.TryGetValue(alone, out var name) ? name : null;
            if (now != was && (isShared || own.Contains(alone)))
                lines.Add($"{JsonPointer.Unescape(alone.Substring(owner.Length + 2))}: the type was {was} and is {now ?? "the operation's own"} now");
        }
        return lines;
    }

    private static Dictionary<string, string> ByKey(IEnumerable<LockedName> names)
    {
        var byKey = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in names)
            byKey[name.Key] = name.Name;
        return byKey;
    }

    /// <summary>The lock with what it holds for one endpoint or API under another key.</summary>
    /// <param name="current">The lock.</param>
    /// <param name="former">The key that it has.</param>
    /// <param name="key">The key that it is to have.</param>
    public static SpecLock Renamed(SpecLock current, string former, string key) => current with
    {
        Names = current.Names
            .Select(name => NameKeys.OwnerOf(name.Key) == former ? name with { Key = key + name.Key.Substring(former.Length) } : name)
            .ToEquatableArray(),
    };

    private static Dictionary<string, SpecDocument> Documents(SpecLock? current, IReadOnlyList<VendoredFile> files)
    {
        var documents = files.Where(file => file.Document is not null).ToDictionary(file => file.Path, file => file.Document!, StringComparer.Ordinal);
        var pages = files.Where(file => file is { Document.Kind: SpecKind.OperationPage, Text: not null })
            .Select(file => (new SpecFile(file.Path, null, null, false, file.Text!), file.Document!));
        foreach (var set in DocumentSet.OfPages(pages))
        {
            foreach (var file in set.Files)
                documents.Remove(file.Path);
            if (set.Read() is { } merged)
                documents.Add(set.Path, merged.Document);
        }
        if (current is not null)
            documents.Add("", new SpecDocument { Kind = SpecKind.Lock, Lock = current });
        return documents;
    }
}
