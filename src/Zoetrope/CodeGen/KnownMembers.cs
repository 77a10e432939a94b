using System.ComponentModel;
using System.Text.Json;

namespace Zoetrope.CodeGen;

/// <summary>
/// The members of a JSON object, by their place among the names that a generated reader knows. Members mostly come in the order of the specification, so the
/// next name is tried first; a search of the one text finds the others.
/// </summary>
/// <param name="names">The names in UTF-8, separated by line feeds; none contains one.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref struct KnownMembers(ReadOnlySpan<byte> names)
{
    private const byte Separator = (byte)'\n';

    private readonly ReadOnlySpan<byte> _names = names;

    // Where the name after the last one found begins, and its place.
    private int _next;
    private int _nextIndex;

    /// <summary>The place of the member's name among the names; -1 where it is not one of them.</summary>
    public int Index { get; private set; }

    /// <summary>Advances to the next member of an object (see <see cref="JsonRead.NextProperty"/>).</summary>
    /// <returns>False at the end of the object.</returns>
    public bool Next(ref Utf8JsonReader reader, out ReadOnlySpan<byte> name)
    {
        Index = -1;
        if (!JsonRead.NextMember(ref reader, out name, out var isEscaped))
            return false;
        // In JSON, a line feed is an escape.
        if (!isEscaped || !name.Contains(Separator))
            Find(name);
        return true;
    }

    private void Find(scoped ReadOnlySpan<byte> name)
    {
        if (IsAt(_next, name))
        {
            Found(_next, _nextIndex, name.Length);
            return;
        }
        for (var start = 0; start <= _names.Length - name.Length; start++)
        {
            var found = _names[start..].IndexOf(name);
            if (found < 0)
                return;
            start += found;
            if (!IsAt(start, name))
                continue;
            Found(start, _names[..start].Count(Separator), name.Length);
            return;
        }
    }

    private readonly bool IsAt(int start, scoped ReadOnlySpan<byte> name)
    {
        var end = start + name.Length;
        return (start == 0 || _names[start - 1] == Separator) && _names[start..].StartsWith(name) && (end == _names.Length || _names[end] == Separator);
    }

    private void Found(int start, int index, int length)
    {
        Index = index;
        var end = start + length;
        (_next, _nextIndex) = end == _names.Length ? (0, 0) : (end + 1, index + 1);
    }
}
