namespace Zoetrope.Uploads;

/// <summary>
/// A copy of a stream that can be read only once: storage asks for the size before the content, and for the content again after a failure. It is in memory
/// where it is small, and otherwise in a temporary file that nobody else can read.
/// </summary>
internal static class StreamCopy
{
    private const int MostInMemory = 1024 * 1024;
    private const int BufferSize = 128 * 1024;

    /// <summary>Copies a stream.</summary>
    /// <param name="file">The upload of the stream.</param>
    /// <param name="maxBytes">The number of bytes after which the rest is not read; null for no limit.</param>
    /// <param name="ct">A token to cancel the operation.</param>
    /// <exception cref="Zoetrope.Http.UnreadableBodyException">The stream cannot be read.</exception>
    /// <returns>The upload of the copy, and the temporary file, which is deleted when it is disposed; null where there is none.</returns>
    public static async Task<(UploadFile Copy, Stream? Temporary)> MakeAsync(UploadFile file, long? maxBytes, CancellationToken ct)
    {
        var source = file.TakeSource();
        var memory = new MemoryStream();
        Stream destination = memory;
        var buffer = new byte[BufferSize];
        var total = 0L;
        try
        {
            int read;
            while (!(total > maxBytes) && (read = await source.ReadSourceAsync(buffer, file.FileName, ct).ConfigureAwait(false)) > 0)
            {
                total += read;
                if (total > MostInMemory && destination == memory)
                {
                    destination = Temporary();
                    await destination.WriteAsync(memory.GetBuffer().AsMemory(0, (int)memory.Length), ct).ConfigureAwait(false);
                }
                await destination.WriteAsync(buffer.AsMemory(0, read), ct).ConfigureAwait(false);
            }
            if (destination == memory)
                return (UploadFile.FromBytes(memory.ToArray(), file.FileName, file.ContentType), null);
            destination.Position = 0;
            return (UploadFile.FromStream(destination, file.FileName, file.ContentType), destination);
        }
        catch
        {
            await destination.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static FileStream Temporary()
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            BufferSize = 1,
            Options = FileOptions.Asynchronous | FileOptions.DeleteOnClose,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(Path.Combine(Path.GetTempPath(), $"zoetrope-{Guid.NewGuid():N}.upload"), options);
    }
}
