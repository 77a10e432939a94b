using Zoetrope.Cli.Vendoring.Sources;

namespace Zoetrope.Cli.Vendoring;

/// <summary>A document that could not be updated.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Message">Why.</param>
internal sealed record UpdateFailure(string Path, string Message);

/// <summary>The documents of a folder, compared with what their servers have.</summary>
internal sealed class SpecUpdate
{
    /// <summary>The documents, also those that are not fetched.</summary>
    public required IReadOnlyList<UpdateItem> Items { get; init; }

    /// <summary>The documents that have changed.</summary>
    public required IReadOnlyList<NewDocument> Changed { get; init; }

    /// <summary>The documents that are the same, of which the lock file is to remember how to ask for a change.</summary>
    public required IReadOnlyList<NewDocument> Remembered { get; init; }

    /// <summary>What failed.</summary>
    public required IReadOnlyList<UpdateFailure> Failures { get; init; }

    /// <summary>The problems of the documents that have changed.</summary>
    public required IReadOnlyList<ProblemReport> Problems { get; init; }

    /// <summary>Asks the servers of all documents, and has what changed written by <paramref name="folder"/>.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="items">Its documents.</param>
    /// <param name="server">The server that is asked instead of the providers' own; null for those.</param>
    /// <param name="say">Receives lines of progress.</param>
    /// <param name="cancellationToken">Stops.</param>
    public static async Task<SpecUpdate> FetchAsync(
        VendoredFolder folder, IReadOnlyList<UpdateItem> items, Uri? server, Action<string> say, CancellationToken cancellationToken)
    {
        using var fetcher = new DocumentFetcher();
        var asked = items.Where(item => item.Url is not null).ToList();
        var (responses, _) = await DocumentDownloads.ReadAllAsync(
            asked, (item, stop) => FetchAsync(fetcher, item, server, stop), say, item => item.Url!.AbsoluteUri, cancellationToken);
        var (changed, remembered) = (new List<NewDocument>(), new List<NewDocument>());
        var (failures, problems) = (new List<UpdateFailure>(), new List<ProblemReport>());
        foreach (var (item, response) in asked.Zip(responses))
        {
            if (response!.Failure is { } failure)
                failures.Add(new(item.Path, failure.Message));
            else if (response.Document is { Content: { } content } fetched)
                await CompareAsync(item, content, fetched.Validators);
        }
        return new() { Items = items, Changed = changed, Remembered = remembered, Failures = failures, Problems = problems };

        async Task CompareAsync(UpdateItem item, byte[] content, Validators validators)
        {
            var former = folder.DocumentOf(item.Path)!;
            var reading = await DocumentReading.ReadAsync(new(item.Url!.AbsoluteUri, content) { Url = item.Url }, cancellationToken);
            if (reading.Refusal is null && reading.Content.AsSpan().SequenceEqual(folder.ContentOf(item.Path)))
            {
                // A tag that is another one each time would have the lock file written each time.
                if (item.Known is null && validators is not { ETag: null, LastModified: null })
                    remembered.Add(new(item.Path, former, former, null, null, validators));
                return;
            }
            problems.Add(new(reading.Problems, warnAsError: false));
            var refusal = reading.Refusal;
            if (refusal is null && (reading.Document!.Kind != former.Kind || (former.Endpoint is not null && !IsSameModel())))
            {
                var (before, after) = (VendoredNames.Describe(former), VendoredNames.Describe(reading.Document));
                refusal = $"it was {before}, and is {after} now. Delete the file, or correct its origin.";
            }
            if (refusal is not null)
            {
                failures.Add(new(item.Path, $"{item.Url!.AbsoluteUri} is not used: {refusal}"));
                return;
            }
            folder.Stage(item.Path, reading.Content);
            changed.Add(new(item.Path, reading.Document!, former, null, null, validators));

            bool IsSameModel() => VendoredNames.KeyOf(former) == VendoredNames.KeyOf(reading.Document!);
        }
    }

    private static async Task<Response> FetchAsync(DocumentFetcher fetcher, UpdateItem item, Uri? server, CancellationToken cancellationToken)
    {
        try
        {
            return new(await fetcher.FetchAsync(ServerOverride.ApplyToProviders(item.Url!, server), item.Known, cancellationToken), null);
        }
        catch (FetchException exception)
        {
            return new(null, exception);
        }
    }

    private sealed record Response(FetchedDocument? Document, FetchException? Failure);
}
