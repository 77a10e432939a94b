namespace Zoetrope.Http;

/// <summary>The body of a request. It can be sent more than once, unless it says otherwise.</summary>
internal abstract class RequestBody
{
    /// <summary>The value of <c>Content-Type</c>; if null, the header is not sent.</summary>
    public abstract string? ContentType { get; }

    /// <summary>Whether the whole body can be sent (again). False for a stream that was read from and cannot be rewound.</summary>
    public virtual bool CanBeSent => true;

    /// <summary>Whether it contains files of the user's, which are sent again whole when they must be (<see cref="Zoetrope.Uploads.UploadFile"/>).</summary>
    public virtual bool IsUpload => false;

    /// <summary>Opens the source of the body, so that a missing file is reported before anything is sent.</summary>
    public abstract OpenBody Open();
}

/// <summary>A body that is ready to be sent once.</summary>
internal abstract class OpenBody : IDisposable
{
    /// <summary>The number of bytes; null if it is unknown.</summary>
    public abstract long? Length { get; }

    /// <summary>Writes the body.</summary>
    /// <param name="destination">The stream to write to.</param>
    /// <param name="pieceSent">Called after each chunk of a file, whose size is the user's choice: the deadline then restarts.</param>
    /// <param name="ct">A token to cancel the operation.</param>
    /// <exception cref="UnreadableBodyException">The source cannot be read, which is not a failure of the connection.</exception>
    public abstract Task WriteAsync(Stream destination, Action? pieceSent, CancellationToken ct);

    public virtual void Dispose()
    {
    }
}

/// <summary>Reading a user's stream failed while it was sent.</summary>
internal sealed class UnreadableBodyException(string message, Exception innerException) : Exception(message, innerException);

/// <summary>A body that is in memory.</summary>
internal sealed class BytesBody(ReadOnlyMemory<byte> bytes, string? contentType) : RequestBody
{
    public override string? ContentType => contentType;

    public override OpenBody Open() => new OpenBytes(bytes);

    private sealed class OpenBytes(ReadOnlyMemory<byte> bytes) : OpenBody
    {
        public override long? Length => bytes.Length;

        public override Task WriteAsync(Stream destination, Action? pieceSent, CancellationToken cancellationToken) =>
            destination.WriteAsync(bytes, cancellationToken).AsTask();
    }
}
