namespace Zoetrope.Specs.Model;

/// <summary>One vendored file.</summary>
/// <param name="Path">Its path below the folder of the lock file, with forward slashes.</param>
/// <param name="Origin">Where it came from.</param>
/// <param name="Date">When, as <c>yyyy-MM-dd</c>.</param>
/// <param name="Sha256">The SHA-256 of its bytes, in lower-case hex.</param>
public sealed record LockedFile(string Path, string Origin, string Date, string Sha256)
{
    /// <summary>The <c>ETag</c> that the server of the origin sent with this content; null where it sent none, or the file was changed since.</summary>
    public string? ETag { get; init; }

    /// <summary>The <c>Last-Modified</c> that it sent; null likewise.</summary>
    public string? LastModified { get; init; }

    /// <summary>The members beside these, in their order. None by default.</summary>
    public EquatableArray<UnknownMember> Unknown { get; init; }
}
