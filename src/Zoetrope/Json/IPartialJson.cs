using System.ComponentModel;

namespace Zoetrope.Json;

/// <summary>
/// A list or a map of a response that came with items of another type than its document says, such as a null among objects. It holds the others in their
/// order, so that one odd item never loses a response, and tells here what it left out; positions in it are therefore not those of the JSON. It is written
/// as it came. Test for it with <c>list is IPartialJson</c>.
/// </summary>
public interface IPartialJson
{
    /// <summary>The whole array or object as it came.</summary>
    RawJson Raw { get; }

    /// <summary>What was left out; empty where only lists and maps inside left something out.</summary>
    IReadOnlyList<UnreadItem> Unread { get; }
}

/// <summary>An item that a list or a map of a response left out, because it is of another type than the document says.</summary>
/// <param name="Index">Its position in the JSON, counted from 0.</param>
/// <param name="Name">Its name in a map; null in a list.</param>
/// <param name="Value">The item as it came.</param>
public readonly record struct UnreadItem(int Index, string? Name, RawJson Value);

/// <summary>What readers of lists and maps tell those around them.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct ReadNotes
{
    /// <summary>Whether something was left out.</summary>
    internal bool IsPartial;

    /// <summary>Whether there are numbers that may have more digits than doubles.</summary>
    internal bool HasLongNumbers;
}
