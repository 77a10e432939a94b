using Zoetrope.Cli.Input;

namespace Zoetrope.Cli.Vendoring.Sources;

/// <summary>A file, or stdin for <c>-</c>.</summary>
/// <param name="path">The file.</param>
internal sealed class FileSource(string path) : IDocumentSource
{
    /// <summary>The argument that stands for stdin.</summary>
    public const string Stdin = "-";

    /// <inheritdoc/>
    public bool IsFetched => false;

    /// <inheritdoc/>
    public IReadOnlyList<DocumentRequest> Requests => [new(path == Stdin ? "stdin" : path, ReadAsync)];

    private async Task<SourceDocument> ReadAsync(DocumentFetcher fetcher, CancellationToken cancellationToken) =>
        new(path == Stdin ? "stdin" : path, await InputFile.ReadAsync(path, "SOURCE", cancellationToken));
}
