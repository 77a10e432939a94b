using Zoetrope.Generator.Naming;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Types;

/// <summary>Names the objects of one class when they are first met, and keeps them until they are bound, in that order.</summary>
internal sealed class ObjectNamer(BinderContext context)
{
    private const int MaxNested = 200;

    private readonly Dictionary<string, string> _named = new(StringComparer.Ordinal);
    private readonly Queue<PendingObject> _pending = new();

    /// <summary>Adds an object whose name is settled.</summary>
    public void Add(PendingObject pending) => _pending.Enqueue(pending);

    /// <summary>The next object to bind; null where none is left.</summary>
    public PendingObject? Next() => _pending.Count > 0 ? _pending.Dequeue() : null;

    /// <summary>The name of an object that has one in the document.</summary>
    public string NameOf(string schemaName, Schema schema, TypeContext slot)
    {
        if (_named.TryGetValue(schemaName, out var known))
            return known;
        var name = context.Names.Take(schemaName, context.Scope.NameOf(schemaName));
        _named.Add(schemaName, name);
        var role = context.Scope.InputSchemas.Contains(schemaName) ? ObjectRole.Input : slot.Owner.Role;
        var isResultToo = role == ObjectRole.Input && context.Scope.OutputSchemas.Contains(schemaName);
        _pending.Enqueue(new(name, schemaName, role, schema, IsRoot: false) { IsResultToo = isResultToo });
        return name;
    }

    /// <summary>The name of an object that has none in the document; null when there are too many of them.</summary>
    public string? NameOfInline(Schema schema, TypeContext slot, bool isItem)
    {
        // One that leads back to itself, through unions, lists and maps that have no name here either, is one type.
        for (var around = slot.Owner; around is not null; around = around.Parent)
        {
            if (around.Parent is not null && around.Schema.Pointer == schema.Pointer && around.Schema == schema)
                return around.Name;
        }
        if (slot.Owner.Parent is not null && ++slot.Owner.Nested.Count > MaxNested)
            return null;
        var key = slot.Key;
        var wanted = TypeNames.OfSlot(slot, isItem);
        // Where two of an operation's objects hold objects of one name, the later one says which it is in.
        if (context.Scope.Kind == ScopeKind.Operation && slot.Owner.IsRoot && !context.Names.IsFree(wanted))
            wanted = slot.Owner.Name + wanted;
        var name = context.Names.Take(key, wanted);
        var isRoot = context.Scope.Kind == ScopeKind.Operation && slot is { Owner.Key.Length: 0, KeySuffix.Length: 0 };
        _pending.Enqueue(new(name, key, slot.Owner.Role, schema, isRoot, Parent: slot.Owner)
        {
            Nested = slot.Owner.Nested,
            IsResultToo = slot.Owner.IsResultToo,
        });
        return name;
    }
}
