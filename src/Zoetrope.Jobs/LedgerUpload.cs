namespace Zoetrope.Jobs;

/// <summary>A content that was uploaded for inputs.</summary>
/// <param name="Provider">The provider.</param>
/// <param name="Account">The server and the account that have it: nothing else knows the reference.</param>
/// <param name="Hash">The SHA-256 of the content in hexadecimal digits.</param>
/// <param name="Reference">What inputs refer to it by.</param>
/// <param name="ExpiresAt">When the provider deletes it; null where that is not known.</param>
public sealed record LedgerUpload(string Provider, string Account, string Hash, string Reference, DateTimeOffset? ExpiresAt = null)
{
    /// <summary>Returns <see cref="Reference"/>.</summary>
    public override string ToString() => Reference;
}
