namespace Zoetrope.Jobs.Storage;

/// <content>Which contents were uploaded.</content>
public abstract partial class LedgerStore
{
    /// <summary>Reads by what inputs refer to a content that was uploaded to a provider; null where it was not, or is not there for long any more.</summary>
    /// <param name="provider">The provider.</param>
    /// <param name="hash">The SHA-256 of the content.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public abstract Task<string?> FindUploadAsync(string provider, string hash, CancellationToken cancellationToken = default);

    /// <summary>Records that a content was uploaded to a provider.</summary>
    /// <param name="provider">The provider.</param>
    /// <param name="hash">The SHA-256 of the content.</param>
    /// <param name="reference">By what inputs refer to it.</param>
    /// <param name="lifetime">How long it may be used in new inputs.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public abstract Task RecordUploadAsync(
        string provider, string hash, string reference, TimeSpan lifetime, CancellationToken cancellationToken = default);
}
