using System.Buffers;
using Zoetrope.Errors;
using Zoetrope.Http;

namespace Zoetrope.Uploads;

/// <summary>A body that is a file, or a part of one, of a size that is known.</summary>
/// <param name="file">The file.</param>
/// <param name="offset">The number of bytes before the part.</param>
/// <param name="length">The number of bytes.</param>
/// <param name="written">When the file was last written as the upload began; null for bytes and streams.</param>
/// <param name="contentType">The media type; null sends none.</param>
/// <param name="moved">Receives how many more bytes have been sent; a negative number when the body is about to be sent again.</param>
internal sealed class SliceBody(UploadFile file, long offset, long length, DateTime? written, string? contentType, Action<long>? moved) : RequestBody
{
    private const int BufferSize = 128 * 1024;
    private long _sent;

    public override string? ContentType => contentType;

    public override bool IsUpload => true;

    /// <summary>Whether reading the file has failed: sending it again would fail as well.</summary>
    public bool IsUnreadable { get; private set; }

    /// <summary>
    /// Whether all of it was sent since <see cref="BeginAttempt"/>. Until then no server can have stored it: the body is shorter than its announced length.
    /// </summary>
    public bool WasSent { get; private set; }

    /// <summary>Begins an attempt to send it, in which handlers below the client may send it more than once.</summary>
    public void BeginAttempt() => WasSent = false;

    public override OpenBody Open()
    {
        Move(-_sent);
        try
        {
            return new OpenSlice(this, file.OpenAt(offset, written));
        }
        catch (TransportException)
        {
            IsUnreadable = true;
            throw;
        }
    }

    private void Move(long bytes)
    {
        _sent += bytes;
        if (bytes != 0)
            moved?.Invoke(bytes);
    }

    private sealed class OpenSlice(SliceBody body, Stream stream) : OpenBody
    {
        private readonly long _length = body.Length;

        public override long? Length => _length;

        public override async Task WriteAsync(Stream destination, Action? pieceSent, CancellationToken cancellationToken)
        {
            var buffer = ArrayPool<byte>.Shared.Rent((int)Math.Min(BufferSize, Math.Max(1, _length)));
            try
            {
                for (var left = _length; left > 0;)
                {
                    var read = await ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, left)), cancellationToken).ConfigureAwait(false);
                    await destination.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
                    pieceSent?.Invoke();
                    body.Move(read);
                    left -= read;
                }
                body.WasSent = true;
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }
        }

        public override void Dispose()
        {
            stream.Dispose();
            base.Dispose();
        }

        private async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken ct)
        {
            try
            {
                var read = await stream.ReadSourceAsync(buffer, body.File.FileName, ct).ConfigureAwait(false);
                return read > 0
                    ? read
                    : throw SourceReading.Unreadable(body.File.FileName, new EndOfStreamException("it has become shorter while it was sent"));
            }
            catch (UnreadableBodyException)
            {
                body.IsUnreadable = true;
                throw;
            }
        }
    }

    private UploadFile File => file;

    private long Length => length;
}
