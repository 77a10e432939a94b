using Zoetrope.Errors;
using Zoetrope.Formats;
using Zoetrope.Http;
using Zoetrope.Time;

namespace Zoetrope.Uploads;

/// <summary>
/// One upload, for protocols: a file of known size, and the requests that store it. The requests to the provider have the key; those to an address that the
/// provider returned never do, follow no redirect, and go to https hosts only (or to this machine, where the client's own base URL is on it). Each request is
/// repeated after a failure that may pass, as far as it cannot store the file twice, and what fails in the end is an <see cref="UploadException"/>.
/// </summary>
public sealed partial class FileTransfer : IAsyncDisposable
{
    private readonly Transport _transport;
    private readonly UploadFile _file;
    private readonly UploadOptions _options;
    private readonly Stream? _temporary;
    private readonly Deadline _deadline;
    private readonly CancellationToken _caller;
    private readonly Lock _moving = new();
    private readonly DateTime? _written;
    private readonly long _began;
    private long _sent;
    private Exception? _reporting;
    private volatile bool _isUnreadable;

    private FileTransfer(
        Transport transport, UploadFile file, string contentType, long length, Stream? temporary, UploadOptions options, Deadline deadline,
        CancellationToken caller)
    {
        _transport = transport;
        _file = file;
        _written = file.Written();
        _began = transport.Time.GetTimestamp();
        Length = length;
        _temporary = temporary;
        _options = options;
        _deadline = deadline;
        _caller = caller;
        ContentType = contentType;
    }

    /// <summary>The name of the file.</summary>
    public string FileName => _file.FileName;

    /// <summary>The media type that is sent: the one that was set, or that of the name's extension, or of the content.</summary>
    public string ContentType { get; }

    /// <summary>The size of the file in bytes.</summary>
    public long Length { get; }

    /// <summary>The caller's token, with the deadline of the whole upload.</summary>
    public CancellationToken CancellationToken => _deadline.Token;

    /// <summary>Whether another way may succeed after one has failed: the file can be read, and the time is not over.</summary>
    public bool MayRestart => !_isUnreadable && Volatile.Read(ref _reporting) is null && !IsOver;

    /// <summary>What the provider has promised so far, for exceptions; null at first.</summary>
    public UploadedFile? Promised { get; set; }

    /// <summary>Prepares an upload. A stream that cannot seek is copied, because storage asks for the size first: to a temporary file if it is large.</summary>
    /// <param name="transport">The provider's transport.</param>
    /// <param name="file">The file.</param>
    /// <param name="options">The options; null for the defaults.</param>
    /// <param name="maxBytes">The size that the provider takes at most; null where nothing is documented.</param>
    /// <param name="cancellationToken">A token to cancel the whole upload.</param>
    /// <exception cref="UploadException">The file is empty, too large or cannot be read in time. Nothing was sent.</exception>
    /// <exception cref="OperationCanceledException">The caller canceled.</exception>
    public static async Task<FileTransfer> PrepareAsync(
        Transport transport, UploadFile file, UploadOptions? options, long? maxBytes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(transport);
        ArgumentNullException.ThrowIfNull(file);
        cancellationToken.ThrowIfCancellationRequested();
        var deadline = new Deadline(transport.Options.TransferTimeout, transport.Time, cancellationToken);
        var (upload, temporary) = (file, (Stream?)null);
        try
        {
            if (file.Length() is null)
                (upload, temporary) = await StreamCopy.MakeAsync(file, maxBytes, deadline.Token).ConfigureAwait(false);
            var length = upload.Length()!.Value;
            if (length == 0)
                throw new UploadException(transport.Provider, file.FileName, UploadStep.Check, "it is empty");
            if (length > maxBytes)
                throw new UploadException(transport.Provider, file.FileName, UploadStep.Check, TooLarge(upload == file ? length : null, maxBytes.Value));
            var contentType = await TypeOfAsync(upload, deadline.Token).ConfigureAwait(false);
            return new(transport, upload, contentType, length, temporary, options ?? new(), deadline, cancellationToken);
        }
        catch (Exception exception)
        {
            var isLate = deadline.IsOver;
            deadline.Dispose();
            if (temporary is not null)
                await temporary.DisposeAsync().ConfigureAwait(false);
            if (exception is OperationCanceledException && cancellationToken.IsCancellationRequested)
                throw new OperationCanceledException(exception.Message, exception, cancellationToken);
            var reason = exception is OperationCanceledException canceled && isLate ? TooLate(transport, canceled) : exception;
            if (reason is not (TransportException or IOException or UnauthorizedAccessException or UnreadableBodyException))
                throw;
            var cause = reason is UnreadableBodyException ? reason.InnerException : reason;
            throw new UploadException(transport.Provider, file.FileName, UploadStep.Check, reason.Message, innerException: cause);
        }
    }

