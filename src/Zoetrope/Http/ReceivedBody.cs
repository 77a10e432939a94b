using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using Zoetrope.Http.Compression;

namespace Zoetrope.Http;

/// <summary>Reads bodies, decompressed. What was received is kept whatever failed: it may identify the job that was accepted.</summary>
internal static class ReceivedBody
{
    /// <summary>
    /// The maximum number of bytes that can be read, whatever the limit: an array holds these and the one that shows that the body continues.
    /// </summary>
    public static readonly long Largest = Array.MaxLength - 1;

    // For bodies that are too large anyway.
    private const int LargestPart = 64 * 1024;

    // Most bodies without an announced length are shorter.
    private const int FirstSize = 4096;

    // Many bodies are even shorter, and what is received is cleared before.
    private const int FirstCleared = 1024;

    // A rented array is up to twice as large as what is in it, which a result may keep.
    private const int LargestRented = 64 * 1024;

    // If the length is announced, memory is allocated and copied in few steps, and no more than the body needs.
    private const int TrustedFactor = 8;

    /// <summary>Reads a body, or the beginning of one that is too large, into its response.</summary>
    /// <param name="content">The body.</param>
    /// <param name="response">The response without its body.</param>
    /// <param name="limit">The maximum number of decompressed bytes to read, at most <see cref="Largest"/>.</param>
    /// <param name="rents">Whether <see cref="TransportResponse.Release"/> will be called once nobody uses the body any more.</param>
    /// <param name="isOurs">Whether the body comes from a client of ours, and so from a connection.</param>
    /// <param name="ct">A token to cancel the operation.</param>
    /// <returns>The reason why the body is incomplete; null where it is complete, or too large.</returns>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public static async ValueTask<Exception?> ReadAsync(
        HttpContent content, TransportResponse response, long limit, bool rents, bool isOurs, CancellationToken ct)
    {
        var announced = AnnouncedLength(content);
        var isTooLarge = announced > limit;
        var most = isTooLarge ? Math.Min(limit, LargestPart) : limit;
        var size = announced is { } known ? (int)Math.Clamp(known, 16, 1024 * 1024) + 1 : FirstSize;
        var rented = announced is null || (rents && size <= LargestRented) ? ArrayPool<byte>.Shared.Rent(size) : null;
        var buffer = rented ?? new byte[size];
        var cleared = rented is null ? buffer.Length : 0;
        var length = 0;
        try
        {
            // Bodies of connections have a stream at once, without a task. A content of the user's handlers may have been opened by one of them, and then only
            // gives the same stream again.
            var source = isOurs
                ? content.ReadAsStream(ct)
                : await content.ReadAsStreamAsync(ct).ConfigureAwait(false);
            using var stream = ContentCoding.Open(source, content.Headers, limit);
            while (true)
            {
                if (length == cleared)
                    Clear(buffer, ref cleared);
                var read = await stream.ReadAsync(buffer.AsMemory(length, cleared - length), ct).ConfigureAwait(false);
                if (read == 0)
                    break;
                length += read;
                if (length > most)
                {
                    response.Receive(buffer.AsMemory(0, (int)most), isPart: true, isTooLarge: true);
                    return null;
                }
                if (length < buffer.Length)
                    continue;
                Array.Resize(ref buffer, LargerSize(length, announced, most));
                Return(ref rented);
                cleared = buffer.Length;
            }
        }
        catch (Exception exception)
        {
            // A read that was canceled may still write into the buffer, so a rented one is not returned.
            // When the frame of a later chunk is broken, .NET has copied the chunks before it into the buffer and does not report their length.
            length += buffer.AsSpan(length, cleared - length).LastIndexOfAnyExcept((byte)0) + 1;
            response.Receive(buffer.AsMemory(0, Math.Min(length, (int)most)), isPart: true, isTooLarge);
            return exception;
        }
        if (rented is not null && announced is null)
        {
            buffer = rents ? ArrayPool<byte>.Shared.Rent(length) : new byte[length];
            rented.AsSpan(0, length).CopyTo(buffer);
            Return(ref rented);
            rented = rents ? buffer : null;
        }
        response.Rented = rented;
        response.Receive(buffer.AsMemory(0, length), isPart: isTooLarge, isTooLarge);
        return null;
    }

    // The property would add the parsed value to the headers.
    private static long? AnnouncedLength(HttpContent content) =>
        content.Headers.NonValidated.TryGetValues("Content-Length", out var values)
        && long.TryParse(values.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var length) ? length : null;

    // The rest follows when the first part is full.
    private static void Clear(byte[] buffer, ref int cleared)
    {
        var next = cleared == 0 ? Math.Min(FirstCleared, buffer.Length) : buffer.Length;
        Array.Clear(buffer, cleared, next - cleared);
        cleared = next;
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
