using Zoetrope.Generator.Types;

namespace Zoetrope.Generator.Operations.Paging;

/// <summary>How the pages of an operation follow each other.</summary>
internal sealed record BoundPaging
{
    /// <summary>The name of the method over all pages, without <c>Async</c>; given when all operations are known.</summary>
    public string Method { get; init; } = "";

    public required PagingKind Kind { get; init; }

    /// <summary>The query parameter that a next page is asked for with; empty where the page gives a URL.</summary>
    public string Parameter { get; init; } = "";

    /// <summary>The number of the first page.</summary>
    public long First { get; init; }

    /// <summary>The list of a page; null where a page has several, and the method gives the pages.</summary>
    public BoundProperty? Items { get; init; }

    /// <summary>The cursor or the URL of the next page.</summary>
    public BoundProperty? Next { get; init; }

    /// <summary>Whether there is a next page.</summary>
    public BoundProperty? HasMore { get; init; }

    /// <summary>The number of all items, or of all pages.</summary>
    public BoundProperty? Total { get; init; }
}

/// <summary>The ways to ask for the next page; each is a member of the core's <c>PagePosition</c>.</summary>
internal enum PagingKind
{
    /// <summary>A query parameter has a value that the page gives.</summary>
    Cursor,

    /// <summary>The page gives a URL.</summary>
    Url,

    /// <summary>A query parameter counts the items before the page.</summary>
    Offset,

    /// <summary>A query parameter counts the pages.</summary>
    Number,
}
