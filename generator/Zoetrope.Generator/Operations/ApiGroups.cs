using System.Collections.Immutable;
using Zoetrope.Generator.Inputs;
using Zoetrope.Generator.Naming;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Operations;

/// <summary>Gives each API its class name.</summary>
internal static class ApiGroups
{
    /// <summary>What a namespace of endpoints has besides them.</summary>
    private static readonly string[] _indexes = ["ModelIndex", "NeutralIndex"];

    /// <summary>The APIs, in the order of their paths.</summary>
    /// <param name="files">The documents.</param>
    /// <param name="taken">The classes of endpoints.</param>
    /// <param name="defaultNamespace">The namespace of documents whose item states none.</param>
    /// <param name="cancellationToken">Stops.</param>
    public static ImmutableArray<ApiDocument> Group(
        ImmutableArray<ParsedSpec> files, IEnumerable<IndexEntry> taken, string defaultNamespace, CancellationToken cancellationToken)
    {
        var own = files.Where(file => file.Document.Api is not null).OrderBy(file => file.SortKey, StringComparer.Ordinal).ToList();
        if (own.Count == 0)
            return ImmutableArray<ApiDocument>.Empty;
        var locks = LockedNames.ByOwner(files);
        var keys = own.ToLookup(file => ApiIdentity.KeyOf(file.Document.Api!), StringComparer.Ordinal);
        var formerKeys = own.ToLookup(file => ApiIdentity.FormerKeyOf(file.Document.Api!), StringComparer.Ordinal);
        var classes = new HashSet<string>(taken.Select(entry => entry.Namespace + "." + entry.Name), StringComparer.OrdinalIgnoreCase);
        // Clients of jobs have the names of their providers, whether their declarations are right or not.
        var declared = new HashSet<string>(
            files.Where(file => file.Document.Declaration?.Name is not null)
                .Select(file => $"{file.Namespace ?? defaultNamespace}.{file.Document.Declaration!.Name}Client"),
            StringComparer.OrdinalIgnoreCase);
        classes.UnionWith(declared);
        var wanted = own.ConvertAll(file => Want(file, keys, formerKeys, locks, defaultNamespace, classes.Contains, declared.Contains));
        var askers = new NameConflicts(wanted.Select(one => NamesOf(one.Class, one.Class.Name)));
        var inFull = new NameConflicts(wanted.Select(one => one.IsFixed ? [] : NamesOf(one.Class, ApiNames.InFull(one.Api))));
        foreach (var one in wanted)
            classes.UnionWith(_indexes.Select(name => one.Class.Namespace + "." + name));
        var settled = ImmutableArray.CreateBuilder<ApiDocument>();
        for (var i = 0; i < wanted.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var document = wanted[i];
            var rival = NamesOf(document.Class, document.Class.Name).SelectMany(name => askers.RivalsOf(i, name)).Select(place => wanted[place])
                .FirstOrDefault(other => other.IsFixed || !document.IsFixed);
            var isAlone = NamesOf(document.Class, ApiNames.InFull(document.Api))
                .All(name => !inFull.HasRival(i, name) && !askers.IsAsked(name) && !classes.Contains(name));
            var named = rival?.Api.Title
                ?? (NamesOf(document.Class, document.Class.Name).Any(declared.Contains) ? $"the declared client {document.Class.Client}" : "an endpoint");
            settled.Add(Settle(document, rival, named, isAlone, classes.Contains, askers.IsAsked));
        }
        return settled.ToImmutable();
    }

    /// <summary>The APIs by the paths of their documents.</summary>
    public static IReadOnlyDictionary<string, ApiDocument> ByDocument(
        ImmutableArray<ParsedSpec> files, IEnumerable<IndexEntry> taken, string defaultNamespace, CancellationToken cancellationToken)
    {
        var apis = new Dictionary<string, ApiDocument>(StringComparer.Ordinal);
        foreach (var api in Group(files, taken, defaultNamespace, cancellationToken))
            apis[api.Path] = api;
        return apis;
    }

    private static ApiDocument Want(
        ParsedSpec file, ILookup<string, ParsedSpec> keys, ILookup<string, ParsedSpec> formerKeys, LockedNames.Owners locks, string defaultNamespace,
        Func<string, bool> isTaken, Func<string, bool> isDeclared)
    {
        var api = file.Document.Api!;
        var (key, former) = (Key(ApiIdentity.KeyOf(api), keys), Key(ApiIdentity.FormerKeyOf(api), formerKeys));
        var isFormer = key != former && locks.Of(key).Count == 0 && locks.Of(former).Count > 0;
        var names = locks.Of(isFormer ? former : key);
        var locked = names.Where(name => name.Key.Length == 0).Select(name => name.Name).LastOrDefault();
        var isLocked = locked is not null && Identifiers.IsTypeName(locked);
        var space = file.Namespace ?? defaultNamespace;
        var name = file.Name ?? (isLocked ? locked! : ApiNames.Of(api));
        // The client of jobs has the provider's name, also where that of the API was locked before there was a declaration.
        var client = space + "." + new ApiClass(space, name).Client;
        var gaveWay = file.Name is null && (isLocked ? isDeclared(client) : isTaken(client));
        if (gaveWay)
            name += "Api";
        return new ApiDocument(
            file.Path, new ApiClass(space, name), file.IsReference, key, api, names, names.Count > 0 ? locks.Path : null,
            RefusedName: isLocked ? null : locked, IsFixed: file.Name is not null || (isLocked && !gaveWay), FormerKey: isFormer ? former : null,
            IsNamedAnew: isLocked && gaveWay);

        // Documents of one API are distinguished by what else is theirs; folders differ between machines.
        string Key(string plain, ILookup<string, ParsedSpec> all) => all[plain].Skip(1).Any() ? plain + "-" + Hash(file) : plain;
    }

    /// <summary>
    /// A name that the project or the lock file gives stays. Of others that ask for one name each says more of itself, and has a hash where that is not enough,
    /// so that none depends on the order.
    /// </summary>
    private static ApiDocument Settle(
        ApiDocument document, ApiDocument? rival, string other, bool isAloneInFull, Func<string, bool> isTaken, Func<string, bool> isAsked)
    {
        var name = document.Class.Name;
        if (rival is null && !NamesOf(document.Class, name).Any(isTaken))
            return document;
        var given = rival is null ? name + "Api" : ApiNames.InFull(document.Api);
        var isDistinct = rival is null
            ? !NamesOf(document.Class, given).Any(one => isTaken(one) || isAsked(one))
            : !document.IsFixed && given != name && isAloneInFull;
        if (!isDistinct)
            given = NameConflicts.WithHash(name, Identity(document.Path, document.Api));
        return document with { Class = document.Class with { Name = given }, Wanted = name, Rival = other };
    }

    /// <summary>The names that an API with a class of this name takes: the class and its client.</summary>
    private static string[] NamesOf(ApiClass one, string name)
    {
        var asked = one with { Name = name };
        return [asked.Namespace + "." + asked.Name, asked.Namespace + "." + asked.Client];
    }

    private static string Hash(ParsedSpec file) => NameConflicts.HashOf(Identity(file.Path, file.Document.Api!));

    private static string Identity(string path, ApiDescription api)
    {
        var server = api.Servers.Count > 0 ? api.Servers[0] : null;
        return $"{api.Title}\n{server}\n{ParsedSpec.NameOf(path)}";
    }
}
