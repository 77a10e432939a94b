using Zoetrope.Generator.Naming;

namespace Zoetrope.Generator.Operations.Paging;

/// <summary>The names by which documents speak of pages. Spellings do not differ: <c>nextCursor</c> is next_cursor.</summary>
internal static class PagingWords
{
    private static readonly HashSet<string> More =
        new(StringComparer.Ordinal) { "has_more", "has_next", "has_next_page", "has_more_pages", "has_more_items", "has_more_results", "is_truncated" };

    private static readonly HashSet<string> Items =
        new(StringComparer.Ordinal) { "total", "total_count", "total_items", "total_results", "total_records", "total_size" };

    private static readonly HashSet<string> Pages =
        new(StringComparer.Ordinal) { "total_pages", "page_count", "num_pages", "number_of_pages", "pages_count" };

    private static readonly HashSet<string> Reading =
        new(StringComparer.Ordinal) { "list", "get", "search", "query", "find", "fetch", "browse", "filter", "lookup", "retrieve", "history" };

    private static readonly HashSet<string> Urls =
        new(StringComparer.Ordinal) { "next", "next_url", "next_link", "next_href", "next_page", "next_page_url", "next_page_link", "odata_next_link" };

    private static readonly HashSet<string> Sizes = new(StringComparer.Ordinal)
    {
        "limit", "size", "count", "take", "top", "per_page", "page_size", "page_limit", "max_results", "max_items", "results_per_page", "items_per_page",
    };

    /// <summary>Names of a cursor that is called the same in request and response, and cannot be an echo of the request's.</summary>
    private static readonly HashSet<string> Continuations = new(StringComparer.Ordinal) { "pagination_token", "continuation_token" };

    /// <summary>The same for names that can be an echo, unless the page says too whether there is another.</summary>
    private static readonly HashSet<string> Cursors = new(StringComparer.Ordinal) { "cursor", "page_token", "marker", "after", "continuation" };

    /// <summary>What a cursor is called that the response calls <c>next_cursor</c> or the like.</summary>
    private static readonly HashSet<string> AnyCursor = new(StringComparer.Ordinal)
    {
        "cursor", "page_cursor", "start_cursor", "token", "page_token", "start_token", "pagination_token", "continuation_token", "after", "starting_after",
    };

    private static readonly HashSet<string> NextOfAny =
        new(StringComparer.Ordinal) { "cursor", "token", "page_token", "page_cursor", "pagination_token", "starting_after" };

    /// <summary>What is a position and nothing else, so that a parameter of the same name takes it.</summary>
    private static readonly HashSet<string> Positions =
        new(AnyCursor.Concat(["page", "offset", "skip", "marker", "position", "start", "page_number"]), StringComparer.Ordinal);

    /// <summary>Lists beside the items, that a page may have even where these are in another form.</summary>
    private static readonly HashSet<string> Besides =
        new(StringComparer.Ordinal) { "errors", "warnings", "messages", "notices", "links", "facets", "aggregations", "filters", "included" };

    private static readonly string[] Starts = ["last_", "start_", "starting_", "from_", "after_"];

    /// <summary>The name in one spelling.</summary>
    public static string Of(string name) => string.Join("_", Identifiers.Words(name)).ToLowerInvariant();

    /// <summary>Whether it is whether there is another page.</summary>
    public static bool IsMore(string name) => More.Contains(Of(name));

    /// <summary>Whether it is the number of all items.</summary>
    public static bool IsItemCount(string name) => Items.Contains(Of(name));

    /// <summary>Whether it is the number of all pages, or of the last page where these begin with 1.</summary>
    /// <param name="name">The name.</param>
    /// <param name="first">The number of the first page.</param>
    public static bool IsPageCount(string name, long first) => Pages.Contains(Of(name)) || (first == 1 && Of(name) == "last_page");

    /// <summary>Whether a list of this name is not the items of a page.</summary>
    public static bool IsBeside(string name) => Besides.Contains(Of(name));

    /// <summary>Whether it is the name of an operation that only reads, such as <c>searchModels</c>, or the end of the path of one.</summary>
    public static bool IsReading(string name)
    {
        var words = Identifiers.Words(name);
        return words.Count > 0 && (Reading.Contains(words[0].ToLowerInvariant()) || Reading.Contains(words.Last().ToLowerInvariant()));
    }

    /// <summary>Whether it can be the URL of the next page.</summary>
    public static bool CanBeUrl(string name) => Urls.Contains(Of(name));

    /// <summary>Whether it says by itself that it is a URL.</summary>
    public static bool IsUrl(string name) => Identifiers.Words(name).LastOrDefault()?.ToLowerInvariant() is "url" or "link" or "href";

    /// <summary>Whether it is how many items a page has.</summary>
    public static bool IsSize(string name) => Sizes.Contains(Of(name));

    /// <summary>Whether it is the number of items before the page.</summary>
    public static bool IsOffset(string name) => Of(name) is "offset" or "skip";

    /// <summary>Whether it is the number of the page.</summary>
    public static bool IsNumber(string name) => Of(name) is "page" or "page_number" or "page_num" or "page_no" or "page_index";

    /// <summary>How surely a member of the response is the cursor that a parameter takes: 0 not at all, else the lower the surer.</summary>
    /// <param name="member">The name of the member.</param>
    /// <param name="parameter">The name of the parameter.</param>
    /// <param name="hasMore">Whether the response says too whether there is another page.</param>
    public static int Rank(string member, string parameter, bool hasMore)
    {
        var (given, taken) = (Of(member), Of(parameter));
        if (given == taken)
            return given.StartsWith("next_", StringComparison.Ordinal) || Continuations.Contains(given) ? 1 : hasMore && Cursors.Contains(given) ? 3 : 0;
        if (After(given, "next_") is { } next)
        {
            if (taken == next)
                return Positions.Contains(next) ? 1 : 0;
            if (Starts.Any(start => taken == start + next) || (taken == "page_" + next && next != "id"))
                return 2;
            return NextOfAny.Contains(next) && AnyCursor.Contains(taken) ? 3 : 0;
        }
        // The last item's id is given for the last page too: only has_more says where the end is.
        if (!hasMore || After(given, "last_") is not { } last || !IsOfItem(last))
            return 0;
        var isAfter = taken is "after" or "after_id" or "starting_after";
        return isAfter || taken == "after_" + last || taken == "start_after_" + last || taken == "starting_after_" + last ? 4 : 0;
    }

    private static bool IsOfItem(string name) => name is "id" or "item" or "key" or "cursor" || name.EndsWith("_id", StringComparison.Ordinal);

    private static string? After(string name, string start) =>
        name.Length > start.Length && name.StartsWith(start, StringComparison.Ordinal) ? name.Substring(start.Length) : null;
}
