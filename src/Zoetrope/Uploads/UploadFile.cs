using System.Diagnostics.CodeAnalysis;
using Zoetrope.Errors;
using Zoetrope.Formats;
using Zoetrope.Operations;

namespace Zoetrope.Uploads;

/// <summary>
/// A file to upload. It is streamed, and never buffered in memory as a whole; only a stream that cannot seek is copied where its size is needed first (see
/// <see cref="FromStream"/>).
/// </summary>
public sealed class UploadFile
{
    private readonly Func<Stream>? _open;
    private readonly Stream? _stream;
    private readonly long _start;
    private readonly Func<long>? _length;
    private readonly SemaphoreSlim? _turns;
    private int _begun;
    private string? _text;
    private string? _path;

    private UploadFile(string fileName, string? contentType, Func<Stream>? open, Stream? stream, Func<long>? length)
    {
        // Elsewhere than in paths of Windows, a name may contain a backslash.
        var isOfWindows = fileName.StartsWith(@"\\", StringComparison.Ordinal) || (fileName.Length > 2 && fileName[1] == ':' && fileName[2] == '\\');
        FileName = fileName[((isOfWindows ? fileName.LastIndexOfAny(['/', '\\']) : fileName.LastIndexOf('/')) + 1)..];
        if (FileName.Length == 0)
            throw new ArgumentException($"'{fileName}' is the name of a folder, not of a file.", nameof(fileName));
        ContentType = contentType;
        _open = open;
        _stream = stream;
        _start = stream is { CanSeek: true } ? stream.Position : 0;
        _length = length;
        _turns = stream is { CanSeek: true } ? new(1, 1) : null;
    }

    /// <summary>The name that is sent to the service, without a folder.</summary>
    public string FileName { get; }

    /// <summary>The media type that was set for the file; if null, the specified one, or that of the name's extension, is sent.</summary>
    public string? ContentType { get; }

