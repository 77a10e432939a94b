using Zoetrope.Generator.Inputs;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Naming;

/// <summary>The names that the lock file holds for one endpoint or API.</summary>
internal sealed class LockedNames
{
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);
    private readonly HashSet<string> _types = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _members = new(StringComparer.Ordinal);

    public LockedNames(EquatableArray<LockedName> names)
    {
        foreach (var name in names)
        {
            _names[name.Key] = name.Name;
            if (name.Key.Length <= 2)
                continue;
            var end = name.Key.IndexOf('/', 2);
            var type = end > 0 ? name.Key.Substring(0, end) : name.Key;
            _types.Add(type);
            if (end > 0)
                _members[type] = MembersOf(type) + 1;
            HasUses |= name.Key.StartsWith("#/" + NameKeys.Use, StringComparison.Ordinal);
            HasShared |= name.Key.StartsWith("#/" + NameKeys.Shared, StringComparison.Ordinal);
        }
    }

    /// <summary>Whether it has types that operations share although the document does not name them.</summary>
    public bool HasShared { get; }

    /// <summary>Whether it has the uses of such types.</summary>
    public bool HasUses { get; }

    /// <summary>How many members or values a schema has that a type in the lock file has not, or the other way round.</summary>
    public int DifferencesOf(string type, Schema schema)
    {
        var members = schema.Properties
            .Select(property => property.Name)
            .Concat(schema.Enum.Select(value => value.Kind == JsonKind.String ? value.Text : null).OfType<string>())
            .Distinct(StringComparer.Ordinal)
            .ToList();
        var known = members.Count(member => _names.ContainsKey(NameKeys.Member(type, member)));
        return members.Count + MembersOf(NameKeys.Type(type)) - (2 * known);
    }

    /// <summary>Whether a name is locked for a type, or for what is in it.</summary>
    public bool HasType(string type) => _types.Contains(NameKeys.Type(type));

    /// <summary>The name locked for what follows the owner's key, or null.</summary>
    public string? Find(string key) => _names.TryGetValue(key, out var name) ? name : null;

    private int MembersOf(string type) => _members.TryGetValue(type, out var count) ? count : 0;

    /// <summary>The names of all lock files by what they are names of.</summary>
    public static Owners ByOwner(IEnumerable<ParsedSpec> files) => new(files);

    /// <summary>The names of all lock files.</summary>
    internal sealed class Owners
    {
        private readonly Dictionary<string, List<LockedName>> _names = new(StringComparer.Ordinal);

        public Owners(IEnumerable<ParsedSpec> files)
        {
            foreach (var file in files.Where(file => file.Document.Lock is not null).OrderBy(file => file.SortKey, StringComparer.Ordinal))
            {
                Path ??= file.Path;
                foreach (var name in file.Document.Lock!.Names)
                    Add(name);
            }
        }

        /// <summary>The path of the first lock file, or null.</summary>
        public string? Path { get; }

        /// <summary>The names of an owner, by what follows its key.</summary>
        public EquatableArray<LockedName> Of(string owner) => _names.TryGetValue(owner, out var names) ? names.ToEquatableArray() : default;

        private void Add(LockedName name)
        {
            var owner = NameKeys.OwnerOf(name.Key);
            if (!_names.TryGetValue(owner, out var list))
                _names.Add(owner, list = []);
            list.Add(new(name.Key.Substring(owner.Length), name.Name));
        }
    }
}
