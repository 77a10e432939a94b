using Zoetrope.Cli.Listings;
using Zoetrope.Cli.Vendoring.Sources;

namespace Zoetrope.Cli.Models;

/// <summary>The models that providers list, from the cache, which is brought up to date where it is old.</summary>
/// <param name="sources">The listings.</param>
/// <param name="say">Receives a line for people.</param>
internal sealed class ModelListings(IReadOnlyList<ListingSource> sources, Action<string> say)
{
    /// <summary>Asks the servers where the cache is missing, damaged, or older than a day.</summary>
    /// <param name="always">Whether to ask in any case.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>Whether there is something of each listing, if only something old.</returns>
    public async Task<bool> UpdateAsync(bool always, CancellationToken cancellationToken)
    {
        var isWhole = true;
        using var fetcher = new DocumentFetcher();
        var refresh = new ListingRefresh(fetcher);
        foreach (var source in sources)
        {
            var cache = new ListingCache(source);
            var age = TimeProvider.System.GetUtcNow().UtcDateTime - cache.Checked;
            if (!always && age < ListingRefresh.MaxAge && age > -ListingRefresh.MaxAge)
                continue;
            try
            {
                await refresh.RunAsync(source, cache, cancellationToken);
            }
            catch (Exception exception) when (exception is FetchException or IOException or UnauthorizedAccessException)
            {
                say(exception.Message);
                say(age is null
                    ? $"The models that {source.Provider} lists are not shown."
                    : $"The models that {source.Provider} lists are shown as they were on {cache.Checked:yyyy-MM-dd}.");
                isWhole &= age is not null;
            }
        }
        return isWhole;
    }

    /// <summary>Reads the models from the cache. A damaged one is asked for again.</summary>
    public async Task<(IReadOnlyList<ModelRow> Rows, bool IsWhole)> ReadAsync(bool mayAsk, CancellationToken cancellationToken)
    {
        var rows = new List<ModelRow>();
        var isWhole = true;
        foreach (var source in sources)
        {
            if (!TryRead(source, rows) && !(mayAsk && await RepairAsync(source, cancellationToken) && TryRead(source, rows)))
            {
                say($"The cache of the models that {source.Provider} lists is damaged. `zoetrope models --all --refresh` makes it again.");
                isWhole = false;
            }
        }
        return (rows, isWhole);
    }

    private Task<bool> RepairAsync(ListingSource source, CancellationToken cancellationToken) =>
        new ModelListings([source], say).UpdateAsync(always: true, cancellationToken);

    private static bool TryRead(ListingSource source, List<ModelRow> rows)
    {
        var before = rows.Count;
        if (new ListingCache(source).TryRead(model => rows.Add(ModelRow.Of(source.Provider, model))))
            return true;
        rows.RemoveRange(before, rows.Count - before);
        return false;
    }
}
