namespace Zoetrope.Jobs.Storage;

/// <content>Which contents were uploaded.</content>
public abstract partial class LedgerStore
{
    /// <summary>Reads what a content was uploaded as; null where it was not, or is not there for long any more.</summary>
    /// <param name="provider">The provider.</param>
    /// <param name="account">The server and the account.</param>
    /// <param name="hash">The SHA-256 of the content.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public abstract Task<LedgerUpload?> FindUploadAsync(string provider, string account, string hash, CancellationToken cancellationToken = default);

    /// <summary>Records that a content was uploaded, and forgets others whose lifetime has ended.</summary>
    /// <param name="upload">The upload.</param>
    /// <param name="lifetime">How long it may be used in new inputs.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public abstract Task RecordUploadAsync(LedgerUpload upload, TimeSpan lifetime, CancellationToken cancellationToken = default);

    /// <summary>Replaces the input of a job that is still to be sent, if it has the version; its files were uploaded again.</summary>
    /// <param name="id">The job.</param>
    /// <param name="version">The version that it must have.</param>
    /// <param name="renewed">What has the new input, its hash, and where its files are until when.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <returns>The job after it; null where it has changed since, or does not exist.</returns>
    public abstract Task<LedgerJob?> RenewAsync(string id, long version, LedgerJob renewed, CancellationToken cancellationToken = default);
}
