namespace Zoetrope.Cli.Vendoring.Sources;

/// <summary>A model of a provider, whose documents are where the provider has them.</summary>
/// <param name="model">The model.</param>
/// <param name="server">The server that is asked instead of the provider's own; null for that one.</param>
internal sealed class ModelSource(ModelId model, Uri? server) : IDocumentSource
{
    /// <inheritdoc/>
    public bool IsFetched => true;

    /// <inheritdoc/>
    public IReadOnlyList<DocumentRequest> Requests => [.. model.Urls(server).SelectMany(url => new UrlSource(url, model).Requests)];
}
