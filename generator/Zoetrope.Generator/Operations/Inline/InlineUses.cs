using Zoetrope.Generator.Naming;
using Zoetrope.Generator.Types;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Operations.Inline;

/// <summary>Counts the uses of the shapes of schemas without names, and decides which of them operations share.</summary>
internal sealed class InlineUses(InlineShapes shapes, LockedNames locked, Func<Schema, Schema> resolve)
{
    /// <summary>
    /// From here on a shape is one type whatever its uses are called. Smaller ones look alike by chance, and are one type only where they are called the
    /// same.
    /// </summary>
    private const int DistinctiveWeight = 6;

    private readonly Dictionary<Use, Occurrences> _uses = [];
    private readonly Dictionary<Use, Use> _settled = [];
    private readonly LockedShares _shares = new(locked);

    /// <summary>Counts a schema and what is in it. Operations come in the order of their keys, so that the order of the document says nothing.</summary>
    public void Add(Schema schema, InlineSlot slot, ObjectRole role) => Add(schema, slot, role, isCounted: true);

    /// <summary>Decides what is one type, after everything is counted.</summary>
    public void Settle()
    {
        var kept = new List<Use>();
        foreach (var rivals in _uses.Where(use => use.Key.Locked.Length > 0).GroupBy(use => use.Key.Locked, StringComparer.Ordinal).ToList())
        {
            // Uses that the lock file has as one type are several now: the one that is as it was keeps the name.
            var ordered = rivals.OrderBy(one => locked.DifferencesOf(one.Key.Locked, one.Value.Schema)).ThenByDescending(one => one.Value.All.Count)
                .ThenBy(one => Sorted(one.Value.All)[0].Key, StringComparer.Ordinal).Select(one => one.Key).ToList();
            kept.Add(ordered[0]);
            foreach (var other in ordered.Skip(1))
                _settled[other] = other with { Locked = "", Name = NameOf(other.Shape, _uses[other].All[0]) };
        }
        kept.Sort((one, other) => string.CompareOrdinal(one.Locked, other.Locked));
        foreach (var use in _uses.Keys.Except(kept).ToList())
        {
            var own = Settled(use);
            if (kept.FirstOrDefault(one => one.Role == own.Role
                && one.Shape == own.Shape
                && (own.Name.Length == 0 || _uses[one].All.Exists(slot => slot.Name == own.Name))) is { Locked: not null } same)
                _settled[use] = same;
        }
        foreach (var moved in _settled)
        {
            if (!_uses.TryGetValue(moved.Value, out var places))
                _uses.Add(moved.Value, places = new(_uses[moved.Key].Schema));
            places.All.AddRange(_uses[moved.Key].All);
            places.Counted.AddRange(_uses[moved.Key].Counted);
            _uses.Remove(moved.Key);
        }
    }

    /// <summary>
    /// Whether a schema is a type that can be shared: one of which the lock file knows a name in an operation, or in a shared type, stays where it is.
    /// </summary>
    public bool CanShare(Schema schema, InlineSlot slot) => InlineParts.IsType(schema, slot) && !locked.HasType(slot.Key) && !_shares.IsInside(slot);

    /// <summary>
    /// The types that are shared with their uses, in an order that is not the document's: those of the lock file, and those of several uses. A type that
    /// one operation gives in several forms is its own.
    /// </summary>
    public IEnumerable<Shared> All() => _uses
        .Where(use => use.Key.Locked.Length > 0 || use.Value.Counted.Exists(slot => slot.Key != use.Value.Counted[0].Key))
        .Select(use => new Shared(use.Key, Sorted(use.Value.Counted.Count > 0 ? use.Value.Counted : use.Value.All), Sorted(use.Value.All)))
        .OrderBy(shared => shared.Slots[0].Key, StringComparer.Ordinal);

    /// <summary>What a schema has in common with those that it is one type with: nothing else than a type of its own where it is alone.</summary>
    public Use UseOf(Schema schema, InlineSlot slot, ObjectRole role) => Settled(Counted(schema, slot, role));

    private void Add(Schema schema, InlineSlot slot, ObjectRole role, bool isCounted)
    {
        if (CanShare(schema, slot))
        {
            var use = Counted(schema, slot, role);
            var isKnown = _uses.TryGetValue(use, out var places);
            if (!isKnown)
                _uses.Add(use, places = new(schema));
            places!.All.Add(slot);
            if (isCounted)
                places.Counted.Add(slot);
            // What is in a type that is shared is there once.
            isCounted &= !isKnown;
        }
        InlineParts.Replace(schema, slot, resolve, (part, place) =>
        {
            Add(part, place, role, isCounted);
            return part;
        });
    }

    private Use Settled(Use use) => _settled.TryGetValue(use, out var settled) ? settled : use;

    private Use Counted(Schema schema, InlineSlot slot, ObjectRole role)
    {
        var shape = shapes.Of(schema);
        var key = _shares.KeyAt(slot) ?? "";
        // Enums are the same in requests and responses.
        return new(InlineParts.IsEnum(schema) ? ObjectRole.Output : role, shape, key.Length > 0 ? "" : NameOf(shape, slot), key);
    }

    private string NameOf(int shape, InlineSlot slot) => shapes.WeightOf(shape) < DistinctiveWeight ? slot.Name : "";

    private static List<InlineSlot> Sorted(IEnumerable<InlineSlot> slots) => [.. slots.OrderBy(slot => slot.Key, StringComparer.Ordinal)];

    /// <summary>What the uses of one type have in common.</summary>
    /// <param name="Role">Whether requests or responses have it.</param>
    /// <param name="Shape">The shape.</param>
    /// <param name="Name">What they are called; empty where that may differ.</param>
    /// <param name="Locked">The key that the lock file has for it; empty where it has none.</param>
    internal readonly record struct Use(ObjectRole Role, int Shape, string Name, string Locked);

    /// <summary>A type that is shared.</summary>
    /// <param name="Use">What its uses have in common.</param>
    /// <param name="Slots">The uses that count: what is in another shared type is there once.</param>
    /// <param name="All">All uses, under each of which the lock file finds the type again.</param>
    internal sealed record Shared(Use Use, List<InlineSlot> Slots, List<InlineSlot> All);

    private sealed class Occurrences(Schema schema)
    {
        public Schema Schema => schema;

        public List<InlineSlot> All { get; } = [];

        public List<InlineSlot> Counted { get; } = [];
    }
}
