namespace Zoetrope.CodeGen.Operations;

/// <summary>The ways to ask for the next page.</summary>
internal enum PagePositionKind
{
    /// <summary>A value that the page gives.</summary>
    Cursor,

    /// <summary>A URL that the page gives.</summary>
    Url,

    /// <summary>The number of items before the page.</summary>
    Offset,

    /// <summary>The number of the page.</summary>
    Number,
}