    /// <summary>Sends the request that asks the provider where to send the file. It is repeated like one that changes nothing.</summary>
    /// <param name="request">The request, with the provider's own address.</param>
    /// <exception cref="UploadException">There was no usable response.</exception>
    public Task<TransportResponse> InitiateAsync(TransportRequest request) =>
        SendAsync(UploadStep.Initiate, null, request, null, isRepeatable: true, CancellationToken);

    /// <summary>Asks an address that the provider returned, instead of the provider itself, where to send the file. The key is not sent to it.</summary>
    /// <param name="address">The address, as <see cref="AddressOf"/> returned it.</param>
    /// <param name="headers">The headers that the provider asks for, such as one with a token; null for none.</param>
    /// <exception cref="UploadException">There was no usable response.</exception>
    public Task<TransportResponse> InitiateAsync(Uri address, IEnumerable<KeyValuePair<string, string>>? headers)
    {
        var request = Storage(UploadStep.Initiate, HttpMethod.Post, address, headers, new BytesBody(default, TypeIn(headers)));
        return SendAsync(UploadStep.Initiate, null, request, null, isRepeatable: true, CancellationToken);
    }

    /// <summary>
    /// Sends the whole content as the body of a PUT to an address that the provider returned. The body of the response is not read. If the response to the
    /// whole content is lost, the promised file is looked for before the content is sent again.
    /// </summary>
    /// <param name="address">The address, as <see cref="AddressOf"/> returned it.</param>
    /// <param name="headers">The headers that the provider asks for; null for none. A <c>Content-Type</c> among them replaces that of the file.</param>
    /// <exception cref="UploadException">The content was not stored.</exception>
    public Task<TransportResponse> PutAsync(Uri address, IEnumerable<KeyValuePair<string, string>>? headers = null)
    {
        var body = new SliceBody(_file, 0, Length, _written, TypeIn(headers) ?? ContentType, Moved);
        var request = Storage(UploadStep.Transfer, HttpMethod.Put, address, headers, body, ignoresBody: true);
        return SendAsync(UploadStep.Transfer, null, request, body, isRepeatable: true, CancellationToken);
    }

    /// <summary>
    /// Sends the whole content as the body of a POST to an address that the provider returned. It is repeated only after a definite rejection.
    /// </summary>
    /// <param name="address">The address, as <see cref="AddressOf"/> returned it.</param>
    /// <param name="headers">The headers that the provider asks for, such as one with a token; null for none.</param>
    /// <exception cref="UploadException">The content was not stored, or may have been.</exception>
    public Task<TransportResponse> PostAsync(Uri address, IEnumerable<KeyValuePair<string, string>>? headers = null)
    {
        var body = new SliceBody(_file, 0, Length, _written, TypeIn(headers) ?? ContentType, Moved);
        var request = Storage(UploadStep.Transfer, HttpMethod.Post, address, headers, body, mayRepeat: false);
        return SendAsync(UploadStep.Transfer, null, request, body, isRepeatable: false, CancellationToken);
    }

