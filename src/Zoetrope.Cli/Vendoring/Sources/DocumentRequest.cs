namespace Zoetrope.Cli.Vendoring.Sources;

/// <summary>A document that a source names and that is still to be read.</summary>
/// <param name="Name">Its path or its address.</param>
/// <param name="ReadAsync">Reads it.</param>
internal sealed record DocumentRequest(string Name, Func<DocumentFetcher, CancellationToken, Task<SourceDocument>> ReadAsync);
