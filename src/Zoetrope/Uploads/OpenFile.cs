using System.Buffers;
using Zoetrope.Http;

namespace Zoetrope.Uploads;

/// <summary>A file that is opened for one attempt to send it.</summary>
internal sealed class OpenFile(UploadFile file, Stream stream, bool isOwn) : OpenBody
{
    private const int BufferSize = 64 * 1024;

    public override long? Length { get; } = stream.CanSeek ? stream.Length - stream.Position : null;

    public override async Task WriteAsync(Stream destination, Action? pieceSent, CancellationToken cancellationToken)
    {
        file.Begin();
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            int read;
            while ((read = await stream.ReadSourceAsync(buffer, file.FileName, cancellationToken).ConfigureAwait(false)) > 0)
            {
                await destination.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
                pieceSent?.Invoke();
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public override void Dispose()
    {
        if (isOwn)
            stream.Dispose();
        base.Dispose();
    }
}
