namespace Zoetrope.Specs.Model;

/// <summary>A response of an operation.</summary>
/// <param name="Status">The status: <c>200</c>, a class (<c>4XX</c>, in upper case) or <c>default</c>.</param>
/// <param name="Description">When it comes.</param>
/// <param name="Contents">Its forms, in the document's order; empty when it has no body, and where HTTP allows none whatever the document says.</param>
/// <param name="Pointer">Its location.</param>
public sealed record OperationResponse(string Status, string? Description, EquatableArray<MediaContent> Contents, string Pointer)
{
    /// <summary>Whether the document describes headers of it.</summary>
    public bool HasHeaders { get; init; }

    /// <summary>Whether HTTP allows a response of this status no body: 1xx, 204, 205 and 304.</summary>
    public bool IsBodiless => Status[0] == '1' || Status is "204" or "205" or "304";
}
