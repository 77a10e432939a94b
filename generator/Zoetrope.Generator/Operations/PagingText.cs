using Zoetrope.Generator.Emit;
using Zoetrope.Generator.Naming;
using Zoetrope.Generator.Operations.Paging;
using Zoetrope.Generator.Text;
using static Zoetrope.Generator.Emit.WellKnownNames;

namespace Zoetrope.Generator.Operations;

/// <summary>How pages are spelled in generated code.</summary>
internal static class PagingText
{
    /// <summary>The member of <c>PagePosition</c>.</summary>
    public static string Position(BoundPaging paging) => paging.Kind switch
    {
        PagingKind.Url => nameof(PagingKind.Url),
        PagingKind.Number => $"{paging.Kind}({Literals.String(paging.Parameter)}, {DocumentText.Number(paging.First)})",
        PagingKind.Offset when paging.First > 0 => $"{paging.Kind}({Literals.String(paging.Parameter)}, {DocumentText.Number(paging.First)})",
        _ => $"{paging.Kind}({Literals.String(paging.Parameter)})",
    };

    /// <summary>The names of the members of a page that lead to the next.</summary>
    public static string Members(BoundPaging paging)
    {
        var text = paging.Items is { } items ? Literals.String(items.JsonName) : "null";
        if (paging.Next is { } next)
            text += ", next: " + Literals.String(next.JsonName);
        if (paging.HasMore is { } more)
            text += ", hasMore: " + Literals.String(more.JsonName);
        if (paging.Total is { } total)
            text += ", total: " + Literals.String(total.JsonName);
        return $"new {PageMembers}({text})";
    }

    /// <summary>The items of a variable that is called <c>page</c>.</summary>
    /// <param name="paging">How the pages follow each other.</param>
    /// <param name="pageType">The C# type of a page.</param>
    public static string Items(BoundPaging paging, string pageType) =>
        paging.Items is { } items ? "page." + Identifiers.Escape(items.Name) : $$"""new {{pageType}}[] { page }""";
}
