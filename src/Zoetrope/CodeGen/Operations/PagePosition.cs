using System.ComponentModel;

namespace Zoetrope.CodeGen.Operations;

/// <summary>How the request for the next page of a list differs from the one before; for generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct PagePosition
{
    private PagePosition(PagePositionKind kind, string parameter = "", long first = 0) => (Kind, Parameter, First) = (kind, parameter, first);

    /// <summary>The page gives the URL of the next one.</summary>
    public static PagePosition Url { get; } = new(PagePositionKind.Url);

    internal PagePositionKind Kind { get; }

    internal string Parameter { get; }

    internal long First { get; }

    /// <summary>The page gives the value of a query parameter.</summary>
    /// <param name="parameter">The name of the parameter.</param>
    public static PagePosition Cursor(string parameter) => new(PagePositionKind.Cursor, parameter);

    /// <summary>A query parameter is the number of items before the page.</summary>
    /// <param name="parameter">The name of the parameter.</param>
    /// <param name="first">What it is for the first page.</param>
    public static PagePosition Offset(string parameter, long first = 0) => new(PagePositionKind.Offset, parameter, first);

    /// <summary>A query parameter is the number of the page.</summary>
    /// <param name="parameter">The name of the parameter.</param>
    /// <param name="first">The number of the first page.</param>
    public static PagePosition Number(string parameter, long first) => new(PagePositionKind.Number, parameter, first);
}
