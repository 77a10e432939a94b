using System.Buffers;
using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Zoetrope.Simulator.Uploads;

/// <summary>The files that are being uploaded, or were, at all providers. Content is read as a stream, and kept only where it is small.</summary>
internal sealed class UploadStore
{
    /// <summary>The path below which the storage is.</summary>
    public const string Root = "/files/uploads/";

    private const int MostKept = 16 * 1024 * 1024;

    private readonly ConcurrentDictionary<string, StoredUpload> _uploads = new(StringComparer.Ordinal);

    /// <summary>Adds a file for which an address is asked.</summary>
    public StoredUpload Add(StoredUpload upload)
    {
        _uploads[upload.Id] = upload;
        return upload;
    }

    /// <summary>A file; null where there is none of that id.</summary>
    public StoredUpload? Find(string id) => _uploads.GetValueOrDefault(id);

    /// <summary>Deletes a file.</summary>
    public void Remove(StoredUpload upload) => _uploads.TryRemove(upload.Id, out _);

    /// <summary>A new id.</summary>
    public static string NewId() => Guid.NewGuid().ToString("N")[..12];

    /// <summary>The address that takes a file.</summary>
    public static string AddressOf(StoredUpload upload, string baseUrl) => $"{baseUrl}{Root}{upload.Id}?signature={upload.Signature}";

    /// <summary>The public address of a file.</summary>
    public static string UrlOf(StoredUpload upload, string baseUrl) => $"{baseUrl}{Root}{upload.Id}/{Uri.EscapeDataString(upload.Name)}";

    /// <summary>Reads content to its end.</summary>
    /// <param name="stream">The content.</param>
    /// <param name="contentType">The media type with which it was sent.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <param name="mostKept">The size up to which the bytes are kept.</param>
    public static async Task<ReceivedContent> ReadAsync(
        Stream stream, string? contentType, CancellationToken cancellationToken, int mostKept = MostKept)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var kept = new MemoryStream();
        var buffer = ArrayPool<byte>.Shared.Rent(128 * 1024);
        var length = 0L;
        try
        {
            int read;
            while ((read = await stream.ReadAsync(buffer, cancellationToken)) > 0)
            {
                length += read;
                hash.AppendData(buffer, 0, read);
                if (length <= mostKept)
                    kept.Write(buffer, 0, read);
                else if (kept.Length > 0)
                    kept = new MemoryStream();
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
        return new(length, Convert.ToHexStringLower(hash.GetHashAndReset()), contentType, length <= mostKept ? kept.ToArray() : null);
    }
}
