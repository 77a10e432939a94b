using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using Zoetrope.Http.Compression;

namespace Zoetrope.Http;

/// <summary>The received part of a body, decompressed. It is kept whatever failed: it may identify the job that was accepted.</summary>
/// <param name="bytes">The bytes that were received, up to the limit.</param>
/// <param name="failure">The reason why the body is incomplete; null where it is complete, or too large.</param>
/// <param name="isTooLarge">Whether the body exceeds the limit.</param>
internal sealed class ReceivedBody(ReadOnlyMemory<byte> bytes, Exception? failure = null, bool isTooLarge = false)
{
    /// <summary>
    /// The maximum number of bytes that can be read, whatever the limit: an array holds these and the one that shows that the body continues.
    /// </summary>
    public static readonly long Largest = Array.MaxLength - 1;

    // For bodies that are too large anyway.
    private const int LargestPart = 64 * 1024;

    // Most bodies without an announced length are shorter.
    private const int FirstSize = 4096;

    // If the length is announced, memory is allocated and copied in few steps, and no more than the body needs.
    private const int TrustedFactor = 8;

    public ReadOnlyMemory<byte> Bytes => bytes;

    public Exception? Failure => failure;

    public bool IsTooLarge => isTooLarge;

    /// <summary>Whether the body continues, or may continue.</summary>
    public bool IsPart => IsTooLarge || Failure is not null;

    /// <summary>Reads a body up to a limit. The result describes any failure.</summary>
    /// <param name="content">The body.</param>
    /// <param name="limit">The maximum number of decompressed bytes to read, at most <see cref="Largest"/>.</param>
    /// <param name="ct">A token to cancel the operation.</param>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public static async ValueTask<ReceivedBody> ReadAsync(HttpContent content, long limit, CancellationToken ct)
    {
        var announced = AnnouncedLength(content);
        var isTooLarge = announced > limit;
        var most = isTooLarge ? Math.Min(limit, LargestPart) : limit;
        var rented = announced is null ? Rent() : null;
        var buffer = rented ?? new byte[(int)Math.Clamp(announced.GetValueOrDefault(), 16, 1024 * 1024) + 1];
        var length = 0;
        try
        {
            using var stream = ContentCoding.Open(await content.ReadAsStreamAsync(ct).ConfigureAwait(false), content.Headers, limit);
            int read;
            while ((read = await stream.ReadAsync(buffer.AsMemory(length), ct).ConfigureAwait(false)) > 0)
            {
                length += read;
                if (length > most)
                    return new ReceivedBody(buffer.AsMemory(0, (int)most), isTooLarge: true);
                if (length < buffer.Length)
                    continue;
                Array.Resize(ref buffer, LargerSize(length, announced, most));
                Return(ref rented);
            }
        }
        catch (Exception exception)
        {
            // A read that was cancelled may still write into the buffer, so a rented one is not returned.
            // When the frame of a later chunk is broken, .NET has copied the chunks before it into the buffer and does not report their length.
            length += buffer.AsSpan(length).LastIndexOfAnyExcept((byte)0) + 1;
            return new ReceivedBody(buffer.AsMemory(0, Math.Min(length, (int)most)), exception, isTooLarge);
        }
        if (rented is not null)
        {
            buffer = buffer.AsSpan(0, length).ToArray();
            Return(ref rented);
        }
        return new ReceivedBody(buffer.AsMemory(0, length), isTooLarge: isTooLarge);
    }

    // The property would add the parsed value to the headers.
    private static long? AnnouncedLength(HttpContent content) =>
        content.Headers.NonValidated.TryGetValues("Content-Length", out var values)
        && long.TryParse(values.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var length) ? length : null;

    private static byte[] Rent()
    {
        var buffer = ArrayPool<byte>.Shared.Rent(FirstSize);
        Array.Clear(buffer);
        return buffer;
    }

    private static void Return(ref byte[]? rented)
    {
        if (rented is not null)
            ArrayPool<byte>.Shared.Return(rented);
        rented = null;
    }

    // The announced length may be wrong: no size but the last exceeds what was received by more than this factor. One extra byte detects the end.
    private static int LargerSize(int length, long? announced, long most)
    {
        var size = announced >= length ? Math.Min((long)length * TrustedFactor, announced.Value) : length * 2L;
        return (int)Math.Min(size, most) + 1;
    }
}
