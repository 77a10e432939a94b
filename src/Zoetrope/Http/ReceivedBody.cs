using Zoetrope.Http.Compression;

namespace Zoetrope.Http;

/// <summary>The received part of a body, decompressed. It is kept whatever failed: it may identify the job that was accepted.</summary>
/// <param name="Bytes">The bytes that were received, up to the limit.</param>
/// <param name="Failure">The reason why the body is incomplete; null where it is complete, or too large.</param>
/// <param name="IsTooLarge">Whether the body exceeds the limit.</param>
internal readonly record struct ReceivedBody(ReadOnlyMemory<byte> Bytes, Exception? Failure = null, bool IsTooLarge = false)
{
    /// <summary>
    /// The maximum number of bytes that can be read, whatever the limit: an array holds these and the one that shows that the body continues.
    /// </summary>
    public static readonly long Largest = Array.MaxLength - 1;

    // For bodies that are too large anyway.
    private const int LargestPart = 64 * 1024;

    // If the length is announced, memory is allocated and copied in few steps, and no more than the body needs.
    private const int TrustedFactor = 8;

    /// <summary>Whether the body continues, or may continue.</summary>
    public bool IsPart => IsTooLarge || Failure is not null;

    /// <summary>Reads a body up to a limit. The result describes any failure.</summary>
    /// <param name="content">The body.</param>
    /// <param name="limit">The maximum number of decompressed bytes to read, at most <see cref="Largest"/>.</param>
    /// <param name="ct">A token to cancel the operation.</param>
    public static async Task<ReceivedBody> ReadAsync(HttpContent content, long limit, CancellationToken ct)
    {
        var announced = content.Headers.ContentLength;
        var isTooLarge = announced > limit;
        var most = isTooLarge ? Math.Min(limit, LargestPart) : limit;
        var buffer = new byte[(int)Math.Clamp(announced ?? 4096, 16, 1024 * 1024) + 1];
        var length = 0;
        try
        {
            using var stream = ContentCoding.Open(await content.ReadAsStreamAsync(ct).ConfigureAwait(false), content.Headers, limit);
            int read;
            while ((read = await stream.ReadAsync(buffer.AsMemory(length), ct).ConfigureAwait(false)) > 0)
            {
                length += read;
                if (length > most)
                    return new ReceivedBody(buffer.AsMemory(0, (int)most), IsTooLarge: true);
                if (length == buffer.Length)
                    Array.Resize(ref buffer, LargerSize(length, announced, most));
            }
        }
        catch (Exception exception)
        {
            // When the frame of a later chunk is broken, .NET has copied the chunks before it into the buffer and does not report their length.
            length += buffer.AsSpan(length).LastIndexOfAnyExcept((byte)0) + 1;
            return new ReceivedBody(buffer.AsMemory(0, Math.Min(length, (int)most)), exception, isTooLarge);
        }
        return new ReceivedBody(buffer.AsMemory(0, length), IsTooLarge: isTooLarge);
    }

    // The announced length may be wrong: no size but the last exceeds what was received by more than this factor. One extra byte detects the end.
    private static int LargerSize(int length, long? announced, long most)
    {
        var size = announced >= length ? Math.Min((long)length * TrustedFactor, announced.Value) : length * 2L;
        return (int)Math.Min(size, most) + 1;
    }
}
