using System.ComponentModel;

namespace Zoetrope.CodeGen.Operations;

/// <summary>What one page of a list says; for generated code.</summary>
/// <param name="items">The items; null counts as none.</param>
/// <param name="next">The cursor or the URL of the next page; null and empty mean that there is none.</param>
/// <param name="hasMore">Whether there is a next page; null where the page does not say.</param>
/// <param name="total">The number of all items, or of all pages where these are numbered; null where the page does not say.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct PageContent<T>(IReadOnlyList<T>? items, string? next = null, bool? hasMore = null, long? total = null)
{
    internal IReadOnlyList<T>? Items => items;

    internal string? Next => next;

    internal bool? HasMore => hasMore;

    internal long? Total => total;
}
