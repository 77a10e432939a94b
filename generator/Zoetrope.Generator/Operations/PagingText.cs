using Zoetrope.Generator.Emit;
using Zoetrope.Generator.Naming;
using Zoetrope.Generator.Operations.Paging;
using Zoetrope.Generator.Text;
using Zoetrope.Generator.Types;

namespace Zoetrope.Generator.Operations;

/// <summary>How pages are spelled in generated code.</summary>
internal static class PagingText
{
    /// <summary>The member of <c>PagePosition</c>.</summary>
    public static string Position(BoundPaging paging) => paging.Kind switch
    {
        PagingKind.Url => nameof(PagingKind.Url),
        PagingKind.Number => $"{paging.Kind}({Literals.String(paging.Parameter)}, {DocumentText.Number(paging.First)})",
        _ => $"{paging.Kind}({Literals.String(paging.Parameter)})",
    };

    /// <summary>The arguments of <c>PageContent</c>, of a variable that is called <c>page</c>.</summary>
    /// <param name="paging">How the pages follow each other.</param>
    /// <param name="pageType">The C# type of a page.</param>
    public static string Content(BoundPaging paging, string pageType)
    {
        var text = paging.Items is { } items ? Value(items) : $$"""new {{pageType}}[] { page }""";
        if (paging.Next is { } next)
            text += ", next: " + (next.Type.Kind == TypeKind.String ? Value(next) : Invariant(next));
        if (paging.HasMore is { } more)
            text += ", hasMore: " + Value(more);
        return paging.Total is { } total ? text + ", total: " + Value(total) : text;
    }

    private static string Value(BoundProperty property) => "page." + Identifiers.Escape(property.Name);

    private static string Invariant(BoundProperty property)
    {
        var mayBeNull = !property.Required || property.Nullable;
        return $"{Value(property)}{(mayBeNull ? "?" : "")}.ToString(global::System.Globalization.CultureInfo.InvariantCulture)";
    }
}
