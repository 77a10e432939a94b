using System.Text.Json;
using Zoetrope.Cli.Input;
using Zoetrope.Cli.Vendoring.Sources;

namespace Zoetrope.Cli.Listings;

/// <summary>Brings the cache of a listing up to date: the server is asked only for the pages that have changed.</summary>
/// <param name="fetcher">Fetches the pages.</param>
internal sealed class ListingRefresh(DocumentFetcher fetcher)
{
    // A server whose pages never end is not asked for ever.
    private const int MostPages = 500;

    /// <summary>After this time a listing is asked for again.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromDays(1);

    /// <summary>Asks the server.</summary>
    /// <exception cref="FetchException">A page cannot be fetched, or is not one. The cache stays as it was.</exception>
    /// <exception cref="IOException">The cache cannot be written.</exception>
    public async Task RunAsync(ListingSource source, ListingCache cache, CancellationToken cancellationToken)
    {
        var known = cache.ReadPages()?.GroupBy(page => page.Url).ToDictionary(pages => pages.Key, pages => pages.First()) ?? [];
        var pages = new List<CachedPage>();
        var seen = new HashSet<Uri>();
        var hasChanged = false;
        for (var url = source.First; url is not null; url = pages[^1].Next)
        {
            if (!seen.Add(url) || seen.Count > MostPages)
                throw new FetchException(url, "the pages of the listing do not end.", "Try again later.");
            var (page, isNew) = await FetchAsync(source, url, known.GetValueOrDefault(url), cancellationToken);
            hasChanged |= isNew;
            pages.Add(page);
        }
        if (hasChanged || pages.Count != known.Count)
            cache.Write(pages);
        else
            cache.Touch();
    }

    private async Task<(CachedPage Page, bool IsNew)> FetchAsync(ListingSource source, Uri url, CachedPage? known, CancellationToken cancellationToken)
    {
        var validators = known?.Validators is { ETag: null, LastModified: null } ? null : known?.Validators;
        var fetched = await fetcher.FetchAsync(url, validators, cancellationToken);
        if (fetched.Content is not { } content)
            return (known!, false);
        try
        {
            var page = ListingSource.Read(content);
            return (new CachedPage(url, fetched.Validators, source.Next(url, page), [.. page.Models]), true);
        }
        catch (JsonException exception)
        {
            var where = exception.LineNumber is null ? exception.Message : JsonWords.Of(exception, content);
            throw new FetchException(url, $"the response is not a listing of models: {where}.", "Try again later.");
        }
    }
}
