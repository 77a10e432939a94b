using Zoetrope.Specs;

namespace Zoetrope.Generator;

/// <summary>Counts where the shapes of schemas without names stand, and decides which of them operations share.</summary>
internal sealed class InlineUses(InlineShapes shapes, LockedNames locked, Func<Schema, Schema> resolve)
{
    /// <summary>From here on a shape is one type whatever its places are called. Smaller ones look alike by chance, and are one type only where they are called the same.</summary>
    private const int Telling = 6;

    private readonly Dictionary<Use, List<InlineSlot>> _uses = [];
    private readonly HashSet<Use> _entered = [];

    /// <summary>Counts a schema and what stands in it.</summary>
    public void Add(Schema schema, InlineSlot slot, ObjectRole role)
    {
        if (CanShare(schema, slot))
        {
            var use = UseOf(schema, slot, role);
            if (!_uses.TryGetValue(use, out var slots))
                _uses.Add(use, slots = []);
            slots.Add(slot);
            // What stands in a type that is shared stands there once.
            if (!_entered.Add(use))
                return;
        }
        InlineParts.Replace(schema, slot, resolve, (part, place) =>
        {
            Add(part, place, role);
            return part;
        });
    }

    /// <summary>Whether a schema is a type that can be shared: an operation's own type of which the lock file knows a name stays where it is.</summary>
    public bool CanShare(Schema schema, InlineSlot slot) => InlineParts.IsType(schema, slot) && !locked.HasType(slot.Key);

    /// <summary>The places of each type that is shared, in an order that is not the document's. A type that one operation gives in several forms is its own.</summary>
    public IEnumerable<KeyValuePair<Use, List<InlineSlot>>> Shared() => _uses
        .Where(use => use.Value.Exists(slot => slot.Key != use.Value[0].Key))
        .Select(use => new KeyValuePair<Use, List<InlineSlot>>(use.Key, [.. use.Value.OrderBy(slot => slot.Key, StringComparer.Ordinal)]));

    /// <summary>What a schema has in common with those that it is one type with: nothing else than a type of its own where it is alone.</summary>
    public Use UseOf(Schema schema, InlineSlot slot, ObjectRole role)
    {
        var shape = shapes.Of(schema);
        // Enums are the same in requests and responses.
        return new(InlineParts.IsEnum(schema) ? ObjectRole.Output : role, shape, shapes.WeightOf(shape) < Telling ? slot.Name : "");
    }

    /// <summary>What the places of one type have in common.</summary>
    /// <param name="Role">Whether requests or responses have it.</param>
    /// <param name="Shape">The shape.</param>
    /// <param name="Name">What they are called; empty where that may differ.</param>
    internal readonly record struct Use(ObjectRole Role, int Shape, string Name);
}
