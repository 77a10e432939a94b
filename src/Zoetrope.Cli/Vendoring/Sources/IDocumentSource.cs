namespace Zoetrope.Cli.Vendoring.Sources;

/// <summary>Something that an argument names and that has documents.</summary>
internal interface IDocumentSource
{
    /// <summary>Whether its documents are fetched from a server, so that their origin is known.</summary>
    bool IsFetched { get; }

    /// <summary>Its documents.</summary>
    IReadOnlyList<DocumentRequest> Requests { get; }
}
