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

    /// <summary>
    /// Uploads a file of this machine to a provider, for the input of a job. The same content is uploaded once in a day, whatever process of the ledger asks:
    /// after a restart, nothing is uploaded again. Set <see cref="JobIntent.Identity"/> as well, so that the job is recognized by the content.
    /// </summary>
    /// <param name="provider">The provider.</param>
    /// <param name="path">The path of the file.</param>
    /// <param name="cancellationToken">A token to cancel the upload.</param>
    /// <returns>What inputs refer to the file by.</returns>
    /// <exception cref="IOException">The file cannot be read, or was changed meanwhile.</exception>
    /// <exception cref="UploadException">The file was not uploaded, or the provider takes none.</exception>
    /// <exception cref="LedgerException">The ledger cannot be written, or has no client of the provider.</exception>
    public async Task<string> UploadAsync(string provider, string path, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(provider);
        ArgumentException.ThrowIfNullOrEmpty(path);
        var client = _options.ClientOf(provider);
        var before = (new FileInfo(path).Length, File.GetLastWriteTimeUtc(path));
        var hash = await HashFileAsync(path, cancellationToken).ConfigureAwait(false);
        if (await _store.FindUploadAsync(provider, hash, cancellationToken).ConfigureAwait(false) is { } known)
            return known;
        var file = UploadFile.FromFile(path);
        if (client.Protocol is not IFileUploads uploads)
            throw new UploadException(provider, file.FileName, UploadStep.Check, "it takes no files, or nothing says how: set the member to a URL");
        var uploaded = await uploads.UploadAsync(file, null, cancellationToken).ConfigureAwait(false);
        if ((new FileInfo(path).Length, File.GetLastWriteTimeUtc(path)) != before)
            throw new IOException($"The file '{path}' was changed while it was uploaded.");
        var lifetime = uploaded.ExpiresAt - TimeProvider.System.GetUtcNow() - BeforeItExpires is { } left && left < UsedAgainFor ? left : UsedAgainFor;
        if (lifetime > TimeSpan.Zero)
            await _store.RecordUploadAsync(provider, hash, uploaded.Reference, lifetime, cancellationToken).ConfigureAwait(false);
        return uploaded.Reference;
    }
}
