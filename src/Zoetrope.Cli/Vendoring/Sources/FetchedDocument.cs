namespace Zoetrope.Cli.Vendoring.Sources;

/// <summary>A response to the request for a document.</summary>
/// <param name="Content">Its bytes; null where it is still the same.</param>
/// <param name="Validators">What a later request can be made conditional with.</param>
internal sealed record FetchedDocument(byte[]? Content, Validators Validators);
