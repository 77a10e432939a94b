using System.ComponentModel;

namespace Zoetrope.Json;

/// <summary>
/// A list or a map in a response with items of another type than the specified one, such as a null among objects. It contains the others in order, so that a
/// single unexpected item never loses a response, and reports here what it omits; positions in it therefore differ from those in the JSON. It is written
/// in its original form. Test for it with <c>list is IPartialJson</c>.
/// </summary>
public interface IPartialJson
{
    /// <summary>The original array or object.</summary>
    RawJson Raw { get; }

    /// <summary>The omitted items; empty if only nested lists and maps omit items.</summary>
    IReadOnlyList<UnreadItem> Unread { get; }
}

/// <summary>An item that a list or a map in a response omits, because it has another type than the specified one.</summary>
/// <param name="Index">The position in the JSON, from 0.</param>
/// <param name="Name">The name in a map; null in a list.</param>
/// <param name="Value">The original item.</param>
public readonly record struct UnreadItem(int Index, string? Name, RawJson Value);

/// <summary>What readers of lists and maps report to their callers.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct ReadNotes
{
    /// <summary>Whether anything was omitted.</summary>
    internal bool IsPartial;

    /// <summary>Whether there are numbers that may have more digits than doubles.</summary>
    internal bool HasLongNumbers;
}
