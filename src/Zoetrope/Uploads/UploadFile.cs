using Zoetrope.Errors;
using Zoetrope.Formats;
using Zoetrope.Operations;

namespace Zoetrope.Uploads;

/// <summary>A file to be sent. It is streamed and never held in memory.</summary>
public sealed class UploadFile
{
    private readonly Func<Stream>? _open;
    private readonly Stream? _stream;
    private readonly long _start;
    private int _begun;

    private UploadFile(string fileName, string? contentType, Func<Stream>? open, Stream? stream)
    {
        FileName = fileName;
        ContentType = contentType;
        _open = open;
        _stream = stream;
        _start = stream is { CanSeek: true } ? stream.Position : 0;
    }

    /// <summary>The name that the service is told, without a folder.</summary>
    public string FileName { get; }

    /// <summary>The media type that the file was given; null where none was, and then the document's, or that of the name's ending, is sent.</summary>
    public string? ContentType { get; }

    /// <summary>A file of this machine. It is opened each time that it is sent.</summary>
    /// <param name="path">Its path; the name that the service is told is the last part.</param>
    /// <param name="contentType">Its media type; null leaves it to the document and the name.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static UploadFile FromFile(string path, string? contentType = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var full = Path.GetFullPath(path);
        if (!File.Exists(full))
            throw new FileNotFoundException($"There is no file '{full}' to send.", full);
        return new UploadFile(
            Path.GetFileName(full),
            Checked(contentType),
            () => new FileStream(full, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.Asynchronous | FileOptions.SequentialScan),
            null);
    }

    /// <summary>A file that is in memory. The bytes are not copied.</summary>
    /// <param name="bytes">Its content.</param>
    /// <param name="fileName">The name that the service is told.</param>
    /// <param name="contentType">Its media type; null leaves it to the document and the name.</param>
    public static UploadFile FromBytes(byte[] bytes, string fileName, string? contentType = null)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        ArgumentException.ThrowIfNullOrEmpty(fileName);
        return new UploadFile(fileName, Checked(contentType), () => new MemoryStream(bytes, writable: false), null);
    }

    /// <summary>
    /// What a stream holds from where it stands. One that can seek is sent again from there when it must be (<see cref="CallOptions.MayRepeat"/>); any other is
    /// sent once, and a call that would have to send it again fails instead. It is not disposed.
    /// </summary>
    /// <param name="stream">The stream.</param>
    /// <param name="fileName">The name that the service is told.</param>
    /// <param name="contentType">Its media type; null leaves it to the document and the name.</param>
    /// <exception cref="ArgumentException">The stream cannot be read.</exception>
    public static UploadFile FromStream(Stream stream, string fileName, string? contentType = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentException.ThrowIfNullOrEmpty(fileName);
        if (!stream.CanRead)
            throw new ArgumentException("The stream cannot be read.", nameof(stream));
        return new UploadFile(fileName, Checked(contentType), null, stream);
    }

    /// <summary>Whether it can be sent (again).</summary>
    internal bool CanBeSent => _stream is not { CanSeek: false } || Volatile.Read(ref _begun) == 0;

    /// <summary>The media type that is sent.</summary>
    internal string MediaType(string? documented) =>
        ContentType ?? (documented is not null && !documented.Contains('*') ? documented : MediaTypes.Of([], FileName));

    /// <summary>The user's stream; null of files and bytes.</summary>
    internal Stream? Source => _stream;

    /// <summary>Opens it for one sending.</summary>
    /// <exception cref="TransportException">It cannot be opened, or is a stream that was sent before and cannot be read twice (<see
    /// cref="TransportFailure.Refused"/>).</exception>
    internal OpenFile Open()
    {
        if (!CanBeSent)
            throw Refused($"The stream of '{FileName}' was sent before and cannot be read twice.");
        try
        {
            if (_stream is null)
                return new OpenFile(this, _open!(), isOwn: true);
            if (_stream.CanSeek)
                _stream.Position = _start;
            return new OpenFile(this, _stream, isOwn: false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            throw Refused($"'{FileName}' cannot be opened: {exception.Message}", exception);
        }
    }

    internal static TransportException Refused(string problem, Exception? reason = null) => new(problem + " Nothing was sent.", TransportFailure.Refused, reason);

    /// <summary>Notes that reading has begun.</summary>
    internal void Begin() => Volatile.Write(ref _begun, 1);

    private static string? Checked(string? contentType) =>
        contentType is null || Zoetrope.Http.HeaderRules.IsValidValue(contentType)
            ? contentType
            : throw new ArgumentException("The media type holds characters that cannot be in a header, such as a line break.", nameof(contentType));
}
