namespace Zoetrope.Cli.Vendoring.Sources;

/// <summary>What a server sent with a document, to be asked later whether it is still the same.</summary>
/// <param name="ETag">The <c>ETag</c>; null where there is none.</param>
/// <param name="LastModified">The <c>Last-Modified</c>, as it was sent; null where there is none.</param>
internal sealed record Validators(string? ETag, string? LastModified);
