using System.ComponentModel;

namespace Zoetrope.CodeGen.Operations;

/// <summary>The names of the members of a page that lead to the next one; for generated code.</summary>
/// <param name="items">The list with the items; null where the page itself is what is enumerated.</param>
/// <param name="next">The cursor or the URL of the next page; null and empty values mean that there is none.</param>
/// <param name="hasMore">Whether there is a next page.</param>
/// <param name="total">The number of all items, or of all pages where these are numbered.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct PageMembers(string? items, string? next = null, string? hasMore = null, string? total = null)
{
    internal string? Items => items;

    internal string? Next => next;

    internal string? HasMore => hasMore;

    internal string? Total => total;
}