    /// <summary>
    /// Sends a form with the file as its last part to an address that the provider returned. The body of the response is not read.
    /// </summary>
    /// <param name="address">The address, as <see cref="AddressOf"/> returned it.</param>
    /// <param name="fields">The fields that precede it.</param>
    /// <param name="name">The name of the part with the file.</param>
    /// <exception cref="UploadException">The content was not stored, or a field has the name of the part with the file.</exception>
    public Task<TransportResponse> PostFormAsync(Uri address, IEnumerable<KeyValuePair<string, string>> fields, string name)
    {
        var form = Form(fields, name, out var body);
        var request = Storage(UploadStep.Transfer, HttpMethod.Post, address, null, form, ignoresBody: true);
        return SendAsync(UploadStep.Transfer, null, request, body, isRepeatable: true, CancellationToken);
    }

    /// <summary>
    /// Sends a form with the file as its last part to the provider itself, with the key. It is repeated only after a definite rejection, because it would be
    /// stored twice.
    /// </summary>
    /// <param name="request">The request, with the provider's own address and without a body.</param>
    /// <param name="fields">The fields that precede it.</param>
    /// <param name="name">The name of the part with the file.</param>
    /// <exception cref="UploadException">The content was not stored, or may have been.</exception>
    public Task<TransportResponse> PostFormAsync(TransportRequest request, IEnumerable<KeyValuePair<string, string>> fields, string name)
    {
        ArgumentNullException.ThrowIfNull(request);
        var form = Form(fields, name, out var body);
        var withForm = new TransportRequest
        {
            Method = request.Method,
            Uri = request.Uri,
            Timeout = _options.StallTimeout,
            Body = form,
            MayRepeat = false,
            Http = _transport.Storage.ToProvider(),
        };
        withForm.Headers.AddRange(request.Headers);
        return SendAsync(UploadStep.Transfer, null, withForm, body, isRepeatable: false, CancellationToken);
    }

    /// <summary>An address for the content, from a response.</summary>
    /// <param name="text">What the response says; null for nothing.</param>
    /// <exception cref="UploadException">It is not an address that files are sent to.</exception>
    public Uri AddressOf(string? text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address))
            throw Fail(UploadStep.Initiate, "the response has no address to send it to");
        return Checked(UploadStep.Initiate, address);
    }

    /// <summary>Creates the exception of this upload.</summary>
    /// <param name="step">The step that failed.</param>
    /// <param name="problem">The description of the failure.</param>
    /// <param name="remains">What may exist at the provider.</param>
    /// <param name="reason">The reason.</param>
    /// <param name="part">The number of the part that failed, from 1; null for none.</param>
    public UploadException Fail(
        UploadStep step, string problem, UploadRemains remains = UploadRemains.Nothing, Exception? reason = null, int? part = null) =>
        new(_transport.Provider, FileName, step, problem, remains, reason) { Promised = Promised, Part = part };

    /// <summary>The file that was stored.</summary>
    /// <param name="reference">What requests refer to it by; null or empty where the responses name nothing.</param>
    /// <param name="id">The provider's id.</param>
    /// <param name="expiresAt">When the provider deletes it.</param>
    public UploadedFile? Stored(string? reference, string? id = null, DateTimeOffset? expiresAt = null) => string.IsNullOrWhiteSpace(reference)
        ? null
        : new UploadedFile(reference) { Id = id, FileName = FileName, ContentType = ContentType, Size = Length, ExpiresAt = expiresAt };

    /// <summary>Releases the file; the temporary copy of a stream is deleted.</summary>
    public async ValueTask DisposeAsync()
    {
        _deadline.Dispose();
        if (_temporary is not null)
            await _temporary.DisposeAsync().ConfigureAwait(false);
    }

    private static string TooLarge(long? length, long maxBytes) =>
        $"it has {(length is null ? "more than" : length.Value + " bytes, and the provider takes at most")} {maxBytes} bytes";

    private static async ValueTask<string> TypeOfAsync(UploadFile file, CancellationToken ct)
    {
        if (file.ContentType is { } set)
            return set;
        if (MediaTypes.OfName(file.FileName) is { } named)
            return named;
        var first = new byte[32];
        var (count, read) = (0, 1);
        await using var content = file.OpenAt(0, null);
        while (count < first.Length && read > 0)
        {
            read = await content.ReadSourceAsync(first.AsMemory(count), file.FileName, ct).ConfigureAwait(false);
            count += read;
        }
        return MediaTypes.Of(first.AsSpan(0, count), null);
    }
}
