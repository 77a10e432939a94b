using Zoetrope.Generator.Text;

namespace Zoetrope.Generator.Naming;

/// <summary>
/// Gives out names that differ from each other, also where case is ignored, and from what is reserved. A locked name wins; a
/// taken one gets <c>_2</c>, <c>_3</c>, …
/// </summary>
internal sealed class NameScope(IEnumerable<string> reserved)
{
    // C# allows 511 characters, and metadata 1,023 bytes; other names are made of these.
    private const int Longest = 200;

    private readonly HashSet<string> _reserved = new(reserved, StringComparer.Ordinal);
    private readonly HashSet<string> _taken = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Keeps a name for itself; false when it is taken, reserved or no identifier.</summary>
    public bool TryReserve(string name) => Identifiers.IsValid(name) && !_reserved.Contains(name) && _taken.Add(name);

    /// <summary>Whether nothing has the name yet.</summary>
    public bool IsFree(string name) => !_reserved.Contains(name) && !_taken.Contains(name);

    /// <summary>
    /// Gives the name, or the nearest free one. Reserved names get <paramref name="suffix"/>; long ones are cut and distinguished by a hash.
    /// </summary>
    public string Reserve(string name, string suffix)
    {
        if (name.Length > Longest)
            name = name.Substring(0, Longest - 17) + "_" + StableHash.Hex(name);
        if (_reserved.Contains(name))
            name += suffix;
        if (TryReserve(name))
            return name;
        // Keywords are lower-case; a Pascal-case name can only be one in scripts without case, where none is.
        for (var number = 2; ; number++)
        {
            var numbered = name + "_" + DocumentText.Number(number);
            if (!_reserved.Contains(numbered) && _taken.Add(numbered))
                return numbered;
        }
    }
}
