using Zoetrope.Generator.Text;

namespace Zoetrope.Generator.Naming;

/// <summary>
/// Who asks for which names. No two may have the same one, not even in another case: files of generated code, and so types, would be the same on some
/// machines. How rivals are distinguished is decided where they are known; here is only who they are, so that no name depends on the order of the others.
/// </summary>
internal sealed class NameConflicts
{
    private readonly ILookup<string, int> _askers;

    /// <summary>The askers by their index, each with the one name that it asks for.</summary>
    public NameConflicts(IEnumerable<string> names)
        : this(names.Select(static name => new[] { name }))
    {
    }

    /// <summary>The askers by their index, each with all the names that it asks for.</summary>
    public NameConflicts(IEnumerable<IEnumerable<string>> names) => _askers = names
        .SelectMany(static (own, location) => own.Select(name => (Name: name, Location: location)))
        .ToLookup(static one => one.Name, static one => one.Location, StringComparer.OrdinalIgnoreCase);

    /// <summary>The names that several ask for, each with the indexes of those.</summary>
    public IEnumerable<IGrouping<string, int>> Contested => _askers.Where(static askers => askers.Skip(1).Any());

    /// <summary>Whether anybody asks for a name.</summary>
    public bool IsAsked(string name) => _askers.Contains(name);

    /// <summary>The indexes of all others that ask for a name.</summary>
    /// <param name="location">The index of the one that has others.</param>
    /// <param name="name">The name.</param>
    public IEnumerable<int> RivalsOf(int location, string name) => _askers[name].Where(other => other != location);

    /// <summary>Whether any other asks for a name.</summary>
    public bool HasRival(int location, string name) => RivalsOf(location, name).Any();

    /// <summary>A name that nothing else asks for: the last resort where names cannot be distinguished by words.</summary>
    /// <param name="name">The name.</param>
    /// <param name="identity">What distinguishes its owner from all others, on every machine.</param>
    public static string WithHash(string name, string identity) => name + "_" + HashOf(identity);

    /// <summary>The few digits that represent an identity in names and keys.</summary>
    public static string HashOf(string identity) => StableHash.Hex(identity).Substring(0, 6);
}
