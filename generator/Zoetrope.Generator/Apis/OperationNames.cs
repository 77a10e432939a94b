using Zoetrope.Specs;

namespace Zoetrope.Generator;

/// <summary>An operation with its name.</summary>
/// <param name="Operation">What the document says.</param>
/// <param name="Name">The name of its method, without <c>Async</c>.</param>
/// <param name="Wanted">The name that it asks for and cannot have, or null.</param>
/// <param name="Rival">The operation that asks for the same one.</param>
internal sealed record NamedOperation(OperationDescription Operation, string Name, string? Wanted = null, string? Rival = null);

/// <summary>The names of the operations of one API.</summary>
internal static class OperationNames
{
    private const string Suffix = "Operation";

    /// <summary>What the client has beside its operations, without <c>Async</c>.</summary>
    private static readonly HashSet<string> Reserved = new(StringComparer.OrdinalIgnoreCase) { "Call", "CallMaybe", "CallMaybeValue", "CallText", "CallStream", "CallAny", "CallHead", "Dispose" };

    /// <summary>
    /// Locked names win, then the document's ids. Where several operations ask for one name, each is called after its method and path instead, so that no name depends on the order
    /// of the others; a hash is the last resort.
    /// </summary>
    public static IReadOnlyList<NamedOperation> Give(EquatableArray<OperationDescription> operations, LockedNames locked, Action<string, string> onBadLock)
    {
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var lockedNames = operations.Select(operation => Locked(operation, locked, taken, onBadLock)).ToList();
        var wanted = operations.Select((operation, i) => lockedNames[i] ?? OfId(operation)).ToList();
        var byPath = operations.Select(OfPath).ToList();
        var (wants, paths) = (Places(wanted), Places(byPath));
        var named = new List<NamedOperation>();
        for (var i = 0; i < operations.Count; i++)
        {
            var rival = lockedNames[i] is null ? Other(wants, wanted[i], i) : -1;
            if (rival < 0)
            {
                named.Add(new(operations[i], wanted[i]));
                continue;
            }
            var name = byPath[i];
            if (Other(paths, name, i) >= 0 || Other(wants, name, i) >= 0)
                name += "_" + StableHash.Hex(NameKeys.Operation(operations[i])).Substring(0, 6);
            named.Add(new(operations[i], name, wanted[i], NameKeys.Operation(operations[rival])));
        }
        return named;
    }

    private static string? Locked(OperationDescription operation, LockedNames locked, HashSet<string> taken, Action<string, string> onBadLock)
    {
        var key = NameKeys.Type(NameKeys.Operation(operation));
        if (locked.Find(key) is not { } name)
            return null;
        if (Identifiers.IsTypeName(name) && !Reserved.Contains(name) && taken.Add(name))
            return name;
        onBadLock(key, name);
        return null;
    }

    private static string OfId(OperationDescription operation)
    {
        var name = operation.Id is { } id ? Identifiers.Of(WithoutPath(id, operation), "") : "";
        if (name.Length > 5 && name.EndsWith("Async", StringComparison.Ordinal))
            name = name.Substring(0, name.Length - 5);
        if (name.Length == 0)
            return OfPath(operation);
        return Reserved.Contains(name) ? name + Suffix : name;
    }

    /// <summary>Some frameworks put path and method behind the name of the function: <c>list_items_v1_items_get</c> of <c>GET /v1/items</c> is list_items.</summary>
    private static string WithoutPath(string id, OperationDescription operation)
    {
        var path = string.Concat(operation.Path.Select(unit => char.IsLetterOrDigit(unit) ? unit : '_')) + "_" + operation.Method;
        return id.Length > path.Length && id.EndsWith(path, StringComparison.OrdinalIgnoreCase) ? id.Substring(0, id.Length - path.Length) : id;
    }

    /// <summary>Method and path in words: <c>GET /assets/{asset_id}</c> is GetAssetsByAssetId.</summary>
    private static string OfPath(OperationDescription operation)
    {
        var path = string.Join(" ", operation.Path.Split('/').Select(segment => segment.IndexOf('{') >= 0 ? "by " + segment : segment));
        var name = Identifiers.Pascal(Identifiers.Words(operation.Method.ToLowerInvariant() + " " + path));
        return Reserved.Contains(name) ? name + Suffix : name;
    }

    /// <summary>Where each name stands.</summary>
    private static ILookup<string, int> Places(List<string> names) =>
        names.Select((name, i) => (Name: name, Place: i)).ToLookup(one => one.Name, one => one.Place, StringComparer.OrdinalIgnoreCase);

    /// <summary>The first of the others that has a name; -1 when none has.</summary>
    private static int Other(ILookup<string, int> places, string name, int own) => places[name].Where(place => place != own).DefaultIfEmpty(-1).First();
}