    /// <summary>Creates an upload of a local file. The file is opened each time it is sent.</summary>
    /// <param name="path">The path; its last segment is the name that is sent to the service.</param>
    /// <param name="contentType">The media type; null uses the specified one or that of the name's extension.</param>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    public static UploadFile FromFile(string path, string? contentType = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var full = Path.GetFullPath(path);
        if (!File.Exists(full))
            throw new FileNotFoundException($"The file '{full}' does not exist.", full);
        return new UploadFile(
            Path.GetFileName(full),
            Checked(contentType),
            () => new FileStream(full, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.Asynchronous | FileOptions.SequentialScan),
            null,
            () => new FileInfo(full).Length)
        {
            _path = full,
        };
    }

    /// <summary>Creates an upload of bytes in memory. They are not copied.</summary>
    /// <param name="bytes">The content.</param>
    /// <param name="fileName">The name that is sent to the service; a folder in it is not sent.</param>
    /// <param name="contentType">The media type; null uses the specified one or that of the name's extension.</param>
    /// <exception cref="ArgumentException">The name is that of a folder.</exception>
    public static UploadFile FromBytes(byte[] bytes, string fileName, string? contentType = null)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        ArgumentException.ThrowIfNullOrEmpty(fileName);
        return new UploadFile(fileName, Checked(contentType), () => new MemoryStream(bytes, writable: false), null, () => bytes.Length);
    }

    /// <summary>
    /// Creates an upload of a stream from its current position. A seekable stream is sent again from there if necessary (<see cref="CallOptions.MayRepeat"/>);
    /// any other is sent once, and a call of an operation that would have to send it again fails instead. An upload to a provider's storage, which needs the
    /// size first, copies such a stream: to memory up to 1 MB, otherwise to a temporary file that is deleted afterwards; the copy can be sent again. The stream
    /// is not disposed.
    /// </summary>
    /// <param name="stream">The stream.</param>
    /// <param name="fileName">The name that is sent to the service; a folder in it is not sent.</param>
    /// <param name="contentType">The media type; null uses the specified one or that of the name's extension.</param>
    /// <exception cref="ArgumentException">The stream cannot be read, or the name is that of a folder.</exception>
    public static UploadFile FromStream(Stream stream, string fileName, string? contentType = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentException.ThrowIfNullOrEmpty(fileName);
        if (!stream.CanRead)
            throw new ArgumentException("The stream cannot be read.", nameof(stream));
        return new UploadFile(fileName, Checked(contentType), null, stream, null);
    }

    /// <summary>
    /// Converts a file to a text that stands for it in a request: the submit uploads the file first, and sends what the provider refers to it by. Before that,
    /// the validation of the request checks its size and what its header says against the limits that the document states. An upload that fails is an
    /// <see cref="UploadException"/>, and nothing is submitted. The text is for this process only, and for as long as the request is there.
    /// </summary>
    [return: NotNullIfNotNull(nameof(file))]
    public static implicit operator string?(UploadFile? file) => file is null ? null : file._text ??= PendingUploads.Add(file);

    /// <summary>Its size; null where that is not known, or cannot be found out.</summary>
    internal long? SizeOrNull()
    {
        try
        {
            return Length();
        }
        catch (TransportException)
        {
            // The upload reports it.
            return null;
        }
    }

    /// <summary>What the header of an image or a video says; null where it has none, cannot be read, or is a stream that cannot seek.</summary>
    internal MediaHeader? Header() => Peek(MediaHeader.Read);

    /// <summary>The beginning of its content; empty where it cannot be read, or is a stream that cannot seek.</summary>
    internal byte[] Start(int most) => Peek(file =>
    {
        var start = new byte[most];
        return start[..file.ReadAtLeast(start, most, throwOnEndOfStream: false)];
    }) ?? [];

    /// <summary>Reads something of its content, which the upload reads again from its start.</summary>
    private T? Peek<T>(Func<Stream, T?> read)
    {
        try
        {
            if (_stream is { CanSeek: false })
                return default;
            if (_stream is null)
            {
                using var file = _open!();
                return read(file);
            }
            var position = _stream.Position;
            try
            {
                _stream.Position = _start;
                return read(_stream);
            }
            finally
            {
                _stream.Position = position;
            }
        }
        catch (Exception exception) when (IsUnreadable(exception))
        {
            // The upload reports it.
            return default;
        }
    }

    /// <summary>Whether it can be sent (again).</summary>
    internal bool CanBeSent => _stream is not { CanSeek: false } || Volatile.Read(ref _begun) == 0;

    /// <summary>Returns the media type to send.</summary>
    internal string MediaType(string? documented) =>
        ContentType ?? (documented is not null && !documented.Contains('*') ? documented : MediaTypes.Of([], FileName));

    /// <summary>The user's stream; null for files and bytes.</summary>
    internal Stream? Source => _stream;

    /// <summary>Opens it for one attempt to send it.</summary>
    /// <exception cref="TransportException">It cannot be opened, or is a stream that was sent before and cannot be read again (<see
    /// cref="TransportFailure.Refused"/>).</exception>
    internal OpenFile Open()
    {
        if (!CanBeSent)
            throw Refused($"The stream of '{FileName}' was sent before and cannot be read again.");
        try
        {
            if (_stream is null)
                return new OpenFile(this, _open!(), isOwn: true);
            if (_stream.CanSeek)
                _stream.Position = _start;
            return new OpenFile(this, _stream, isOwn: false);
        }
        catch (Exception exception) when (IsUnreadable(exception))
        {
            throw Refused($"'{FileName}' cannot be opened: {exception.Message}", exception);
        }
    }

    /// <summary>The number of bytes that it has now; null for a stream that cannot seek.</summary>
    /// <exception cref="TransportException">It cannot be found out.</exception>
    internal long? Length()
    {
        try
        {
            return _stream is null ? _length!() : _stream.CanSeek ? Math.Max(0, _stream.Length - _start) : null;
        }
        catch (Exception exception) when (_stream is not null || IsUnreadable(exception))
        {
            throw Refused($"'{FileName}' cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>When the file was last written; null for bytes and streams.</summary>
    internal DateTime? Written() => _path is null ? null : File.GetLastWriteTimeUtc(_path);

    /// <summary>Opens it at a position. Several can be open, and are read independently of each other.</summary>
    /// <param name="offset">The position.</param>
    /// <param name="written">When the file was last written as the upload began: parts of two versions must not become one file.</param>
    /// <exception cref="TransportException">It cannot be opened, or has changed (<see cref="TransportFailure.Refused"/>).</exception>
    internal Stream OpenAt(long offset, DateTime? written)
    {
        try
        {
            if (_stream is not null)
                return new SharedStream(_stream, _turns!, _start + offset);
            var opened = _open!();
            if (written is not null && opened is FileStream file && File.GetLastWriteTimeUtc(file.SafeFileHandle) != written)
            {
                opened.Dispose();
                throw new TransportException($"'{FileName}' has changed since its upload began.", TransportFailure.Refused);
            }
            opened.Position = offset;
            return opened;
        }
        catch (Exception exception) when (IsUnreadable(exception))
        {
            // Whether anything was sent before depends on the attempt.
            throw new TransportException($"'{FileName}' cannot be opened: {exception.Message}", TransportFailure.Refused, exception);
        }
    }

    /// <summary>The stream of an upload that can be read once, to be read now.</summary>
    /// <exception cref="TransportException">It was read before.</exception>
    internal Stream TakeSource()
    {
        if (Interlocked.Exchange(ref _begun, 1) != 0)
            throw Refused($"The stream of '{FileName}' was sent before and cannot be read again.");
        return _stream!;
    }

    internal static TransportException Refused(string problem, Exception? reason = null) =>
        new(problem + " Nothing was sent.", TransportFailure.Refused, reason);

    /// <summary>Records that reading has begun.</summary>
    internal void Begin() => Volatile.Write(ref _begun, 1);

    private static bool IsUnreadable(Exception exception) => exception is IOException or UnauthorizedAccessException or ObjectDisposedException;

    private static string? Checked(string? contentType) =>
        contentType is null || Zoetrope.Http.HeaderRules.IsValidValue(contentType)
            ? contentType
            : throw new ArgumentException("The media type contains characters that are not valid in a header, such as a line break.", nameof(contentType));
}
