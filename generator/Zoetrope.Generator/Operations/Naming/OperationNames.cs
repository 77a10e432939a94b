using Zoetrope.Generator.Naming;
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
    private static readonly HashSet<string> Reserved = new(StringComparer.OrdinalIgnoreCase)
    {
        "Call", "CallOptional", "CallOptionalValue", "CallText", "CallStream", "CallAny", "CallHead", "CallPages", "Dispose",
    };

    /// <summary>
    /// Locked names win, then the document's ids. Where several operations ask for one name, their tags distinguish them, else the words in which their paths
    /// differ, else method and path; a hash is the last resort. No name depends on the order of the others.
    /// </summary>
    public static IReadOnlyList<NamedOperation> Give(EquatableArray<OperationDescription> operations, LockedNames locked, Action<string, string> onBadLock)
    {
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var lockedNames = operations.Select(operation => Locked(operation, locked, taken, onBadLock)).ToList();
        var paths = new OperationPaths(operations);
        var whole = operations.Select((operation, i) => lockedNames[i] ?? OfId(operation)).ToList();
        var byId = new NameConflicts(whole);
        var byPath = operations.Select(operation => Free(paths.NameOf(operation))).ToList();
        var wanted = whole.Select((name, i) => lockedNames[i] ?? (name.Length == 0 ? byPath[i] : WithoutAsync(name, byId))).ToList();
        var wants = new NameConflicts(wanted);
        var distinguished = new OperationClashes(operations, paths).Distinguish(wants.Contested);
        var names = new NameConflicts(wanted.Select((name, i) => lockedNames[i] is null && distinguished.TryGetValue(i, out var own) ? Free(own.Name) : name));
        var known = new NameConflicts(byPath);
        var named = new List<NamedOperation>();
        for (var i = 0; i < operations.Count; i++)
        {
            if (lockedNames[i] is not null || !distinguished.TryGetValue(i, out var own))
            {
                named.Add(new(operations[i], wanted[i]));
                continue;
            }
            var name = Free(own.Name);
            var isTagged = own.ByTag;
            var isOther = !string.Equals(name, wanted[i], StringComparison.OrdinalIgnoreCase);
            if (names.HasRival(i, name) || (isOther && wants.HasRival(i, name)))
            {
                (name, isTagged) = (byPath[i], false);
                if (known.HasRival(i, name) || wants.HasRival(i, name) || names.HasRival(i, name))
                    name = NameConflicts.WithHash(name, NameKeys.Operation(operations[i]));
            }
            // Names that the document's own tags distinguish need no decision by the user.
            named.Add(isTagged || name == wanted[i]
                ? new(operations[i], name)
                : new(operations[i], name, wanted[i], NameKeys.Operation(operations[wants.RivalsOf(i, wanted[i]).First()])));
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

    /// <summary>Every method is suffixed with Async; an id's own goes, unless it distinguishes one from another.</summary>
    private static string WithoutAsync(string name, NameConflicts others)
    {
        var plain = name.Length > Async.Length && name.EndsWith(Async, StringComparison.Ordinal) ? Free(name.Substring(0, name.Length - Async.Length)) : name;
        return plain != name && others.IsAsked(plain) ? name : plain;
    }

    private static string Free(string name) => Reserved.Contains(name) ? name + Suffix : name;

    /// <summary>
    /// Some frameworks suffix the name of the function with path and method: <c>list_items_v1_items_get</c> of <c>GET /v1/items</c> is list_items.
    /// </summary>
    private static string WithoutPath(string id, OperationDescription operation)
    {
        var path = string.Concat(operation.Path.Select(unit => char.IsLetterOrDigit(unit) ? unit : '_')) + "_" + operation.Method;
        return id.Length > path.Length && id.EndsWith(path, StringComparison.OrdinalIgnoreCase) ? id.Substring(0, id.Length - path.Length) : id;
    }
}
