using System.Diagnostics.CodeAnalysis;

namespace Zoetrope.Uploads;

/// <summary>
/// A file that a provider has stored. It converts to the text that requests refer to it by, so that a member of a request that is a text can be set to it;
/// a member that can be of several types is set to its <see cref="Reference"/>.
/// </summary>
/// <param name="Reference">What requests refer to the file by: its URL, an address such as <c>runway://…</c>, or an id.</param>
public sealed record UploadedFile(string Reference)
{
    /// <summary>
    /// The URL of the file; null where the reference is not an http or https URL. It is public at most providers; Replicate, for example, serves its files with
    /// the key only.
    /// </summary>
    public string? Url => Uri.TryCreate(Reference, UriKind.Absolute, out var address) && address.Scheme is "https" or "http" ? Reference : null;

    /// <summary>The provider's id of the file; null where it names none.</summary>
    public string? Id { get; init; }

    /// <summary>The provider's id of the exchange that named the file, for its support; null where it states none.</summary>
    public string? RequestId { get; init; }

    /// <summary>The name under which it was sent.</summary>
    public string? FileName { get; init; }

    /// <summary>The media type with which it was sent.</summary>
    public string? ContentType { get; init; }

    /// <summary>The number of bytes that were sent.</summary>
    public long Size { get; init; }

    /// <summary>When the provider deletes it; null where that is not known.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Converts to <see cref="Reference"/>; null stays null.</summary>
    [return: NotNullIfNotNull(nameof(file))]
    public static implicit operator string?(UploadedFile? file) => file?.Reference;

    /// <summary>Returns <see cref="Reference"/>.</summary>
    public override string ToString() => Reference;
}
