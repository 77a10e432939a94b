using System.Net;
using Zoetrope.Errors;
using Zoetrope.Fal.Files;
using Zoetrope.Uploads;

namespace Zoetrope.Fal;

/// <summary>
/// The files that inputs of fal's models can refer to. fal documents two ways to upload one; whichever is used, the key goes to fal's REST host only, and
/// neither to a signed address nor to the CDN. A large file is sent in parts, a few at a time, without being in memory. Instances are thread-safe.
/// </summary>
public sealed class FalFiles
{
    private readonly FalConnection _connection;
    private readonly FalCdnTokens _tokens;

    internal FalFiles(FalConnection connection)
    {
        _connection = connection;
        _tokens = new(connection);
    }

    /// <summary>Uploads a file, to which a request can then refer: set a member of the request to what this returns.</summary>
    /// <param name="file">The file.</param>
    /// <param name="options">The options, <see cref="FalUploadOptions"/> or common ones; null for the defaults.</param>
    /// <param name="cancellationToken">A token to cancel the upload.</param>
    /// <exception cref="UploadException">The file was not uploaded; the exception says which step failed, and what may exist at fal.</exception>
    /// <exception cref="ArgumentException">The options belong to another provider, or an option is not valid. Nothing was sent.</exception>
    public async Task<UploadedFile> UploadAsync(UploadFile file, UploadOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        if (options is not (null or FalUploadOptions) && options.GetType() != typeof(UploadOptions))
            throw new ArgumentException($"fal takes {nameof(FalUploadOptions)}, not {options.GetType().Name}. Nothing was sent.", nameof(options));
        var own = options as FalUploadOptions ?? new FalUploadOptions();
        var lifecycle = FalFileLifecycle.Write(own.ExpiresAfter, own.Acl);
        await using var transfer =
            await FileTransfer.PrepareAsync(_connection.Transport, file, options, null, cancellationToken).ConfigureAwait(false);
        var upload = new FalUpload(_connection, transfer, own, lifecycle);
        var isInParts = upload.IsInParts;
        try
        {
            return own.Route == FalUploadRoute.Presigned
                ? await upload.ByAddressAsync().ConfigureAwait(false)
                : await upload.ByTokenAsync(_tokens).ConfigureAwait(false);
        }
        catch (UploadException exception) when (own.Fallback && !isInParts && transfer.MayRestart && MayGoElsewhere(exception))
        {
            transfer.Restart();
            try
            {
                return own.Route == FalUploadRoute.Presigned
                    ? await upload.ByTokenAsync(_tokens).ConfigureAwait(false)
                    : await upload.ByAddressAsync().ConfigureAwait(false);
            }
            catch (UploadException second) when (second.Remains == UploadRemains.Nothing)
            {
                throw transfer.Fail(second.Step, $"{exception.Problem}; and by the other way {second.Problem}", UploadRemains.Nothing, exception);
            }
        }
    }

    /// <summary>
    /// Creates an address with a signature, which shows a file of the account to anyone who has it, without a key, until it expires. It is for files that are
    /// not public (<see cref="FalUploadOptions.Acl"/>, <see cref="FalSubmitOptions.ObjectAcl"/>). The request is not billed, and is sent once. fal's platform
    /// serves it: <c>https://api.fal.ai</c>, or <c>platform</c> below <see cref="Zoetrope.Http.ClientOptions.BaseUrl"/> if that is set.
    /// </summary>
    /// <param name="url">The URL of the file at fal, such as <see cref="UploadedFile.Url"/> or that of a result, without a query.</param>
    /// <param name="lifetime">How long the address works: whole seconds, at least one and at most 7 days, which is fal's limit.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <exception cref="ArgumentException">The URL is not an absolute https URL without a query, or the time is not valid. Nothing was sent.</exception>
    /// <exception cref="ServiceException">fal responded with an error: for example, there is no such file, or it is another account's.</exception>
    /// <exception cref="TransportException">There was no usable response.</exception>
    public Task<FalSignedFile> SignAsync(string url, TimeSpan lifetime, CancellationToken cancellationToken = default) =>
        FalFileSigner.SignAsync(_connection, url, lifetime, cancellationToken);

    // A key that fal refuses is refused on the other way, too; what storage refuses is not the key.
    private static bool MayGoElsewhere(UploadException exception) =>
        exception.Remains == UploadRemains.Nothing && exception.Step != UploadStep.Check
        && !(exception.Step == UploadStep.Initiate
            && exception.InnerException is ServiceException { StatusCode: HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden });
}
