namespace Zoetrope.Uploads;

/// <summary>A protocol of a provider that takes files. With it, a submit uploads the local files that a request's members were set to.</summary>
public interface IFileUploads
{
    /// <summary>The server and the account that files are uploaded to (see <see cref="UploadAccount"/>): a reference to a file is of use there only.</summary>
    string Account { get; }

    /// <summary>Uploads a file. It is not part of a submit.</summary>
    /// <param name="file">The file.</param>
    /// <param name="options">The options; null for the defaults.</param>
    /// <param name="cancellationToken">A token to cancel the upload.</param>
    /// <exception cref="UploadException">The file was not uploaded; the exception says which step failed.</exception>
    Task<UploadedFile> UploadAsync(UploadFile file, UploadOptions? options, CancellationToken cancellationToken);
}
