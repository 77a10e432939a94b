namespace Zoetrope.Specs.OpenApi;

/// <summary>
/// The schemas that are being read at this moment. A circle of schemas that are made of each other describes nothing, but one that passes a member, an item
/// or what a map holds is a recursive type; so each schema is known with the number of values around it.
/// </summary>
internal sealed class OpenSchemas
{
    private readonly List<string> _named = [];
    private readonly List<(string Pointer, int Values)> _parts = [];
    private int _values;

    /// <summary>Begins what a member, an item or a value of a map is.</summary>
    public void Enter() => _values++;

    /// <summary>Ends it.</summary>
    public void Leave() => _values--;

    /// <summary>Begins a schema that is read for itself.</summary>
    public void BeginNamed(string pointer) => _named.Add(pointer);

    /// <summary>Ends it.</summary>
    public void EndNamed() => _named.RemoveAt(_named.Count - 1);

    /// <summary>Begins a schema that another one is made of.</summary>
    public void BeginPart(string pointer) => _parts.Add((pointer, _values));

    /// <summary>Ends it.</summary>
    public void EndPart() => _parts.RemoveAt(_parts.Count - 1);

    /// <summary>Whether a schema is being read.</summary>
    public bool Contains(string pointer) => _named.Contains(pointer) || _parts.Exists(part => part.Pointer == pointer);

    /// <summary>Whether a schema is a part of itself.</summary>
    public bool IsCircle(string pointer) => _parts.Exists(part => part.Pointer == pointer && part.Values == _values);

    /// <summary>
    /// Whether a value begins here that a schema around it is a part of. That schema keeps its name then. Inside of another part it is read again instead,
    /// because that part is nothing without it; the circle ends at the next value.
    /// </summary>
    public bool IsAround(string pointer) =>
        _values > 0 && Contains(pointer) && (_parts.Count == 0 || _parts[_parts.Count - 1].Values < _values);
}
