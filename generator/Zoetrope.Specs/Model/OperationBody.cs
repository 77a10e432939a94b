namespace Zoetrope.Specs.Model;

/// <summary>The body of a request.</summary>
/// <param name="Required">Whether it must be there.</param>
/// <param name="Contents">Its forms, in the document's order.</param>
/// <param name="Pointer">Its location.</param>
public sealed record OperationBody(bool Required, EquatableArray<MediaContent> Contents, string Pointer);
