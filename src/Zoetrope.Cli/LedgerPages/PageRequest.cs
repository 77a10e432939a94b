using Microsoft.AspNetCore.Http;
using Zoetrope.Cli.Ledgers;
using Zoetrope.Jobs;

namespace Zoetrope.Cli.LedgerPages;

/// <summary>What a request asks for.</summary>
internal static class PageRequest
{
    /// <summary>Which jobs are asked for; null where the query is not valid.</summary>
    /// <param name="query">The parameters: <c>batch</c>, <c>state</c> (repeated), <c>provider</c>, <c>endpoint</c>, <c>order</c> and <c>after</c>.</param>
    /// <param name="size">The number of jobs of a page.</param>
    public static LedgerQuery? JobsOf(IQueryCollection query, int size)
    {
        var states = new List<LedgerState>();
        foreach (var name in query["state"])
        {
            var known = Enum.GetValues<LedgerState>();
            var at = Array.FindIndex(known, state => JobText.StateOf(state) == name);
            if (at < 0)
                return null;
            states.Add(known[at]);
        }
        var order = query["order"].ToString();
        if (order is not ("" or "newest" or "oldest"))
            return null;
        return new LedgerQuery
        {
            Batch = One(query, "batch"),
            Provider = One(query, "provider"),
            EndpointId = One(query, "endpoint"),
            After = One(query, "after"),
            States = states,
            NewestFirst = order != "oldest",
            WithoutContent = true,
            // One more shows whether there is a next page.
            Limit = size + 1,
        };
    }

    // An empty batch is that of jobs which belong to none.
    private static string? One(IQueryCollection query, string name) => query.TryGetValue(name, out var values) ? values.ToString() : null;
}
