using System.Buffers;
using Zoetrope.Http;

namespace Zoetrope.Uploads;

/// <summary>A body that is a file, or a part of one, of a size that is known.</summary>
/// <param name="file">The file.</param>
/// <param name="offset">The number of bytes before the part.</param>
/// <param name="length">The number of bytes.</param>
/// <param name="contentType">The media type; null sends none.</param>
/// <param name="moved">Receives how many more bytes have been sent; a negative number when the body is about to be sent again.</param>
internal sealed class SliceBody(UploadFile file, long offset, long length, string? contentType, Action<long>? moved) : RequestBody
{
    private const int BufferSize = 128 * 1024;
    private long _sent;

    public override string? ContentType => contentType;

    public override bool IsUpload => true;

    /// <summary>Whether reading the file has failed: sending it again would fail as well.</summary>
    public bool IsUnreadable { get; private set; }

    public override OpenBody Open()
    {
        Move(-_sent);
        return new OpenSlice(this, file.OpenAt(offset));
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

        // Failures of the source are distinguished from those of the connection.
        private async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken ct)
        {
            try
            {
                var read = await stream.ReadAsync(buffer, ct).ConfigureAwait(false);
                return read > 0 ? read : throw new EndOfStreamException("it has become shorter while it was sent");
            }
            catch (Exception exception) when (exception is not OperationCanceledException || !ct.IsCancellationRequested)
            {
                body.IsUnreadable = true;
                throw new UnreadableBodyException($"'{body.File.FileName}' cannot be read: {exception.Message}", exception);
            }
        }
    }

    private UploadFile File => file;

    private long Length => length;
}
