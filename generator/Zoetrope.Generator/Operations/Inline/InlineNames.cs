using Zoetrope.Generator.Naming;
using Zoetrope.Generator.Text;
using Zoetrope.Generator.Types;

namespace Zoetrope.Generator.Operations.Inline;

/// <summary>A type that operations share although the document does not name it.</summary>
/// <param name="Key">Its key in the lock file; it has no other name in the API.</param>
/// <param name="Name">The name that it asks for.</param>
/// <param name="Label">What messages call it.</param>
internal sealed record InlineType(string Key, string Name, string Label);

/// <summary>
/// Names the types that operations share although the document does not: after their property; where several would be called so, after what that is in too,
/// each of them, so that none depends on the order of the others.
/// </summary>
internal sealed class InlineNames
{
    private const string InputSuffix = "Input";

    private readonly List<Candidate> _candidates = [];
    private readonly HashSet<string> _reserved;

    private InlineNames(IEnumerable<string> reserved) => _reserved = new(reserved.Append(OperationTypes.Error), StringComparer.OrdinalIgnoreCase);

    /// <summary>The types, by what the uses of each have in common.</summary>
    /// <param name="uses">The uses of each type.</param>
    /// <param name="locked">The names that the lock file holds.</param>
    /// <param name="reserved">The names of schemas and operations.</param>
    public static IReadOnlyDictionary<InlineUses.Use, InlineType> Give(IReadOnlyList<InlineUses.Shared> uses, LockedNames locked, IEnumerable<string> reserved)
    {
        var given = new Dictionary<InlineUses.Use, InlineType>();
        // The key and the name that the lock file has stay, and others give way.
        foreach (var shared in uses)
        {
            if (shared.Use.Locked.Length > 0 && locked.Find(NameKeys.Type(shared.Use.Locked)) is { } name && Identifiers.IsTypeName(name))
                given.Add(shared.Use, new(shared.Use.Locked, name, shared.Slots[0].Label));
        }
        var names = new InlineNames(reserved.Concat(given.Values.Select(type => type.Name)));
        var keys = new HashSet<string>(StringComparer.Ordinal);
        foreach (var shared in uses.Where(shared => !given.ContainsKey(shared.Use)))
        {
            var key = shared.Use.Locked.Length > 0 ? shared.Use.Locked : KeyOf(shared.Slots, key => !locked.HasType(key) && keys.Add(key));
            names._candidates.Add(new(shared.Use, key, shared.Slots));
        }
        names.Settle();
        foreach (var one in names._candidates)
            given.Add(one.Use, new(one.Key, one.Name, one.Label));
        return given;
    }

    /// <summary>The key of the first location; another type may have had it in the lock file.</summary>
    private static string KeyOf(List<InlineSlot> slots, Func<string, bool> isFree)
    {
        var own = NameKeys.Shared + slots[0].Key;
        var key = own;
        for (var number = 2; !isFree(key); number++)
            key = own + " " + DocumentText.Number(number);
        return key;
    }

    private void Settle()
    {
        var longest = _candidates.Count == 0 ? 0 : _candidates.Max(one => one.Depth);
        for (var round = 0; round <= longest + 1; round++)
        {
            var clashes = Clashes();
            if (clashes.Count == 0)
                return;
            foreach (var clash in clashes)
            {
                // Requests and responses are often alike, and their role distinguishes them.
                var inputs = clash.Where(one => one.Use.Role == ObjectRole.Input && !one.IsInput).ToList();
                if (inputs.Count > 0 && inputs.Count < clash.Count)
                    inputs.ForEach(one => one.IsInput = true);
                else
                    clash.ForEach(one => one.Level++);
            }
        }
        foreach (var one in Clashes().SelectMany(clash => clash))
            one.Hash = "_" + StableHash.Hex(one.Key).Substring(0, 6);
    }

    private List<List<Candidate>> Clashes() => _candidates.GroupBy(one => one.Name, StringComparer.OrdinalIgnoreCase)
        .Where(group => group.Skip(1).Any() || _reserved.Contains(group.Key)).Select(group => group.ToList()).ToList();

    /// <summary>A type that is being named.</summary>
    private sealed class Candidate
    {
        private readonly List<string> _words;

        public Candidate(InlineUses.Use use, string key, List<InlineSlot> slots)
        {
            (Use, Key) = (use, key);
            // What comes when all goes well names a type that errors have too.
            slots = slots.Exists(slot => !slot.IsOfError) ? slots.FindAll(slot => !slot.IsOfError) : slots;
            // What most of its uses are called; what an operation takes or gives as a whole is called after what the operations are about.
            var named = slots.FindAll(slot => !slot.IsWhole);
            var common = named.Count == 0 ? InlineNouns.Of(slots) : null;
            var slot = (named.Count > 0 ? named : slots).GroupBy(one => one.Name, StringComparer.Ordinal)
                .OrderByDescending(group => group.Count()).ThenBy(group => group.Key.Length).ThenBy(group => group.Key, StringComparer.Ordinal).First().First();
            _words = [common ?? slot.Name, .. slot.Leading()];
            Label = slot.Label;
        }

        public InlineUses.Use Use { get; }

        public string Key { get; }

        public string Label { get; }

        public int Depth => _words.Count;

        /// <summary>How many of the objects around are said.</summary>
        public int Level { get; set; }

        public bool IsInput { get; set; }

        public string Hash { get; set; } = "";

        public string Name =>
            _words.Take(Level + 1).Aggregate((name, around) => name.StartsWith(around, StringComparison.OrdinalIgnoreCase) ? name : around + name)
            + (IsInput ? InputSuffix : "") + Hash;
    }
}
