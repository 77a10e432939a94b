using Zoetrope.Http;

namespace Zoetrope.Uploads;

/// <summary>Reads what a user gave. Failures of the source are distinguished from those of the connection, and from the caller's cancellation.</summary>
internal static class SourceReading
{
    /// <summary>Reads the next bytes of a file.</summary>
    /// <param name="stream">The content of the file.</param>
    /// <param name="buffer">The buffer.</param>
    /// <param name="fileName">The name of the file.</param>
    /// <param name="ct">A token to cancel the operation.</param>
    /// <exception cref="UnreadableBodyException">The source threw an exception, of whatever type.</exception>
    public static async ValueTask<int> ReadSourceAsync(this Stream stream, Memory<byte> buffer, string fileName, CancellationToken ct)
    {
        try
        {
            return await stream.ReadAsync(buffer, ct).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            throw Unreadable(fileName, exception);
        }
    }

    /// <summary>Creates the exception of a file that cannot be read.</summary>
    public static UnreadableBodyException Unreadable(string fileName, Exception reason) =>
        new($"'{fileName}' cannot be read: {reason.Message}", reason);
}
