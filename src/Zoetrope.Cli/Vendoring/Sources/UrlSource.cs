namespace Zoetrope.Cli.Vendoring.Sources;

/// <summary>A document at an address.</summary>
/// <param name="url">The address.</param>
/// <param name="model">The model that it must be of; null where that is not known.</param>
internal sealed class UrlSource(Uri url, ModelId? model = null) : IDocumentSource
{
    /// <inheritdoc/>
    public bool IsFetched => true;

    /// <inheritdoc/>
    public IReadOnlyList<DocumentRequest> Requests => [new(url.AbsoluteUri, ReadAsync)];

    private async Task<SourceDocument> ReadAsync(DocumentFetcher fetcher, CancellationToken cancellationToken)
    {
        var fetched = await fetcher.FetchAsync(url, known: null, cancellationToken);
        return new(url.AbsoluteUri, fetched.Content!) { Url = url, Validators = fetched.Validators, Model = model };
    }
}
