using Zoetrope.Generator.Naming;
using Zoetrope.Generator.Text;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Operations.Naming;

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
    private const string Async = "Async";

    /// <summary>What the client has beside its operations, without <c>Async</c>.</summary>
    private static readonly HashSet<string> Reserved = new(StringComparer.OrdinalIgnoreCase) { "Call", "CallOptional", "CallOptionalValue", "CallText", "CallStream", "CallAny", "CallHead", "Dispose" };

    /// <summary>
    /// Locked names win, then the document's ids. Where several operations ask for one name, their tags tell them apart, else the words in which their paths differ, else method and path; a
    /// hash is the last resort. No name depends on the order of the others.
    /// </summary>
    public static IReadOnlyList<NamedOperation> Give(EquatableArray<OperationDescription> operations, LockedNames locked, Action<string, string> onBadLock)
    {
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var lockedNames = operations.Select(operation => Locked(operation, locked, taken, onBadLock)).ToList();
        var paths = new OperationPaths(operations);
        var whole = operations.Select((operation, i) => lockedNames[i] ?? OfId(operation)).ToList();
        var (byId, byPath) = (Places(whole), operations.Select(operation => Free(paths.NameOf(operation))).ToList());
        var wanted = whole.Select((name, i) => lockedNames[i] ?? (name.Length == 0 ? byPath[i] : WithoutAsync(name, byId))).ToList();
        var wants = Places(wanted);
        var told = new OperationClashes(operations, paths).Tell(wants.Where(group => group.Count() > 1));
        var (names, known) = (Places(wanted.Select((name, i) => lockedNames[i] is null && told.TryGetValue(i, out var own) ? Free(own.Name) : name).ToList()), Places(byPath));
        var named = new List<NamedOperation>();
        for (var i = 0; i < operations.Count; i++)
        {
            if (lockedNames[i] is not null || !told.TryGetValue(i, out var own))
            {
                named.Add(new(operations[i], wanted[i]));
                continue;
            }
            var name = Free(own.Name);
            var isTagged = own.ByTag;
            if (Other(names, name, i) >= 0 || (!string.Equals(name, wanted[i], StringComparison.OrdinalIgnoreCase) && Other(wants, name, i) >= 0))
            {
                (name, isTagged) = (byPath[i], false);
                if (Other(known, name, i) >= 0 || Other(wants, name, i) >= 0 || Other(names, name, i) >= 0)
                    name += "_" + StableHash.Hex(NameKeys.Operation(operations[i])).Substring(0, 6);
            }
            // What the document's own tags tell apart needs nobody's decision.
            named.Add(isTagged || name == wanted[i] ? new(operations[i], name) : new(operations[i], name, wanted[i], NameKeys.Operation(operations[Other(wants, wanted[i], i)])));
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

    /// <summary>The name that an id gives; empty where there is none.</summary>
    private static string OfId(OperationDescription operation) => operation.Id is { } id ? Free(Identifiers.Of(WithoutPath(id, operation), "")) : "";

    /// <summary>Every method has Async behind its name; an id's own goes, unless that is what tells it from another.</summary>
    private static string WithoutAsync(string name, ILookup<string, int> others)
    {
        var plain = name.Length > Async.Length && name.EndsWith(Async, StringComparison.Ordinal) ? Free(name.Substring(0, name.Length - Async.Length)) : name;
        return plain != name && others[plain].Any() ? name : plain;
    }

    private static string Free(string name) => Reserved.Contains(name) ? name + Suffix : name;

    /// <summary>Some frameworks put path and method behind the name of the function: <c>list_items_v1_items_get</c> of <c>GET /v1/items</c> is list_items.</summary>
    private static string WithoutPath(string id, OperationDescription operation)
    {
        var path = string.Concat(operation.Path.Select(unit => char.IsLetterOrDigit(unit) ? unit : '_')) + "_" + operation.Method;
        return id.Length > path.Length && id.EndsWith(path, StringComparison.OrdinalIgnoreCase) ? id.Substring(0, id.Length - path.Length) : id;
    }

    /// <summary>Where each name stands.</summary>
    private static ILookup<string, int> Places(List<string> names) =>
        names.Select((name, i) => (Name: name, Place: i)).ToLookup(one => one.Name, one => one.Place, StringComparer.OrdinalIgnoreCase);

    /// <summary>The first of the others that has a name; -1 when none has.</summary>
    private static int Other(ILookup<string, int> places, string name, int own) => places[name].Where(place => place != own).DefaultIfEmpty(-1).First();
}
