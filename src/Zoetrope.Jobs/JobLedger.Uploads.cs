using System.Security.Cryptography;
using Zoetrope.Uploads;

namespace Zoetrope.Jobs;

/// <content>Files of this machine as inputs.</content>
public sealed partial class JobLedger
{
    // Storage of providers keeps files for a day at least, and a job that is recorded now may be sent later.
    private static readonly TimeSpan UsedAgainFor = TimeSpan.FromHours(24);
    private static readonly TimeSpan BeforeItExpires = TimeSpan.FromHours(2);

    /// <summary>Computes the SHA-256 of a file in hexadecimal digits, by which its content is recognized.</summary>
    /// <param name="path">The path.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static async Task<string> HashFileAsync(string path, CancellationToken cancellationToken = default)
    {
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.Asynchronous | FileOptions.SequentialScan);
        await using var end = file.ConfigureAwait(false);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Reads what a content was uploaded as, with the account of the ledger's client.</summary>
    /// <param name="provider">The provider.</param>
    /// <param name="hash">The SHA-256 of the content in hexadecimal digits (<see cref="HashFileAsync"/>).</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <returns>The upload; null where there is none, it is not there for long any more, or the provider takes no files.</returns>
    /// <exception cref="LedgerException">The ledger cannot be read, or has no client of the provider.</exception>
    public async Task<LedgerUpload?> FindUploadAsync(string provider, string hash, CancellationToken cancellationToken = default) =>
        _options.ClientOf(provider).Protocol is IFileUploads uploads
            ? await _store.FindUploadAsync(provider, uploads.Account, hash, cancellationToken).ConfigureAwait(false)
            : null;

    /// <summary>
    /// Uploads a file of this machine to a provider, for the input of a job. The same content is uploaded once in a day to an account, whatever process of the
    /// ledger asks: after a restart, nothing is uploaded again. Add what it returns to <see cref="JobIntent.Uploads"/>, so that the job is not sent when the
    /// file is gone, and set <see cref="JobIntent.Identity"/>, so that it is recognized by the content.
    /// </summary>
    /// <param name="provider">The provider.</param>
    /// <param name="path">The path of the file.</param>
    /// <param name="hash">What its content must be, as <see cref="HashFileAsync"/> returned it; null, the default, for whatever it is.</param>
    /// <param name="cancellationToken">A token to cancel the upload.</param>
    /// <returns>The upload, whose <see cref="LedgerUpload.Reference"/> inputs refer to the file by.</returns>
    /// <exception cref="IOException">The file cannot be read, is another one than <paramref name="hash"/> says, or was changed meanwhile.</exception>
    /// <exception cref="UploadException">The file was not uploaded, or the provider takes none.</exception>
    /// <exception cref="LedgerException">The ledger cannot be written, or has no client of the provider.</exception>
    public async Task<LedgerUpload> UploadAsync(string provider, string path, string? hash = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(provider);
        ArgumentException.ThrowIfNullOrEmpty(path);
        var client = _options.ClientOf(provider);
        var before = (new FileInfo(path).Length, File.GetLastWriteTimeUtc(path));
        var found = await HashFileAsync(path, cancellationToken).ConfigureAwait(false);
        if (hash is not null && hash != found)
            throw new IOException($"The file '{path}' has another content than it had.");
        var file = UploadFile.FromFile(path);
        if (client.Protocol is not IFileUploads uploads)
            throw new UploadException(provider, file.FileName, UploadStep.Check, "it takes no files, or nothing says how: set the member to a URL");
        var account = uploads.Account;
        if (await _store.FindUploadAsync(provider, account, found, cancellationToken).ConfigureAwait(false) is { } known)
            return known;
        var uploaded = await uploads.UploadAsync(file, null, cancellationToken).ConfigureAwait(false);
        // A change of the same length within the precision of the file system's times is one as well.
        if ((new FileInfo(path).Length, File.GetLastWriteTimeUtc(path)) != before
            || await HashFileAsync(path, cancellationToken).ConfigureAwait(false) != found)
        {
            throw new IOException($"The file '{path}' was changed while it was uploaded.");
        }
        var upload = new LedgerUpload(provider, account, found, uploaded.Reference, uploaded.ExpiresAt);
        var lifetime = uploaded.ExpiresAt - TimeProvider.System.GetUtcNow() - BeforeItExpires is { } left && left < UsedAgainFor ? left : UsedAgainFor;
        if (lifetime > TimeSpan.Zero)
            await _store.RecordUploadAsync(upload, lifetime, cancellationToken).ConfigureAwait(false);
        return upload;
    }

    /// <summary>
    /// Replaces the input of a job that was not sent yet by one that refers to the same files by other uploads. To record a job that exists does so as well;
    /// this is for jobs that were made again.
    /// </summary>
    /// <param name="job">The job as it was read.</param>
    /// <param name="intent">The same job with its new input.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <returns>The job after it; null where it has changed since, such as when it was sent.</returns>
    /// <exception cref="ArgumentException">The intent is another job.</exception>
    public Task<LedgerJob?> RenewAsync(LedgerJob job, JobIntent intent, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(job);
        ArgumentNullException.ThrowIfNull(intent);
        return (intent.Provider, intent.EndpointId, intent.ComputeIdentityHash()) == (job.Provider, job.EndpointId, job.IdentityHash)
            ? _store.RenewAsync(job.Id, job.Version, _rows.Of(intent), cancellationToken)
            : throw new ArgumentException($"The job {job.Id} is another one.", nameof(intent));
    }
}
