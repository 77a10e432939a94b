namespace Zoetrope.Http;

/// <summary>What a request carries. It may be sent more than once, unless it says otherwise.</summary>
internal abstract class RequestBody
{
    /// <summary>The value of <c>Content-Type</c>; null sends none.</summary>
    public abstract string? ContentType { get; }

    /// <summary>Whether all of it can be sent (again). False of a stream that was begun and cannot be read twice.</summary>
    public virtual bool CanBeSent => true;

    /// <summary>Whether it holds files of the user's, which are sent again whole when they must be (<see cref="Zoetrope.Uploads.UploadFile"/>).</summary>
    public virtual bool IsUpload => false;

    /// <summary>Opens what it is read from, so that what is missing is reported before anything is sent.</summary>
    public abstract OpenBody Open();
}

/// <summary>A body that is ready to be sent once.</summary>
internal abstract class OpenBody : IDisposable
{
    /// <summary>How many bytes it has; null when that is not known.</summary>
    public abstract long? Length { get; }

    /// <summary>Writes it.</summary>
    /// <param name="destination">Where to.</param>
    /// <param name="pieceSent">Is called after each piece of a file, whose size is the user's: the deadline then starts anew.</param>
    /// <param name="ct">Cancels the call.</param>
    /// <exception cref="UnreadableBodyException">It cannot be read, which is not the connection's fault.</exception>
    public abstract Task WriteAsync(Stream destination, Action? pieceSent, CancellationToken ct);

    public virtual void Dispose()
    {
    }
}

/// <summary>A user's stream failed while it was sent.</summary>
internal sealed class UnreadableBodyException(string message, Exception innerException) : Exception(message, innerException);

/// <summary>A body that is in memory.</summary>
internal sealed class BytesBody(ReadOnlyMemory<byte> bytes, string? contentType) : RequestBody
{
    public override string? ContentType => contentType;

    public override OpenBody Open() => new OpenBytes(bytes);

    private sealed class OpenBytes(ReadOnlyMemory<byte> bytes) : OpenBody
    {
        public override long? Length => bytes.Length;

        public override Task WriteAsync(Stream destination, Action? pieceSent, CancellationToken cancellationToken) => destination.WriteAsync(bytes, cancellationToken).AsTask();
    }
}
